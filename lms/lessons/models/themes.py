"""Calendar-thematic plans: what a class learns in a subject, week by week, and what of it has been taught."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.people.models import Person, SchoolClass
from lms.places.models import Place


class ThematicPlan(Row, Base):
    """Of one class in one subject for its school year; its teacher writes it, the school's head approves it."""

    class_id: Mapped[UUID] = mapped_column(ForeignKey("school_class.id"), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    hours: Mapped[int]  # a week
    holidays: Mapped[list[int]] = mapped_column(JSON, default=list)  # weeks without lessons
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    school_class: Mapped[SchoolClass] = relationship()
    school: Mapped[Place] = relationship()
    teacher: Mapped[Person] = relationship(foreign_keys=[teacher_id])
    topics: Mapped[list[ThematicTopic]] = relationship(
        back_populates="plan", order_by="ThematicTopic.number", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("hours BETWEEN 1 AND 20", name="hours"),
        UniqueConstraint("class_id", "subject"),
    )


class ThematicTopic(Row, Base):
    """`week` counts from the first week of the school year. A live lesson drawn from it may have taught it."""

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("thematic_plan.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    week: Mapped[int]
    hours: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    section: Mapped[str] = mapped_column(default="")
    aims: Mapped[str] = mapped_column(default="")
    taught_on: Mapped[date | None]  # ticked by hand

    plan: Mapped[ThematicPlan] = relationship(back_populates="topics")

    __table_args__ = (
        CheckConstraint("week BETWEEN 1 AND 44", name="week"),
        CheckConstraint("hours BETWEEN 1 AND 40", name="hours"),
    )
