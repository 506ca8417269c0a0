"""What a run made and changed, kept so that it can be taken back as long as nobody has touched it since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, inspect, select
from sqlalchemy.exc import IntegrityError

from lms.core.db import Base, db
from lms.core.errors import Refused

CHUNK = 500


class Trace:
    """Collects while a run is applied; `kept()` is what goes into the run's row."""

    def __init__(self) -> None:
        self._made: list[Any] = []
        self._changed: dict[int, tuple[Any, dict[str, Any]]] = {}

    def made(self, row: Any) -> Any:
        db.session.add(row)
        self._made.append(row)
        return row

    def changed(self, row: Any, **values: Any) -> bool:
        """Set what differs; True when anything did."""
        before = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
        if not before:
            return False
        for name in before:
            setattr(row, name, values[name])
        if not any(row is one for one in self._made):
            known = self._changed.setdefault(id(row), (row, {}))[1]
            for name, value in before.items():
                known.setdefault(name, value)
        return True

    def kept(self) -> list[dict[str, Any]]:
        db.session.flush()
        made = [_entry(row, None) for row in self._made]
        return made + [_entry(row, before) for row, before in self._changed.values()]


def take_back(entries: list[dict[str, Any]]) -> None:
    """Backwards through what was made. Refused as a whole when one row has been touched or is in use."""
    rows = _found(entries)
    if any(row is None or state(row) != one["state"] for row, one in zip(rows, entries, strict=True)):
        raise Refused(
            _("Something of this import has been changed since, so it can no longer be undone as a whole.")
        )
    try:
        _restore(
            [
                (row, one["before"])
                for row, one in zip(rows, entries, strict=True)
                if one["before"] is not None
            ]
        )
        _remove([row for row, one in zip(rows, entries, strict=True) if one["before"] is None])
    except IntegrityError:
        db.session.rollback()
        raise Refused(
            _("Something of this import is already in use, so it can no longer be undone as a whole.")
        ) from None


def _found(entries: list[dict[str, Any]]) -> list[Any]:
    """All rows named, in order, with one statement for some hundreds of them."""
    tables = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    known: dict[tuple[str, UUID], Any] = {}
    for name in {one["table"] for one in entries}:
        keys = [UUID(one["id"]) for one in entries if one["table"] == name]
        model = tables[name]
        for start in range(0, len(keys), CHUNK):
            rows = db.session.scalars(select(model).where(model.id.in_(keys[start : start + CHUNK])))
            known.update({(name, row.id): row for row in rows})
    return [known.get((one["table"], UUID(one["id"]))) for one in entries]


def state(row: Any) -> str:
    """A digest of every column: says whether a row is still as it was."""
    columns = inspect(row).mapper.column_attrs
    values = [f"{one.key}={_plain(getattr(row, one.key))!r}" for one in columns]
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()


def _entry(row: Any, before: dict[str, Any] | None) -> dict[str, Any]:
    kept = None if before is None else {name: _packed(value) for name, value in before.items()}
    return {"table": row.__tablename__, "id": str(row.id), "before": kept, "state": state(row)}


def _restore(changed: list[tuple[Any, dict[str, Any]]]) -> None:
    for row, before in changed:
        for name, value in before.items():
            setattr(row, name, _unpacked(value))
    db.session.flush()


def _remove(made: list[Any]) -> None:
    """Backwards, table by table and some hundreds at once; whatever still refers to one makes the database object."""
    model: Any
    for model, rows in groupby(reversed(made), key=type):
        keys = [row.id for row in rows]
        for start in range(0, len(keys), CHUNK):
            part = model.id.in_(keys[start : start + CHUNK])
            db.session.execute(delete(model).where(part).execution_options(synchronize_session=False))
    for row in made:
        db.session.expunge(row)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else value


def _packed(value: Any) -> Any:
    """JSON has no days, keys and bytes: they travel with the name of their kind."""
    if isinstance(value, datetime):
        return {"kind": "moment", "text": value.isoformat()}
    if isinstance(value, date):
        return {"kind": "day", "text": value.isoformat()}
    if isinstance(value, UUID):
        return {"kind": "key", "text": str(value)}
    if isinstance(value, bytes):
        return {"kind": "bytes", "text": value.hex()}
    return {"kind": "plain", "value": value}


def _unpacked(kept: dict[str, Any]) -> Any:
    read: dict[str, Callable[[str], Any]] = {
        "moment": datetime.fromisoformat,
        "day": date.fromisoformat,
        "key": UUID,
        "bytes": bytes.fromhex,
    }
    return kept["value"] if kept["kind"] == "plain" else read[kept["kind"]](kept["text"])
