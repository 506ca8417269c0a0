"""The expert council: a case for each resource that is judged, the seats of those who judge, what others say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row
from lms.library.models.resources import Resource
from lms.people.models import Person

CASE_STAGES = (
    "submitted", "external", "rework", "trial", "mending", "commission", "approved", "refused", "taken_back",
)  # fmt: skip
PARTS = ("scientist", "teacher_one", "teacher_two", "methodologist", "commission")
VERDICTS = ("", "accept", "rework", "refuse")


class CouncilCase(Row, Base):
    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("resource_version.id"))
    stage: Mapped[str] = mapped_column(String(20), default="submitted", index=True)
    round: Mapped[int] = mapped_column(default=1)
    due_on: Mapped[date | None] = mapped_column(index=True)
    reminded_on: Mapped[date | None]
    led_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(default="")
    log: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [when, stage, who]

    resource: Mapped[Resource] = relationship()
    leader: Mapped[Person | None] = relationship()
    seats: Mapped[list[CouncilSeat]] = relationship(order_by="CouncilSeat.created_at", back_populates="case")

    __table_args__ = (CheckConstraint(f"stage IN {CASE_STAGES}", name="stage"),)

    @property
    def is_open(self) -> bool:
        return self.stage not in ("approved", "refused", "taken_back")


class CouncilSeat(Row, Base):
    """One expert. Others see what was written, never by whom, until the case is closed."""

    case_id: Mapped[UUID] = mapped_column(ForeignKey("council_case.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    conflict: Mapped[str] = mapped_column(default="")  # why this expert stepped back
    scores: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    words: Mapped[str] = mapped_column(default="")
    verdict: Mapped[str] = mapped_column(String(10), default="")
    round: Mapped[int] = mapped_column(default=1)
    given_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    case: Mapped[CouncilCase] = relationship(back_populates="seats")

    __table_args__ = (
        UniqueConstraint("case_id", "person_id"),
        CheckConstraint(f"part IN {PARTS}", name="part"),
        CheckConstraint(f"verdict IN {VERDICTS}", name="verdict"),
    )


class CouncilVoice(Row, Base):
    """What a school that tried it reports, or what somebody says in the public discussion."""

    case_id: Mapped[UUID] = mapped_column(ForeignKey("council_case.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    tried: Mapped[bool] = mapped_column(default=False)
    school: Mapped[str] = mapped_column(default="")
    words: Mapped[str]

    person: Mapped[Person] = relationship()
