"""Searches that are kept: whoever keeps one is told of what is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from lms.core import clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.library.engine import engine
from lms.library.models import LibraryNotice, Resource, SavedSearch
from lms.library.service.notices import tell

MOST_KEPT = 20


def keep_search(person: UUID, name: str, typed: str, chosen: dict[str, list[str]], paths: list[str]) -> SavedSearch:  # fmt: skip
    count = select(func.count()).where(SavedSearch.person_id == person)
    if (db.session.scalar(count) or 0) >= MOST_KEPT:
        raise Refused(_("You keep %(most)s searches already. Remove one first.", most=MOST_KEPT))
    row = SavedSearch(
        person_id=person,
        name=name[:120],
        typed=typed[:200],
        chosen=chosen,
        paths=paths,
        looked_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def forget_search(row: SavedSearch) -> None:
    db.session.delete(row)


def notify_searchers(fresh: Sequence[Resource]) -> None:
    """Each kept search is asked once per batch, and tells of nothing twice."""
    if not fresh:
        return
    known = {str(one.id): one for one in fresh}
    told = {
        (row.person_id, row.resource_id)
        for row in db.session.execute(
            select(LibraryNotice.person_id, LibraryNotice.resource_id).where(
                LibraryNotice.code == "found", LibraryNotice.resource_id.in_([one.id for one in fresh])
            )
        )
    }
    for search in db.session.scalars(select(SavedSearch).order_by(SavedSearch.id)):
        for key in _found(search) & set(known):
            resource = known[key]
            new = resource.published_at is not None and resource.published_at >= search.created_at
            if new and resource.owner_id != search.person_id and (search.person_id, resource.id) not in told:
                tell([search.person_id], "found", resource, name=search.name)


def _found(search: SavedSearch) -> set[str]:
    chosen: dict[str, Any] = {**search.chosen, "seen": search.paths}
    if search.typed.strip():
        return set(engine().search(search.typed, 500, chosen=chosen, order="new").ids)
    return set(engine().browse(500, chosen=chosen).ids)
