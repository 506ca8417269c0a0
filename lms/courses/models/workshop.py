"""What happens while a course is written: changes, comments, and who is at which lesson now."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock
from lms.core.db import Base, Row
from lms.people.models import Person

DEEDS = ("add", "change", "move", "remove")


class BlockChange(Row, Base):
    """One step of a lesson's history. Typing goes on in the same step for some minutes."""

    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("course_lesson.id", ondelete="CASCADE"), index=True)
    block_id: Mapped[UUID] = mapped_column(index=True)  # the block may be gone
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    deed: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2), default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    ended_at: Mapped[datetime] = mapped_column(default=clock.now)
    undone_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint(f"deed IN {DEEDS}", name="deed"),)


class CourseComment(Row, Base):
    """A word among the authors; `block_id` when it is about one block."""

    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("course_lesson.id", ondelete="CASCADE"), index=True)
    block_id: Mapped[UUID | None]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    settled_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class LessonPresence(Base):
    lesson_id: Mapped[UUID] = mapped_column(
        ForeignKey("course_lesson.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)

    person: Mapped[Person] = relationship()
