"""A value of a column as JSON and back: the same text whichever database it came from."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from lms.core.db import Instant, key_text

# (kind, types of columns, type to put back with, to JSON, from JSON); the first that fits counts.
_Kind = tuple[str, type[Any], Any, Callable[[Any], Any], Callable[[Any], Any]]


def _same(value: Any) -> Any:
    return value


def _bytes_text(value: bytes) -> str:
    return base64.b64encode(value).decode()


KINDS: tuple[_Kind, ...] = (
    ("json", sa.JSON, sa.JSON(none_as_null=True), _same, _same),
    ("instant", Instant, Instant(), datetime.isoformat, datetime.fromisoformat),
    ("uuid", sa.Uuid, sa.Uuid(), lambda value: value.hex, UUID),
    ("bytes", sa.LargeBinary, sa.LargeBinary(), _bytes_text, base64.b64decode),
    ("date", sa.Date, sa.Date(), date.isoformat, date.fromisoformat),
    ("time", sa.Time, sa.Time(), time.isoformat, time.fromisoformat),
    ("bool", sa.Boolean, sa.Boolean(), _same, _same),
    ("int", sa.Integer, sa.BigInteger(), _same, _same),
    ("float", sa.Float, sa.Float(), _same, _same),
    ("decimal", sa.Numeric, sa.Numeric(asdecimal=True), str, Decimal),
    ("text", sa.String, key_text(1), _same, _same),
)
_BY_NAME = {kind[0]: kind for kind in KINDS}


def kind_of(column: sa.Column[Any]) -> str:
    for name, wanted, *_rest in KINDS:
        if isinstance(column.type, wanted):
            return name
    raise TypeError(f"{column} is of a kind that no backup can hold: {column.type!r}")


def column_type(kind: str) -> Any:
    return _BY_NAME[kind][2]


def to_line(kinds: Iterable[str], row: Iterable[Any]) -> bytes:
    values = [
        None if value is None else _BY_NAME[kind][3](value) for kind, value in zip(kinds, row, strict=True)
    ]
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def from_line(kinds: Iterable[str], line: bytes) -> list[Any]:
    values = json.loads(line)
    return [
        None if value is None else _BY_NAME[kind][4](value) for kind, value in zip(kinds, values, strict=True)
    ]


class SetDigest:
    """A digest of lines that does not depend on their order: the sum of their hashes."""

    def __init__(self) -> None:
        self.total, self.count = 0, 0

    def add(self, line: bytes) -> None:
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest())) % 2**256
        self.count += 1

    def text(self) -> str:
        return f"{self.total:064x}"
