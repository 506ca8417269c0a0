"""The two databases made alike: who writes waits in line, and nobody is refused for having read first.

SQLite has one writer. A transaction that began as a reader and then writes is refused at once
(SQLITE_BUSY_SNAPSHOT) when another one wrote in between, whatever the busy timeout says. So a transaction
that means to write takes the lock when it begins, and one that turns out to write gives up its snapshot
and stands in line before its first change. SQLite lets those who wait sleep and try again, longer each time;
within a process they are woken one after the other instead.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections import defaultdict
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite

from lms.core.db.rows import Base, db
from lms.core.settings import Settings

BUSY_SECONDS = 15
# True while the current work means to write.
writing: ContextVar[bool] = ContextVar("writing", default=False)
_CHANGES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|SAVEPOINT)\b", re.IGNORECASE)


_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)  # by file


class InLine(sqlite3.Connection):
    """A connection that waits for the other writers of this process before it asks SQLite for the lock."""

    def __init__(self, file: str, timeout: float = 0, **options: Any) -> None:
        super().__init__(file, timeout=timeout, **options)
        self._turn, self._patience, self._mine = _turns[file], timeout, False

    def begin_writing(self) -> None:
        self._mine = self._turn.acquire(timeout=self._patience)
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            self._done()
            raise

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._done()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._done()

    def close(self) -> None:
        self._done()
        super().close()

    def _done(self) -> None:
        if self._mine:
            self._mine = False
            self._turn.release()


def make_engine(settings: Settings, patience: float = BUSY_SECONDS) -> Engine:
    """Beside the application's own engine: for processes without pages, and for notes that must not wait."""
    options = engine_options(settings, patience)
    if patience < BUSY_SECONDS and not settings.database.startswith("sqlite"):
        options["connect_args"] = {"options": f"-c lock_timeout={int(patience * 1000)}"}
    engine = create_engine(settings.database, **options)
    prepare(engine, settings, patience)
    return engine


def written(value: Any) -> str:
    """JSON as it is kept: Kazakh letters in two bytes each. Half a surrogate pair fits no encoding but an escape."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def engine_options(settings: Settings, patience: float = BUSY_SECONDS) -> dict[str, Any]:
    shared: dict[str, Any] = {"json_serializer": written}
    if settings.database.startswith("sqlite"):
        return shared | {"connect_args": {"timeout": patience, "factory": InLine}}
    return shared | {"pool_size": settings.web_threads + 2, "pool_pre_ping": True}


def prepare(engine: Engine, settings: Settings, patience: float = BUSY_SECONDS) -> None:
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say
        for pragma in (
            "journal_mode=WAL", f"synchronous={settings.sqlite_synchronous}", "foreign_keys=ON",
            f"busy_timeout={int(patience * 1000)}",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _before_statement)


def _begin(connection: Any) -> None:
    connection.info["writes"] = writing.get()
    below = connection.connection.driver_connection
    if writing.get():
        below.begin_writing()
    else:
        below.execute("BEGIN")


def _before_statement(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    if _CHANGES.match(statement):
        _stand_in_line(connection)


def _stand_in_line(connection: Any) -> None:
    if not connection.info.get("writes", True):
        connection.info["writes"] = True
        below = connection.connection.driver_connection
        below.execute("COMMIT")
        below.begin_writing()


def begin_writing() -> None:
    """From here on nothing that is read changes under our hands. What was read before may be older."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        _stand_in_line(connection)


def queue_here(lock: int) -> None:
    """Those who come here with the same number go on one after the other, each when the last has committed."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(lock)))
    else:
        begin_writing()


def insert_once(model: type[Base], values: dict[str, Any], unique: str) -> bool:
    """Insert unless a row with the same `unique` column is there. True when it is ours."""
    dialect = sqlite if db.session.connection().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing(index_elements=[unique])
    # RETURNING says it for sure: a driver may not know how many rows an upsert has touched.
    return db.session.scalar(statement.returning(getattr(model, unique))) is not None
