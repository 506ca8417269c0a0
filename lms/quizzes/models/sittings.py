"""A paper given to a class, the attempts at it, and every answer exactly as it came."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, Float, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock, storage
from lms.core.db import Base, Row, key_text
from lms.people.models import Person, SchoolClass
from lms.quizzes.models.bank import ItemVersion
from lms.quizzes.models.papers import PaperVersion

MODES = ("exam", "self")  # results when they are published, or at once with explanations
ENDS = ("pupil", "clock", "teacher", "paper")


class Sitting(Row, Base):
    """Pinned to a frozen paper."""

    version_id: Mapped[UUID] = mapped_column(ForeignKey("paper_version.id"), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)  # of the school
    given_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str]
    mode: Mapped[str] = mapped_column(String(10), default="exam")
    minutes: Mapped[int]  # 0 = as long as one likes
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=1)  # 0 = as many as one likes
    code: Mapped[str] = mapped_column(key_text(12), default="")  # said aloud in the room; empty: none needed
    sealed: Mapped[bool] = mapped_column(
        default=False
    )  # delivered encrypted, opened by the code at the start
    seal: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict
    )  # salt, and the part of the key kept here
    on_school_computers: Mapped[bool] = mapped_column(default=False)  # begun on registered ones only
    breaks: Mapped[list[int]] = mapped_column(JSON, default=list)  # minutes of each break a pupil may take
    second_marker_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    certificate_share: Mapped[int] = mapped_column(default=0)  # percent for a certificate; 0 = none are given
    variants: Mapped[int] = mapped_column(default=0)  # 0 = everybody their own
    note: Mapped[str] = mapped_column(default="")
    show_key: Mapped[bool] = mapped_column(default=True)  # with published results
    published_at: Mapped[datetime | None]
    appeals_until: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    version: Mapped[PaperVersion] = relationship()
    giver: Mapped[Person] = relationship(foreign_keys=given_by)
    second_marker: Mapped[Person | None] = relationship(foreign_keys=second_marker_id)
    targets: Mapped[list[SittingTarget]] = relationship(back_populates="sitting")

    __table_args__ = (CheckConstraint(f"mode IN {MODES}", name="mode"),)


class SittingTarget(Row, Base):
    """A class or a single pupil; exactly one of the two."""

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    class_id: Mapped[UUID | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)

    sitting: Mapped[Sitting] = relationship(back_populates="targets")
    school_class: Mapped[SchoolClass | None] = relationship()
    person: Mapped[Person | None] = relationship()

    __table_args__ = (CheckConstraint("(class_id IS NULL) != (person_id IS NULL)", name="one_target"),)


class QuizAttempt(Row, Base):
    """One person's attempt. `questions` is fixed at the start: versions, seeds, order. The clock is the server's."""

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    number: Mapped[int] = mapped_column(default=1)
    variant: Mapped[int] = mapped_column(default=0)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    left_at: Mapped[datetime]  # when the first question left the server
    started_at: Mapped[datetime | None]  # when the page said that all of it had come
    deadline: Mapped[datetime | None]
    extra_minutes: Mapped[int] = mapped_column(default=0)
    epoch: Mapped[int] = mapped_column(default=1)  # raised when another computer takes over
    device: Mapped[str] = mapped_column(key_text(64), default="")  # the browser that answers
    hand_over_digest: Mapped[str] = mapped_column(key_text(64), default="")
    hand_over_until: Mapped[datetime | None]
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    breaks_taken: Mapped[int] = mapped_column(default=0)
    break_until: Mapped[datetime | None]
    away: Mapped[int] = mapped_column(default=0)  # how often the page lost the focus: told, never punished
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(10), default="")
    points: Mapped[float | None] = mapped_column(Float)
    most: Mapped[float] = mapped_column(Float, default=0.0)
    to_mark: Mapped[int] = mapped_column(default=0)  # answers that wait for a person

    sitting: Mapped[Sitting] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("sitting_id", "person_id", "number"),)


class AnswerEntry(Base):
    """The journal: each entry of each computer once, whatever the line does. Nothing here is ever changed."""

    __tablename__ = "answer_log"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_attempt.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]  # of the question
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    written_at: Mapped[datetime]  # by the server's clock: the last beacon and the time since
    counts: Mapped[bool] = mapped_column(default=True)


class GivenAnswer(Base):
    """What stands at a question now, and its marks once there are any. Rebuilt from the journal at any time."""

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_attempt.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(BigInteger, default=0)  # epoch and seq in one: the greater is the newer
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("item_version.id"), index=True)
    points: Mapped[float | None] = mapped_column(Float)
    most: Mapped[float | None] = mapped_column(Float)
    mistakes: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[bool] = mapped_column(default=False)  # for a person to mark it
    levels: Mapped[list[float] | None] = mapped_column(JSON)  # points by criterion
    comment: Mapped[str] = mapped_column(default="")
    marked_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    marked_at: Mapped[datetime | None]

    version: Mapped[ItemVersion | None] = relationship()


class AnswerFile(Base):
    """A file somebody handed in as an answer."""

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_attempt.id"), primary_key=True)
    file: Mapped[str] = storage.needed(primary_key=True)


class SittingEvent(Row, Base):
    """Something a teacher may want to ask about: focus lost, another computer, more time."""

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_attempt.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(default="")


class SealedPaper(Row, Base):
    """What one pupil will be asked, fixed before the day: their browser holds it encrypted."""

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    variant: Mapped[int] = mapped_column(default=0)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    fetched_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("sitting_id", "person_id"),)


class ItemExposure(Base):
    """A question that a rule with a cap has drawn for somebody. Only ever added to."""

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_attempt.id"), primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)
