"""Other libraries whose records are fetched, and what each harvest brought."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Base, Row, key_text
from lms.people.models import Person
from lms.places.models import Place

HARVEST_STATES = ("waiting", "done", "failed", "undone")


class HarvestSource(Row, Base):
    """An OAI-PMH address. `since`: up to which moment of its own clock everything was fetched."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(key_text(500))
    set_name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="kk")  # of records that do not say theirs
    nightly: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(default="")  # as it calls itself
    since: Mapped[str] = mapped_column(String(20), default="")

    place: Mapped[Place] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("place_id", "address", "set_name"),)

    @property
    def title(self) -> str:
        return self.name or self.address

    @property
    def fetched_at(self) -> datetime | None:
        """`since` as a moment; some count in days only."""
        try:
            found = datetime.fromisoformat(self.since)
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)


class Harvest(Row, Base):
    """One time. `before`: what was said of records that it changed, so that it can be taken back."""

    source_id: Mapped[UUID] = mapped_column(ForeignKey("harvest_source.id", ondelete="CASCADE"), index=True)
    bundle_id: Mapped[UUID | None] = mapped_column(ForeignKey("resource_bundle.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))  # nobody: the night
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    fault: Mapped[str] = mapped_column(String(40), default="")
    since: Mapped[str] = mapped_column(String(20), default="")  # of the source before it began
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    finished_at: Mapped[datetime | None]

    source: Mapped[HarvestSource] = relationship()
    person: Mapped[Person | None] = relationship()

    __table_args__ = (CheckConstraint(f"state IN {HARVEST_STATES}", name="state"),)
