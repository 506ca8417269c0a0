"""A stretch of days that goes another way than the usual week, and who is told of a change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row
from lms.lessons.models.timetable import Timetable


class TimetableSpell(Row, Base):
    """Somebody cannot come, or a school is shut, from a day to a day.

    `weeks` holds the plan of each week by its Monday, and `changes` what differs from what was in force before.
    """

    timetable_id: Mapped[UUID] = mapped_column(ForeignKey("timetable.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    teachers: Mapped[list[str]] = mapped_column(JSON, default=list)
    schools: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(String(10), default="finding")
    weeks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    changes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    share: Mapped[float] = mapped_column(default=0.0)  # of the lessons of these weeks that change
    revision: Mapped[int] = mapped_column(default=0)  # of the timetable the plan was found for
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime | None]

    timetable: Mapped[Timetable] = relationship()

    __table_args__ = (
        CheckConstraint("state IN ('finding', 'proposed', 'applied', 'dropped')", name="state"),
    )


class TimetableNotice(Row, Base):
    """Somebody's lessons have changed; said in their language when they read it."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    timetable_id: Mapped[UUID] = mapped_column(ForeignKey("timetable.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    on: Mapped[date]  # the first day that is different
    read_at: Mapped[datetime | None]

    timetable: Mapped[Timetable] = relationship()

    __table_args__ = (Index("ix_timetable_notice_person_id_read_at", "person_id", "read_at"),)
