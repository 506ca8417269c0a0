"""A lesson seen by somebody who came to look: scores by the pilot's criteria, and words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.people.models import Person, SchoolClass
from lms.places.models import Place


class LessonObservation(Row, Base):
    """`scores` has 0 to 3 by the code of a criterion, `remarks` words by the same code. Finished is for good."""

    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    observer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    class_id: Mapped[UUID] = mapped_column(ForeignKey("school_class.id"))
    subject: Mapped[str] = mapped_column(String(40))
    model: Mapped[int]
    on: Mapped[date]
    topic: Mapped[str]
    scores: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    remarks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    advice: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]  # by the teacher

    school: Mapped[Place] = relationship()
    school_class: Mapped[SchoolClass] = relationship()
    observer: Mapped[Person] = relationship(foreign_keys=[observer_id])
    teacher: Mapped[Person] = relationship(foreign_keys=[teacher_id])

    __table_args__ = (CheckConstraint("model BETWEEN 1 AND 4", name="model"),)
