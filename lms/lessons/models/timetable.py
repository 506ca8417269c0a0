"""A network's week: what was asked, what was found, what was changed on a day, and the calendars made of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.places.models import Place


class Timetable(Row, Base):
    """`problem` and `lessons` are written as docs/timetable-format.md says; keys in them are keys of our rows."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    title: Mapped[str]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    problem: Mapped[dict[str, Any]] = mapped_column(JSON)
    lessons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    method: Mapped[str] = mapped_column(String(20), default="")
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)  # why there is none, in codes
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    place: Mapped[Place] = relationship()

    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'solving', 'solved', 'failed', 'published', 'past')", name="state"
        ),
    )


class TimetableDay(Row, Base):
    """What is different on one day: somebody stands in for a teacher, a lesson falls out or goes online."""

    timetable_id: Mapped[UUID] = mapped_column(ForeignKey("timetable.id"), index=True)
    on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    lesson: Mapped[str] = mapped_column(
        key_text(80), default=""
    )  # key of the lesson; empty: all of the place
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    teacher: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (CheckConstraint("kind IN ('substitution', 'cancelled', 'distance')", name="kind"),)


class CalendarFeed(Row, Base):
    """A private address under which a calendar program reads somebody's lessons."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10), default="own")
    token_digest: Mapped[str] = mapped_column(key_text(64), unique=True)
    revoked_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("person_id", "kind", "token_digest"),)
