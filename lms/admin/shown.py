"""An audit entry as people read it: who, what, to whom or what, where, before and after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from lms.admin.queries.audit import Names, place_of
from lms.admin.words import action_words, detail_words, value_words
from lms.core.audit import AuditEntry
from lms.core.i18n import in_language


@dataclass(frozen=True)
class Change:
    """`before` is None when the entry only states a fact."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Shown:
    number: int
    at: datetime
    who: str
    action: str
    whom: str
    where: str
    changes: tuple[Change, ...]
    address: str


def shown(entry: AuditEntry, names: Names) -> Shown:
    details = json.loads(entry.details)
    return Shown(
        entry.number, entry.at, _who(entry, names), action_words(entry.action), _whom(entry, details, names),
        _where(entry, names), tuple(changes(details, names)), entry.address,
    )  # fmt: skip


def _who(entry: AuditEntry, names: Names) -> str:
    """The name at that time; jobs and commands keep only the key, and some deeds are the system's own."""
    known = names.persons.get(entry.actor_id, "") if entry.actor_id else ""
    return entry.actor_name or known or _("The system")


def _whom(entry: AuditEntry, details: dict[str, Any], names: Names) -> str:
    if entry.object_id in names.persons:
        return names.persons[entry.object_id]
    if entry.object_kind == "place" and entry.object_id in names.places:
        return in_language(names.places[entry.object_id])
    return str(details.get("name", ""))


def _where(entry: AuditEntry, names: Names) -> str:
    place = names.places.get(place_of(entry) or UUID(int=0))
    return in_language(place) if place else ""


def changes(details: dict[str, Any], names: Names) -> list[Change]:
    before, after = details.get("before"), details.get("after")
    found = []
    if isinstance(before, dict):
        now = after if isinstance(after, dict) else {}
        for name in sorted({*before, *now}, key=detail_words):
            new = value_words(name, now[name]) if name in now else None
            found.append(Change(detail_words(name), value_words(name, before.get(name)), new))
    plain = {name: value for name, value in details.items() if name not in ("before", "after", "name")}
    return found + [
        Change(detail_words(name), None, _value(name, value, names)) for name, value in plain.items()
    ]


def _value(name: str, value: Any, names: Names) -> str:
    """A key of a person is shown as the person."""
    try:
        return names.persons[UUID(str(value))]
    except (ValueError, KeyError):
        return value_words(name, value)


def in_one_line(change: Change) -> str:
    if change.before is None:
        return f"{change.what}: {change.after}"
    return f"{change.what}: {change.before} → {change.after or '?'}"
