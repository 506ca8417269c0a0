"""What must outlive a power cut: pages and names of the lessons, seats, and words on their way to the centre."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS thing (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS seat (token TEXT PRIMARY KEY, lesson TEXT NOT NULL, pupil TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS word (
  n INTEGER PRIMARY KEY AUTOINCREMENT, lesson TEXT NOT NULL, source TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  data TEXT NOT NULL, at REAL NOT NULL, state TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS waiting ON word (lesson, state, n);
"""
DONE = "done"


@dataclass(frozen=True)
class Seated:
    """Who sits at a device: a pupil, or nobody in particular at the screen of the class."""

    lesson: str
    pupil: str


@dataclass(frozen=True)
class Waiting:
    number: int
    kind: str
    data: dict[str, Any]
    at: float


class Kept:
    def __init__(self, folder: Path) -> None:
        (folder / "files").mkdir(parents=True, exist_ok=True)
        self.files = folder / "files"
        self._base = sqlite3.connect(folder / "lessons.sqlite", check_same_thread=False, isolation_level=None)
        self._turn = threading.RLock()
        self._do("PRAGMA journal_mode=WAL")
        self._do("PRAGMA synchronous=FULL")  # acknowledged means that it is on the disk
        self._base.executescript(TABLES)
        self.device = self.settled("device", lambda: secrets.token_hex(8))
        self.code = self.settled("code", lambda: secrets.token_hex(4))

    def close(self) -> None:
        with self._turn:
            self._base.close()

    def _do(self, statement: str, *values: Any) -> list[Any]:
        with self._turn:
            return self._base.execute(statement, values).fetchall()

    def settled(self, name: str, made: Any) -> str:
        """The same for ever, once it has been made."""
        self._do("INSERT OR IGNORE INTO thing VALUES (?, ?)", name, json.dumps(made()))
        return str(self.get(name))

    def get(self, name: str) -> Any:
        found = self._do("SELECT value FROM thing WHERE name = ?", name)
        return json.loads(found[0][0]) if found else None

    def put(self, name: str, value: Any) -> None:
        self._do("INSERT OR REPLACE INTO thing VALUES (?, ?)", name, json.dumps(value, ensure_ascii=False))

    def sit(self, lesson: str, pupil: str) -> str:
        token = secrets.token_urlsafe(16)
        self._do("INSERT INTO seat VALUES (?, ?, ?)", token, lesson, pupil)
        return token

    def seat(self, token: str) -> Seated | None:
        found = self._do("SELECT lesson, pupil FROM seat WHERE token = ?", token)
        return Seated(*found[0]) if found else None

    def add(self, lesson: str, source: str, kind: str, data: dict[str, Any], at: float = 0.0) -> bool:
        """False when this word of this device was here before."""
        return bool(
            self._do(
                "INSERT OR IGNORE INTO word (lesson, source, kind, data, at) VALUES (?, ?, ?, ?, ?) RETURNING n",
                lesson, source, kind, json.dumps(data, ensure_ascii=False), at or time.time(),
            )
        )  # fmt: skip

    def waiting(self, lesson: str, most: int = 50) -> list[Waiting]:
        """In the order in which they were said."""
        rows = self._do(
            "SELECT n, kind, data, at FROM word WHERE lesson = ? AND state = '' ORDER BY n LIMIT ?",
            lesson, most,
        )  # fmt: skip
        return [Waiting(n, kind, json.loads(data), at) for n, kind, data, at in rows]

    def settle(self, number: int, state: str) -> None:
        """Acknowledged, or refused for a reason; either way it is not sent again."""
        self._do("UPDATE word SET state = ? WHERE n = ?", state, number)

    def has(self, name: str) -> bool:
        return (self.files / name).is_file()

    def keep_file(self, name: str, data: bytes) -> None:
        """Whole or not at all: a power cut leaves no half of a slide."""
        fresh = self.files / f"{name}.{secrets.token_hex(4)}.part"
        fresh.write_bytes(data)
        fresh.replace(self.files / name)
