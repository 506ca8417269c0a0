"""A version given to classes and pupils, with dates and the number of attempts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.people.models import Person, SchoolClass
from lms.player.models.shelf import Package, PackageVersion

COUNTING = ("best", "first", "last", "average")


class Assignment(Row, Base):
    """Pinned to a version; the teacher moves the class to a newer one when they are ready."""

    package_id: Mapped[UUID] = mapped_column(ForeignKey("package.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("package_version.id"), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)  # of the school
    given_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)  # 0 = as many as one likes
    counting: Mapped[str] = mapped_column(String(10), default="best")
    credit: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]

    package: Mapped[Package] = relationship()
    version: Mapped[PackageVersion] = relationship()
    giver: Mapped[Person] = relationship()
    targets: Mapped[list[AssignmentTarget]] = relationship(back_populates="assignment")

    __table_args__ = (CheckConstraint(f"counting IN {COUNTING}", name="counting"),)


class AssignmentTarget(Row, Base):
    """A class or a single pupil; exactly one of the two."""

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), index=True)
    class_id: Mapped[UUID | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)

    assignment: Mapped[Assignment] = relationship(back_populates="targets")
    school_class: Mapped[SchoolClass | None] = relationship()
    person: Mapped[Person | None] = relationship()

    __table_args__ = (CheckConstraint("(class_id IS NULL) != (person_id IS NULL)", name="one_target"),)
