"""A short-term lesson plan (ҚМЖ): what the lesson is for, and what everybody does minute by minute."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row
from lms.courses.models.course import CourseLesson
from lms.people.models import Person


class LessonPlan(Row, Base):
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("course_lesson.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(String(2), default="kk")
    school_class: Mapped[str] = mapped_column(default="")
    on: Mapped[date | None]
    topic: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # objectives, differentiation, …
    stages: Mapped[list[Any]] = mapped_column(JSON, default=list)

    lesson: Mapped[CourseLesson] = relationship()
    person: Mapped[Person] = relationship()
