"""An edition given to classes, what each pupil did with it, and their own notes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock
from lms.core.db import Base, Row, key_text
from lms.courses.models.course import Course
from lms.courses.models.editions import CourseEdition
from lms.people.models import Person, SchoolClass
from lms.places.models import Place

EVENTS = ("opened", "seen", "answered", "replied", "time", "done")


class GivenCourse(Row, Base):
    """Pinned to an edition; the teacher moves the class to a newer one when they are ready."""

    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), index=True)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("course_edition.id"), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)  # of the school
    given_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]
    # By the key of a lesson: what the class got of its activity, and the days of its own ("opens", "closes").
    activities: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    dates: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    course: Mapped[Course] = relationship()
    edition: Mapped[CourseEdition] = relationship()
    giver: Mapped[Person] = relationship()
    school: Mapped[Place] = relationship()
    targets: Mapped[list[CourseTarget]] = relationship(back_populates="given")


class CourseTarget(Row, Base):
    """A class or a single pupil; exactly one of the two."""

    given_id: Mapped[UUID] = mapped_column(ForeignKey("given_course.id"), index=True)
    class_id: Mapped[UUID | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)

    given: Mapped[GivenCourse] = relationship(back_populates="targets")
    school_class: Mapped[SchoolClass | None] = relationship()
    person: Mapped[Person | None] = relationship()

    __table_args__ = (CheckConstraint("(class_id IS NULL) != (person_id IS NULL)", name="one_target"),)


class CourseEvent(Row, Base):
    """Append-only: what a pupil did. `mark` is the device's own name for it, so that it counts once."""

    given_id: Mapped[UUID] = mapped_column(ForeignKey("given_course.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[UUID]
    block_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    language: Mapped[str] = mapped_column(String(2), default="")
    mark: Mapped[str] = mapped_column(key_text(110), unique=True)
    received_at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (
        Index("ix_course_event_given_id_person_id", "given_id", "person_id"),
        CheckConstraint(f"kind IN {EVENTS}", name="kind"),
    )


class CourseProgress(Row, Base):
    """Derived from the events and rebuilt from them; `lessons` by key: seen, answers, seconds, opened, done."""

    given_id: Mapped[UUID] = mapped_column(ForeignKey("given_course.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    lessons: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at_lesson: Mapped[UUID | None]
    done: Mapped[int] = mapped_column(default=0)
    score: Mapped[float | None] = mapped_column(Float)  # 0…1, over the checks that were answered
    seconds: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("given_id", "person_id"),)


class CourseNote(Row, Base):
    """A pupil's own words about a lesson, and whether they laid a bookmark there."""

    given_id: Mapped[UUID] = mapped_column(ForeignKey("given_course.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    lesson_id: Mapped[UUID]
    text: Mapped[str] = mapped_column(default="")
    bookmark: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("given_id", "person_id", "lesson_id"),)
