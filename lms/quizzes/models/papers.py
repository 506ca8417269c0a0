"""Papers: sections of chosen questions, or of rules by which they are drawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.core.db import Base, Row, key_text
from lms.core.text import search_key, sort_key
from lms.people.models import Person


class Paper(Row, Base):
    """A draft that may change. `sections`: [{"title", "items": [item ids]} or {"title", "draw": {…}}, …]."""

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    path: Mapped[str] = mapped_column(key_text(400), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str]
    sort_key: Mapped[str] = mapped_column(key_text(250), index=True, default="")
    search: Mapped[str] = mapped_column(key_text(500), index=True, default="")
    subject: Mapped[str] = mapped_column(String(40), default="")
    grade: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(2), default="kk")
    minutes: Mapped[int] = mapped_column(default=40)
    format: Mapped[str] = mapped_column(String(40), default="")  # code of an exam format
    shuffle: Mapped[bool] = mapped_column(default=True)
    aids: Mapped[list[str]] = mapped_column(JSON, default=list)  # what the page lays beside the questions
    breaks: Mapped[list[int]] = mapped_column(JSON, default=list)  # minutes of each
    extra_minutes: Mapped[int] = mapped_column(default=0)  # more for pupils with special needs
    note: Mapped[str] = mapped_column(default="")
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    current_id: Mapped[UUID | None]  # the newest frozen version
    archived_at: Mapped[datetime | None]

    author: Mapped[Person] = relationship()

    @validates("title")
    def _keep_keys(self, _field: str, text: str) -> str:
        self.sort_key, self.search = sort_key(text)[:250], search_key(text)[:500]
        return text


class PaperVersion(Row, Base):
    """Frozen: `body` names versions of questions, drawn sections the pool they are drawn from."""

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("paper.id"), index=True)
    number: Mapped[int]
    minutes: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    most: Mapped[float] = mapped_column(default=0.0)  # points of a flawless attempt
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))

    paper: Mapped[Paper] = relationship()

    __table_args__ = (UniqueConstraint("paper_id", "number"),)
