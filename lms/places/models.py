"""One table for every place of the tree, one for what only a school has."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym, validates

from lms.core.db import Base, Row, key_text
from lms.core.text import search_key, sort_key

LEVELS = ("republic", "oblast", "district", "settlement", "school")
SCHOOL_KINDS = ("ordinary", "small", "hub", "satellite")


class Place(Row, Base):
    """`path` holds the keys of all places above and its own, so that "within" is one range of one index."""

    level: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), unique=True)
    code: Mapped[str | None] = mapped_column(key_text(40), unique=True)
    is_city: Mapped[bool] = mapped_column(default=False)
    name_kk: Mapped[str]
    name_ru: Mapped[str]
    sort_kk: Mapped[str] = mapped_column(key_text(250), index=True)
    sort_ru: Mapped[str] = mapped_column(key_text(250), index=True)
    search: Mapped[str] = mapped_column(key_text(500), index=True)
    closed_on: Mapped[date | None]

    parent: Mapped[Place | None] = relationship(remote_side="Place.id")
    school: Mapped[School | None] = relationship(back_populates="place")

    __table_args__ = (
        CheckConstraint(f"level IN {LEVELS}", name="level"),
        Index("ix_place_level_path", "level", "path"),
    )

    @validates("name_kk", "name_ru")
    def _keep_keys(self, field: str, text: str) -> str:
        if field == "name_kk":
            self.sort_kk = sort_key(text)[:250]
        else:
            self.sort_ru = sort_key(text)[:250]
        names = {"name_kk": self.name_kk, "name_ru": self.name_ru, field: text}
        self.search = search_key(" ".join(filter(None, names.values())))[:500]
        return text


class School(Base):
    """What only a school has. Its key is its place's key."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), primary_key=True)
    id: Mapped[UUID] = synonym("place_id")
    kind: Mapped[str] = mapped_column(String(20), default="ordinary")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)  # of instruction: kk, ru, …
    first_grade: Mapped[int] = mapped_column(default=1)
    last_grade: Mapped[int] = mapped_column(default=11)
    combined_classes: Mapped[bool] = mapped_column(default=False)
    shifts: Mapped[int] = mapped_column(default=1)
    bells: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [[["08:30", "09:15"], …] per shift]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    pupils: Mapped[int | None]
    computers: Mapped[int | None]
    technology: Mapped[str] = mapped_column(String(20), default="")  # fibre, radio, satellite, mobile, none
    provider: Mapped[str] = mapped_column(default="")
    contract_down: Mapped[float | None]  # Mbit/s
    contract_up: Mapped[float | None]
    identifiers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # bin, nedb, …
    telephone: Mapped[str] = mapped_column(default="")
    address_kk: Mapped[str] = mapped_column(default="")
    address_ru: Mapped[str] = mapped_column(default="")

    place: Mapped[Place] = relationship(back_populates="school")

    __table_args__ = (CheckConstraint(f"kind IN {SCHOOL_KINDS}", name="kind"),)


class Room(Row, Base):
    """A room of a school with its seats and equipment."""

    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.place_id"), index=True)
    name: Mapped[str]
    seats: Mapped[int] = mapped_column(default=0)
    computers: Mapped[int] = mapped_column(default=0)
    equipment: Mapped[list[str]] = mapped_column(JSON, default=list)
