"""Who did what to what, in a chain of hashes: changing or removing a row breaks every later one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, has_request_context, request
from sqlalchemy import BigInteger, Integer, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.core import clock
from lms.core.db import Base, Row, at_commit, db, key_text, queue_here

START = "0" * 64
LOCK = 7_204_001
BATCH = 500


class AuditEntry(Base):
    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(index=True)
    actor_name: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(key_text(80), index=True)
    object_kind: Mapped[str] = mapped_column(key_text(40), default="")
    object_id: Mapped[UUID | None] = mapped_column(index=True)
    place_path: Mapped[str] = mapped_column(key_text(400), default="", index=True)
    details: Mapped[str] = mapped_column(default="{}")
    address: Mapped[str] = mapped_column(default="")
    previous: Mapped[str] = mapped_column(key_text(64))
    digest: Mapped[str] = mapped_column(key_text(64))

    def computed_digest(self) -> str:
        parts = [
            self.previous, str(self.number), self.at.isoformat(timespec="microseconds"), str(self.actor_id or ""),
            self.actor_name, self.action, self.object_kind, str(self.object_id or ""), self.place_path, self.details,
            self.address,
        ]  # fmt: skip
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def record(
    action: str, row: Row | None = None, *, path: str = "", actor_id: UUID | None = None, **details: Any
) -> None:
    """Note one line about what is being done; it is kept or dropped together with the deed."""
    who = g.get("actor")
    entry = AuditEntry(
        at=clock.now(),
        actor_id=actor_id or (who.person_id if who else g.get("acting_for")),
        actor_name=who.name if who else "",
        action=action,
        object_kind=type(row).__tablename__ if row is not None else "",  # type: ignore[attr-defined]
        object_id=row.id if row is not None else None,
        place_path=path,
        details=json.dumps(details, ensure_ascii=False, sort_keys=True, default=str),
        address=(request.remote_addr or "") if has_request_context() else "",
    )
    at_commit(lambda: _append(entry))


def _append(entry: AuditEntry) -> None:
    """Every writer comes by here, so this is the last thing a transaction does before it commits."""
    queue_here(LOCK)
    last = db.session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))
    entry.number = last.number + 1 if last else 1
    entry.previous = last.digest if last else START
    entry.digest = entry.computed_digest()
    db.session.add(entry)
    db.session.flush()


def first_broken(heard: Callable[[int], object] = lambda number: None) -> int | None:
    """The number of the first entry that does not fit the chain, or None. `heard` is told how far it is."""
    previous, expected = START, 1
    chain = select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=BATCH)
    with closing(db.session.scalars(chain)) as entries:
        for entry in entries:
            if entry.number != expected or entry.previous != previous:
                return expected
            if entry.digest != entry.computed_digest():
                return expected
            if expected % BATCH == 0:
                heard(expected)
            previous, expected = entry.digest, expected + 1
    return None
