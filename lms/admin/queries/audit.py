"""Questions about the audit log: only what concerns the reader's own places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true

from lms.core import clock
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.listing import Listing, listing
from lms.core.permissions import reach, within
from lms.core.text import search_key
from lms.people.models import Person
from lms.places.models import Place

SORTS = {"at": AuditEntry.number}
MOST_EXPORTED = 20_000
MOST_PLACES = 200


@dataclass(frozen=True)
class Names:
    """Persons and places that a page of entries speaks of, by their keys."""

    persons: dict[UUID, str]
    places: dict[UUID, Place]


def entries() -> Listing:
    return listing(_within_reach(), SORTS, FILTERS, default="-at")


def entries_to_export(wanted: dict[str, str]) -> Iterator[AuditEntry]:
    """The newest that fit the same filters as the list."""
    statement = _within_reach()
    for name, condition in FILTERS.items():
        if text := wanted.get(name, "").strip():
            statement = statement.where(condition(text))
    yield from db.session.scalars(statement.order_by(AuditEntry.number.desc()).limit(MOST_EXPORTED))


def names_in(found: Iterable[AuditEntry]) -> Names:
    """Two statements for a page of any length."""
    entries = list(found)
    keys = {key for one in entries for key in (one.actor_id, one.object_id) if key}
    places = {key for one in entries if (key := place_of(one))}
    return Names(
        {row.id: row.full_name for row in db.session.scalars(select(Person).where(Person.id.in_(keys)))},
        {row.id: row for row in db.session.scalars(select(Place).where(Place.id.in_(places)))},
    )


def place_of(entry: AuditEntry) -> UUID | None:
    last = entry.place_path.strip("/").rpartition("/")[2]
    return UUID(last) if last else None


def last_entry() -> AuditEntry | None:
    return db.session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))


def _within_reach() -> Select[Any]:
    return select(AuditEntry).where(at_places_of_the_reader(AuditEntry.place_path, "audit.see"))


def at_places_of_the_reader(column: Any, permission: str) -> ColumnElement[bool]:
    """What belongs to no place is seen by those who look after the whole tree."""
    nowhere = column == "" if sees_the_whole_tree(permission) else false()
    return or_(within(column, permission), nowhere)


def sees_the_whole_tree(permission: str) -> bool:
    """A path of one key is the top of the tree."""
    return any(path.strip("/").count("/") == 0 for path in reach(permission))


def _of_person(text: str) -> ColumnElement[bool]:
    """Who did it, or to whom it was done."""
    called_so = select(Person.id).where(Person.search_key.contains(search_key(text), autoescape=True))
    return or_(AuditEntry.actor_id.in_(called_so), AuditEntry.object_id.in_(called_so))


def _at_place(text: str) -> ColumnElement[bool]:
    """Places called so, and all below them. Those inside another one found need no condition of their own."""
    above = [UUID(key) for path in reach("audit.see") for key in path.strip("/").split("/")]
    paths = db.session.scalars(
        select(Place.path)
        .where(Place.search.contains(search_key(text), autoescape=True))
        .where(or_(within(Place.path, "audit.see"), Place.id.in_(above)))
        .order_by(func.length(Place.path))
        .limit(MOST_PLACES)
    )
    tops: list[str] = []
    for path in paths:
        if not path.startswith(tuple(tops)):
            tops.append(path)
    return or_(false(), *(AuditEntry.place_path.between(path, path[:-1] + "0") for path in tops))


def _from_day(text: str) -> ColumnElement[bool]:
    begin = _begin(text)
    return AuditEntry.at >= begin if begin else true()


def _to_day(text: str) -> ColumnElement[bool]:
    """The day itself is meant, too."""
    begin = _begin(text)
    return AuditEntry.at < begin + timedelta(days=1) if begin else true()


def _begin(text: str) -> datetime | None:
    """Midnight of that day in Kazakhstan; what is no day narrows nothing."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), clock.KAZAKHSTAN)
    except (ValueError, OverflowError):
        return None


FILTERS = {
    "person": _of_person,
    "action": lambda code: AuditEntry.action == code,
    "place": _at_place,
    "from": _from_day,
    "to": _to_day,
}
