"""Questions in the bank with all their versions, and the pictures and sounds they use."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.core import storage
from lms.core.db import Base, Row, key_text
from lms.core.text import search_key
from lms.people.models import Person

LEVELS = ("A", "B", "C")


class Item(Row, Base):
    """A question of a place. `current_id` is its newest version; papers and attempts keep the one they saw."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(40), default="", index=True)
    grade: Mapped[int | None]
    section: Mapped[str] = mapped_column(default="")
    objective: Mapped[str] = mapped_column(key_text(40), default="")
    language: Mapped[str] = mapped_column(String(2), default="kk")
    level: Mapped[str] = mapped_column(String(1), default="B")
    title: Mapped[str] = mapped_column(default="")  # the beginning of the question as plain text
    search: Mapped[str] = mapped_column(key_text(500), default="", index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    twin_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"), index=True)  # the other language
    context_id: Mapped[UUID | None] = mapped_column(ForeignKey("item.id"), index=True)
    current_id: Mapped[UUID | None]
    practice: Mapped[bool] = mapped_column(default=False)  # open for self-tests: never used in exams
    archived_at: Mapped[datetime | None]

    author: Mapped[Person] = relationship()
    versions: Mapped[list[ItemVersion]] = relationship(back_populates="item")

    __table_args__ = (CheckConstraint(f"level IN {LEVELS}", name="level"),)

    @validates("title", "section", "objective")
    def _keep_search(self, field: str, text: str) -> str:
        parts = {name: getattr(self, name) or "" for name in ("title", "section", "objective")}
        self.search = search_key(" ".join({**parts, field: text}.values()))[:500]
        return text


class ItemVersion(Row, Base):
    """Never changed: an attempt keeps the version it saw."""

    item_id: Mapped[UUID] = mapped_column(ForeignKey("item.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")

    item: Mapped[Item] = relationship(back_populates="versions")
    maker: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("item_id", "number"),)


class QuestionFile(Row, Base):
    """A picture or sound somebody brought for a question."""

    file: Mapped[str] = storage.needed()
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    brought_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    media_type: Mapped[str] = mapped_column(String(60))

    __table_args__ = (UniqueConstraint("file"),)
