"""What a timetable is made from: the hours of each class, and what teachers would rather not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.people.models import Person, SchoolClass
from lms.places.models import Place


class TaughtHours(Row, Base):
    """A line of the curriculum plan: this class has so many hours of this subject a week with this teacher."""

    class_id: Mapped[UUID] = mapped_column(ForeignKey("school_class.id"), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    hours: Mapped[int]
    live: Mapped[bool] = mapped_column(
        default=False
    )  # heard over the line, with other classes of this teacher

    school_class: Mapped[SchoolClass] = relationship()
    school: Mapped[Place] = relationship()
    teacher: Mapped[Person] = relationship()

    __table_args__ = (
        CheckConstraint("hours BETWEEN 1 AND 20", name="hours"),
        UniqueConstraint("class_id", "subject", "teacher_id"),
    )


class TeacherWish(Row, Base):
    """Hours of the week at which a teacher would rather not teach: [[day, period], …]."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    slots: Mapped[list[Any]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("person_id", "school_id"),)
