"""What readers leave behind: stars, lessons, searches they keep; what they are told; words they look up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.library.models.resources import Resource
from lms.people.models import Person


class ResourceRating(Row, Base):
    """Of a teacher who has used it in a lesson."""

    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    stars: Mapped[int]
    words: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("resource_id", "person_id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
    )


class ResourceUse(Row, Base):
    """One lesson of one teacher; a second note about the same day changes nothing."""

    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)  # of the teacher's place
    day: Mapped[date] = mapped_column(index=True)

    resource: Mapped[Resource] = relationship()

    __table_args__ = (UniqueConstraint("resource_id", "person_id", "day"),)


class SavedSearch(Row, Base):
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    typed: Mapped[str] = mapped_column(default="")
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    paths: Mapped[list[str]] = mapped_column(JSON, default=list)  # what its owner could see when it was kept
    looked_at: Mapped[datetime]


class LibraryNotice(Row, Base):
    """A sentence for one person, kept as a code with facts."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    resource_id: Mapped[UUID | None] = mapped_column(ForeignKey("resource.id"), index=True)
    case_id: Mapped[UUID | None]
    read_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_library_notice_person_id_read_at", "person_id", "read_at"),)
