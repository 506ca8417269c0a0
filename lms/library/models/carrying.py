"""Shelves of teachers, and what is to be carried to a place without a line."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core import clock
from lms.core.db import Base, Row, key_text
from lms.core.storage import needed
from lms.library.models.resources import Resource
from lms.people.models import Person
from lms.places.models import Place

CARRIER_STATES = ("waiting", "ready", "failed", "arrived", "brought")
CARRIER_FORMS = ("signed", "cartridge")
SHELF_READERS = ("me", "school", "all")


class Collection(Row, Base):
    """A teacher's shelf, in the order its owner gave it."""

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400))  # of the owner's place
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    readers: Mapped[str] = mapped_column(String(10), default="me", index=True)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    owner: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint(f"readers IN {SHELF_READERS}", name="readers"),)


class CollectionItem(Base):
    collection_id: Mapped[UUID] = mapped_column(
        ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True
    )
    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    position: Mapped[int]

    resource: Mapped[Resource] = relationship()


class CartItem(Base):
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    resource: Mapped[Resource] = relationship()


class Carrier(Row, Base):
    """One file for a stick, a disk or another system: made here, or arrived from elsewhere."""

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    form: Mapped[str] = mapped_column(String(10), default="signed")
    title: Mapped[str]
    keys: Mapped[list[str]] = mapped_column(JSON, default=list)  # of the resources inside
    budget: Mapped[int] = mapped_column(BigInteger, default=0)
    digest: Mapped[str | None] = needed()
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    maker: Mapped[str] = mapped_column(key_text(64), default="", index=True)  # fingerprint of who signed it
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    run_id: Mapped[UUID | None]  # the import that came of it

    place: Mapped[Place] = relationship()

    __table_args__ = (
        CheckConstraint(f"state IN {CARRIER_STATES}", name="state"),
        CheckConstraint(f"form IN {CARRIER_FORMS}", name="form"),
    )

    @property
    def file_name(self) -> str:
        return f"{self.title}.{'imscc' if self.form == 'cartridge' else 'zip'}"
