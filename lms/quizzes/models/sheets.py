"""The paper twin of a given test: one sheet for each pupil, and the photographs in which sheets are found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import storage
from lms.core.db import Base, Row, key_text
from lms.people.models import Person
from lms.quizzes.models.sittings import QuizAttempt, Sitting

PHOTO_STATES = ("waiting", "read", "refused")


class AnswerSheet(Row, Base):
    """`seen` holds what was read, line by line: {"0": {"m": [marked], "d": doubt, "p": its picture}}."""

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)  # in the squares on the sheet
    variant: Mapped[int]
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # as an attempt has them
    seen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey("quiz_attempt.id"), index=True)

    sitting: Mapped[Sitting] = relationship()
    person: Mapped[Person] = relationship()
    attempt: Mapped[QuizAttempt | None] = relationship()

    __table_args__ = (UniqueConstraint("sitting_id", "person_id"),)

    @property
    def doubts(self) -> list[int]:
        return sorted(int(place) for place, one in self.seen.items() if one["d"])


class SheetPhoto(Row, Base):
    """A picture or a scan of many pages; `faults` says of which page why nothing was read."""

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    file: Mapped[str] = storage.needed()
    name: Mapped[str]
    sent_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    sheets: Mapped[int] = mapped_column(default=0)  # found in it
    faults: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [page, code]

    __table_args__ = (CheckConstraint(f"state IN {PHOTO_STATES}", name="state"),)
