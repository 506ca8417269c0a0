"""A document on its way into a course: read, looked at, kept, and taken back if need be."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row
from lms.core.storage import needed
from lms.courses.models.course import Course
from lms.people.models import Person

SLIDES = "slides-drawn"
ARRIVAL_STATES = ("reading", "refused", "read", "keeping", "kept", "undone")


class CourseArrival(Row, Base):
    """`digest`: the document itself; `found`: what a reader understood of it, as JSON."""

    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    language: Mapped[str] = mapped_column(String(2))
    digest: Mapped[str] = needed()
    found: Mapped[str | None] = needed()
    state: Mapped[str] = mapped_column(String(10), default="reading")
    refused: Mapped[str] = mapped_column(default="")
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)  # kind of block, or SLIDES → how many
    missed: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    lessons: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [[title, number of blocks]]
    modules: Mapped[list[str]] = mapped_column(JSON, default=list)  # keys of those that were made of it
    kept_at: Mapped[datetime | None]

    course: Mapped[Course] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint(f"state IN {ARRIVAL_STATES}", name="state"),)

    @property
    def end(self) -> str:
        return self.name.rpartition(".")[2].lower()

    @property
    def drawn(self) -> int:
        """Slides of which there is a picture."""
        return self.counts.get(SLIDES, 0)

    @property
    def title(self) -> str:
        return (self.name.rpartition(".")[0] or self.name)[:150]
