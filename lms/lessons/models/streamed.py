"""A lesson taught to classes of several schools at once: its plan, its slides, its questions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import storage
from lms.core.db import Base, Row, key_text
from lms.lessons.parts import PARTED, Part, parts_of
from lms.people.models import Person, SchoolClass
from lms.places.models import Place

STATES = ("planned", "live", "ended", "cancelled")
PROVIDERS = ("", "link", "bigbluebutton", "janus")
QUESTION_KINDS = ("single", "multiple", "number", "text", "cloud", "pairs", "order", "gaps")


class StreamedLesson(Row, Base):
    """`school_id` is the hub whose teacher gives it. `now` is what every screen shows at this moment."""

    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str]
    aim: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int] = mapped_column(default=40)
    state: Mapped[str] = mapped_column(String(10), default="planned")
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    now: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    script: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{"minutes", "who", "what", "slide"}]
    provider: Mapped[str] = mapped_column(String(20), default="")
    link: Mapped[str] = mapped_column(default="")
    topic_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("thematic_topic.id", ondelete="SET NULL"), index=True
    )
    deck: Mapped[str | None] = storage.needed()  # the file the slides are made from
    deck_name: Mapped[str] = mapped_column(default="")
    deck_state: Mapped[str] = mapped_column(String(30), default="")  # waiting, ready, or why it was refused

    voice: Mapped[str | None] = storage.needed()  # what the teacher said, for those who were not there

    school: Mapped[Place] = relationship()
    teacher: Mapped[Person] = relationship()
    classes: Mapped[list[StreamedClass]] = relationship(back_populates="lesson")

    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class StreamedClass(Row, Base):
    """A class that takes part. `path` is its own school's, which need not be the hub's."""

    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("streamed_lesson.id"), index=True)
    class_id: Mapped[UUID] = mapped_column(ForeignKey("school_class.id"), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)

    lesson: Mapped[StreamedLesson] = relationship(back_populates="classes")
    school_class: Mapped[SchoolClass] = relationship()
    school: Mapped[Place] = relationship()

    __table_args__ = (UniqueConstraint("lesson_id", "class_id"),)


class StreamedSlide(Row, Base):
    """One page as a small picture. Its bytes never change, so browsers keep it."""

    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("streamed_lesson.id"), index=True)
    number: Mapped[int]
    digest: Mapped[str] = storage.needed()
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    text: Mapped[str] = mapped_column(default="")  # for those who listen instead of looking

    __table_args__ = (UniqueConstraint("lesson_id", "number"),)


class StreamedQuestion(Row, Base):
    """Prepared beforehand, or asked on the spot. `key` never leaves the server before the lesson has ended."""

    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("streamed_lesson.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    key: Mapped[list[str]] = mapped_column(JSON, default=list)
    seconds: Mapped[int] = mapped_column(default=0)  # 0: until the teacher closes it
    purpose: Mapped[str] = mapped_column(String(10), default="")  # "exit": the ticket out of the lesson

    @property
    def parts(self) -> list[Part]:
        """What is to be filled in, where the question has several places for it."""
        return parts_of(self.kind, self.options, self.key) if self.kind in PARTED else []

    __table_args__ = (
        CheckConstraint(f"kind IN {QUESTION_KINDS}", name="kind"),
        UniqueConstraint("lesson_id", "number"),
    )


class StreamedEvent(Row, Base):
    """What happened, once and for ever. `key` names the device and its number, so that sending twice is once."""

    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("streamed_lesson.id"))
    key: Mapped[str] = mapped_column(key_text(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    happened_at: Mapped[datetime]
    school_id: Mapped[UUID | None]
    class_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]  # the pupil it is about
    by_id: Mapped[UUID | None]  # who was signed in at the device
    question_id: Mapped[UUID | None]
    slide: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    __table_args__ = (Index("ix_streamed_event_lesson_id_kind", "lesson_id", "kind"),)


class StreamedPresence(Row, Base):
    """A pupil was there from a moment to a moment. A gap in the signs of life opens another row."""

    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("streamed_lesson.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    class_id: Mapped[UUID]
    school_id: Mapped[UUID]
    since: Mapped[datetime]
    until: Mapped[datetime]
    later: Mapped[bool] = mapped_column(default=False)  # with the pack, after the lesson

    __table_args__ = (Index("ix_streamed_presence_lesson_id_person_id", "lesson_id", "person_id"),)
