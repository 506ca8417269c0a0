"""Which search this installation has: the embedded index beside SQLite, PostgreSQL's own tables beside PostgreSQL.

Both hold nothing that cannot be made anew from the rows, by the same analysis. Only the job worker writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from flask import current_app
from sqlalchemy import text

from lms.core.db import db
from lms.library.index import Index
from lms.library.postgres import SCHEMA, Known, PostgresIndex
from lms.library.records import NOTHING, Chosen, Found, Record

LOCK = 7_208_001


class Engine(Protocol):
    def search(
        self, typed: str, limit: int = 10, offset: int = 0, chosen: Chosen = NOTHING, order: str = ""
    ) -> Found: ...

    def browse(
        self, limit: int = 10, offset: int = 0, chosen: Chosen = NOTHING, order: str = "new"
    ) -> Found: ...

    def suggestions(self, typed: str, limit: int = 8) -> list[str]: ...

    def add(self, records: Iterable[Record]) -> int: ...

    def remove(self, ids: Iterable[str]) -> None: ...

    def rebuild(self, records: Iterable[Record]) -> int: ...

    def count(self) -> int: ...


def engine() -> Engine:
    known = current_app.extensions
    if "library_engine" not in known:
        known["library_engine"] = _opened()
    found = known["library_engine"]
    return PostgresIndex(db.session.connection(), found, SCHEMA) if isinstance(found, Known) else found


def settle(changed: Engine) -> None:
    """After a batch: PostgreSQL counts its keys anew."""
    if isinstance(changed, PostgresIndex):
        changed.count_keys()


def _opened() -> Index | Known:
    if db.session.connection().dialect.name == "sqlite":
        return Index(current_app.extensions["settings"].data_folder / "library-index")
    with (
        db.engine.begin() as connection
    ):  # kept at once: whatever becomes of this request, the tables are there
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        index = PostgresIndex(connection, None, SCHEMA)
        if not index.is_made():
            index.make()
    return Known()
