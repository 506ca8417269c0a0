"""Published means frozen: an edition holds the lessons as they were, and classes stay on theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock
from lms.core.db import Base, Row
from lms.courses.models.course import Course
from lms.people.models import Person


class CourseEdition(Row, Base):
    """`outline`: titles, modules and rules; what lies on a page stands in its EditionLesson."""

    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), index=True)
    number: Mapped[int]
    outline: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(default="")
    published_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(default=clock.now)

    course: Mapped[Course] = relationship()
    publisher: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("course_id", "number"),)


class EditionLesson(Base):
    """The blocks of one lesson, in every language it has; the key is that of the lesson in the workshop."""

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("course_edition.id"), primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    blocks: Mapped[list[Any]] = mapped_column(JSON)  # [{"id", "kind", "kk", "ru"}]
    search: Mapped[str] = mapped_column(default="")  # folded words of both languages
