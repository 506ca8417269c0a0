"""What is decided after marking: appeals of pupils and changes of a key."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.quizzes.models.bank import ItemVersion
from lms.quizzes.models.sittings import QuizAttempt

APPEALS = ("open", "granted", "refused")
NEWS = ("published", "changed")


class Appeal(Row, Base):
    """A pupil thinks that a question was marked wrongly."""

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_attempt.id"), index=True)
    number: Mapped[int]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(String(10), default="open")
    reply: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    attempt: Mapped[QuizAttempt] = relationship()

    __table_args__ = (
        UniqueConstraint("attempt_id", "number"),
        CheckConstraint(f"state IN {APPEALS}", name="state"),
    )


class KeyChange(Row, Base):
    """In one sitting a question is marked by another version's key, or is right for everybody who had it."""

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    old_id: Mapped[UUID] = mapped_column(ForeignKey("item_version.id"), index=True)
    new_id: Mapped[UUID | None] = mapped_column(ForeignKey("item_version.id"))  # none: right for everybody
    reason: Mapped[str]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    touched: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [attempt, points before, points after]

    new: Mapped[ItemVersion | None] = relationship(foreign_keys=new_id)


class SecondMark(Base):
    """What a second person gave for the same answer without seeing the first mark."""

    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    points: Mapped[float] = mapped_column(Float)
    levels: Mapped[list[float] | None] = mapped_column(JSON)
    comment: Mapped[str] = mapped_column(default="")
    marked_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    marked_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]  # when the two were made one

    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "number"], ["given_answer.attempt_id", "given_answer.number"]),
    )


class ResultNotice(Row, Base):
    """A result can be seen, or has changed: told to the pupil and to each guardian until they look."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_attempt.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    seen_at: Mapped[datetime | None]

    attempt: Mapped[QuizAttempt] = relationship()

    __table_args__ = (CheckConstraint(f"kind IN {NEWS}", name="kind"),)


class Certificate(Row, Base):
    """Given for an attempt when results are published; whoever reads its code may ask whether it is genuine."""

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_attempt.id"), unique=True)
    code: Mapped[str] = mapped_column(key_text(16), unique=True)
    revoked_at: Mapped[datetime | None]  # the result fell below the line, or was taken back

    attempt: Mapped[QuizAttempt] = relationship()
