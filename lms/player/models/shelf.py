"""Packages on the shelf: versions that never change, and the files each one is made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.core.db import Base, Row, key_text
from lms.core.storage import needed
from lms.core.text import search_key, sort_key
from lms.people.models import Person
from lms.places.models import Place

VERSION_STATES = ("inspecting", "refused", "ready", "published", "archived")


class Package(Row, Base):
    """A package of a place: everybody below that place may use what is published of it."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(
        key_text(400), index=True
    )  # of that place, to find what is within reach
    title_kk: Mapped[str]
    title_ru: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(key_text(250), index=True, default="")
    search: Mapped[str] = mapped_column(key_text(500), index=True, default="")
    description: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(String(40), default="")
    grade: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(2), default="kk")
    identifier: Mapped[str] = mapped_column(
        default=""
    )  # of its manifest: a new upload with it is a new version
    current_id: Mapped[UUID | None]  # the published version that is given now
    hosts: Mapped[list[str]] = mapped_column(JSON, default=list)  # outside ones its pages may reach
    needs_window: Mapped[bool] = mapped_column(default=False)  # learned: it touches `top`
    archived_at: Mapped[datetime | None]

    place: Mapped[Place] = relationship()
    versions: Mapped[list[PackageVersion]] = relationship(
        back_populates="package", order_by="PackageVersion.number"
    )

    @validates("title_kk", "title_ru")
    def _keep_keys(self, field: str, text: str) -> str:
        titles = {"title_kk": self.title_kk, "title_ru": self.title_ru, field: text}
        self.sort_key = sort_key(titles["title_kk"] or titles["title_ru"] or "")[:250]
        self.search = search_key(" ".join(filter(None, titles.values())))[:500]
        return text


class PackageVersion(Row, Base):
    """Published means frozen. `capability` stands in the address of its files, so they can be cached for ever."""

    package_id: Mapped[UUID] = mapped_column(ForeignKey("package.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="inspecting")
    edition: Mapped[str] = mapped_column(String(10), default="")
    archive: Mapped[str | None] = needed()  # digest of the file as it came; a refused one is not kept
    file_name: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    manifest: Mapped[str] = mapped_column(key_text(64), default="")  # digest of its manifest file
    contents: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # its activities, to show without reading it
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)
    repairs: Mapped[list[Any]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")
    capability: Mapped[str] = mapped_column(key_text(64), unique=True)
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]

    package: Mapped[Package] = relationship(back_populates="versions")
    uploader: Mapped[Person] = relationship(foreign_keys=uploaded_by)
    publisher: Mapped[Person | None] = relationship(foreign_keys=published_by)

    __table_args__ = (
        UniqueConstraint("package_id", "number"),
        CheckConstraint(f"state IN {VERSION_STATES}", name="state"),
    )


class PackageFile(Base):
    """A version is a list path → hash; the bytes are a blob that versions share."""

    version_id: Mapped[UUID] = mapped_column(ForeignKey("package_version.id"), primary_key=True)
    path: Mapped[str] = mapped_column(key_text(1024), primary_key=True)
    digest: Mapped[str] = needed()
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
