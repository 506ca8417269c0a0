"""A run is one file that somebody brought; its lines are kept as they were read, with what was found and made."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base, Row, key_text

STATES = ("draft", "confirmed", "undone")
VERDICTS = ("new", "changed", "unchanged", "bad")


class ImportRun(Row, Base):
    kind: Mapped[str] = mapped_column(String(30))
    file_name: Mapped[str] = mapped_column(String(200))
    asked_by_id: Mapped[UUID | None] = mapped_column(index=True)
    asked_by_name: Mapped[str] = mapped_column(default="")
    place_id: Mapped[UUID | None]
    place_path: Mapped[str] = mapped_column(key_text(400), index=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    notes: Mapped[list[Any]] = mapped_column(JSON, default=list)  # what was noticed about the whole file
    made: Mapped[list[Any]] = mapped_column(JSON, default=list)  # in order, so that undo goes backwards
    confirmed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)

    def count(self, verdict: str) -> int:
        return self.counts.get(verdict, 0)

    @property
    def changes(self) -> int:
        return self.count("new") + self.count("changed")


class ImportLine(Row, Base):
    run_id: Mapped[UUID] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"))
    number: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(10))
    given: Mapped[dict[str, str]] = mapped_column(JSON)  # cleaned text by column
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)

    __table_args__ = (
        Index("ix_import_line_run_id_verdict_number", "run_id", "verdict", "number"),
        CheckConstraint(f"verdict IN {VERDICTS}", name="verdict"),
    )
