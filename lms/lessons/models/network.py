"""Hubs and satellites: who teaches whom, how fast the lines are, which way of teaching was chosen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.people.models import Person
from lms.places.models import Place


class HubPairing(Row, Base):
    """This hub teaches that school's classes. An empty list of subjects means every subject."""

    hub_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    satellite_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    since: Mapped[date]
    ended_on: Mapped[date | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")

    hub: Mapped[Place] = relationship(foreign_keys=hub_id)
    satellite: Mapped[Place] = relationship(foreign_keys=satellite_id)


class SpeedMeasurement(Row, Base):
    """One measurement of a school's line against this server. The contract is kept as it was that day."""

    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    at: Mapped[datetime]
    down: Mapped[float]  # Mbit/s
    up: Mapped[float]
    latency: Mapped[float]  # milliseconds
    jitter: Mapped[float]
    loss: Mapped[float]  # share of small requests that were lost, 0 to 1
    received: Mapped[int]  # bytes the measurement itself took
    contract_down: Mapped[float | None]
    source: Mapped[str] = mapped_column(String(10))  # page, command

    __table_args__ = (Index("ix_speed_measurement_school_id_at", "school_id", "at"),)


class SpeedMeter(Row, Base):
    """The key with which a school's computer measures by itself. Only its digest is kept.

    With `lessons` it also holds live lessons on the school's own network: it gets the names of the class and
    brings what was said there.
    """

    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    name: Mapped[str]
    token_digest: Mapped[str] = mapped_column(key_text(64), unique=True)
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    lessons: Mapped[bool] = mapped_column(default=False)
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class TeachingModel(Row, Base):
    """Which of the four ways a subject is taught in a school: proposed by rule, decided by a person, dated."""

    school_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    model: Mapped[int]
    proposed: Mapped[int]
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_on: Mapped[date]

    decider: Mapped[Person | None] = relationship()

    __table_args__ = (CheckConstraint("model BETWEEN 1 AND 4", name="model"),)
