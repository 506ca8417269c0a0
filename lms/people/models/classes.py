"""School years, classes, who was in which class when, and classes taught together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.core.db import Base, Row, key_text
from lms.core.text import sort_key
from lms.people.models.persons import Person
from lms.places.models import Place


class SchoolYear(Row, Base):
    """2026–2027. Its dates are set each year by order of the ministry, so they are rows."""

    starts_on: Mapped[date] = mapped_column(unique=True)
    ends_on: Mapped[date]

    @property
    def name(self) -> str:
        return f"{self.starts_on.year}–{self.ends_on.year}"


class SchoolClass(Row, Base):
    """5 «Ә» of one school in one school year."""

    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    year_id: Mapped[UUID] = mapped_column(ForeignKey("school_year.id"), index=True)
    grade: Mapped[int]
    letter: Mapped[str] = mapped_column(key_text(8))
    sort_key: Mapped[str] = mapped_column(key_text(20), default="")  # 1 А, 1 Ә, 1 Б … 10 А
    language: Mapped[str] = mapped_column(String(2), default="kk")
    shift: Mapped[int] = mapped_column(default=1)
    teacher_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)

    school: Mapped[Place] = relationship()
    year: Mapped[SchoolYear] = relationship()
    teacher: Mapped[Person | None] = relationship()

    __table_args__ = (UniqueConstraint("school_id", "year_id", "grade", "letter"),)

    @validates("grade", "letter")
    def _keep_sort_key(self, field: str, value: Any) -> Any:
        grade, letter = (value, self.letter) if field == "grade" else (self.grade, value)
        self.sort_key = f"{grade or 0:02d} {sort_key(letter or '')}"
        return value

    @property
    def name(self) -> str:
        return f"{self.grade} «{self.letter}»" if self.letter else str(self.grade)


class ClassMembership(Row, Base):
    """A pupil in a class from a day to a day; a transfer closes one row and opens another."""

    class_id: Mapped[UUID] = mapped_column(ForeignKey("school_class.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")

    school_class: Mapped[SchoolClass] = relationship()
    person: Mapped[Person] = relationship()


combined_class_member = Table(
    "combined_class_member",
    Base.metadata,
    Column("combined_id", ForeignKey("combined_class.id"), primary_key=True),
    Column("class_id", ForeignKey("school_class.id"), primary_key=True),
)


class CombinedClass(Row, Base):
    """Two to four classes of a small school that sit in one room with one teacher."""

    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    year_id: Mapped[UUID] = mapped_column(ForeignKey("school_year.id"), index=True)
    classes: Mapped[list[SchoolClass]] = relationship(secondary=combined_class_member)


class RollOver(Row, Base):
    """One school's step from a year into the next; what it made is kept so that it can be taken back."""

    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    from_year_id: Mapped[UUID] = mapped_column(ForeignKey("school_year.id"))
    to_year_id: Mapped[UUID] = mapped_column(ForeignKey("school_year.id"))
    made: Mapped[list[Any]] = mapped_column(JSON, default=list)
    undone_at: Mapped[datetime | None]
