"""What the answers of many schools to one test, or to an entry and an exit test, say together."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.people.models import Person

STUDY_STATES = ("waiting", "done", "few")  # few: there is nothing to compute from


class Study(Row, Base):
    """Papers by key: a test and its twin in the other language are one test. Kept with its result, to be looked at again."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)  # whose pupils are in it
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str]
    entry: Mapped[list[str]] = mapped_column(JSON)
    leaving: Mapped[list[str]] = mapped_column(JSON, default=list)  # empty: one test, no growth
    model: Mapped[str] = mapped_column(String(10), default="rasch")
    pilot: Mapped[list[str]] = mapped_column(JSON, default=list)  # schools; the others are the control
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    job_id: Mapped[UUID | None]

    maker: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint(f"state IN {STUDY_STATES}", name="state"),)


class KeptClinic(Row, Base):
    """What the clinic of a large test shows, in each language; `stamp` tells whether the answers are still those."""

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sitting.id"))
    model: Mapped[str] = mapped_column(String(10))
    pages: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    stamp: Mapped[str] = mapped_column(String(80), default="")
    made_at: Mapped[datetime | None]
    job_id: Mapped[UUID | None]  # while it is being computed

    __table_args__ = (UniqueConstraint("sitting_id", "model"),)
