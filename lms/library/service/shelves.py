"""Shelves: lists a teacher puts together, in an order, for oneself or for others."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from lms.core import clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.library.models import Collection, CollectionItem, Resource

MOST_SHELVES, MOST_ON_ONE = 100, 500


def put_up(owner: UUID, path: str, title: str, about: str = "", readers: str = "me") -> Collection:
    count = select(func.count()).where(Collection.owner_id == owner)
    if (db.session.scalar(count) or 0) >= MOST_SHELVES:
        raise Refused(_("You have %(most)s shelves already. Remove one first.", most=MOST_SHELVES))
    shelf = Collection(owner_id=owner, path=path, title=title, about=about, readers=readers)
    db.session.add(shelf)
    db.session.flush()
    return shelf


def describe(shelf: Collection, title: str, about: str, readers: str) -> None:
    shelf.title, shelf.about, shelf.readers, shelf.changed_at = title, about, readers, clock.now()


def take_down(shelf: Collection) -> None:
    """The resources stay where they are; only the list goes."""
    db.session.execute(delete(CollectionItem).where(CollectionItem.collection_id == shelf.id))
    db.session.delete(shelf)


def put_on(shelf: Collection, resource: Resource) -> bool:
    """At its end; False when it stands there already."""
    rows = _in_order(shelf)
    if any(one.resource_id == resource.id for one in rows):
        return False
    if len(rows) >= MOST_ON_ONE:
        raise Refused(_("A shelf holds %(most)s resources at most.", most=MOST_ON_ONE))
    position = rows[-1].position + 1 if rows else 1
    db.session.add(CollectionItem(collection_id=shelf.id, resource_id=resource.id, position=position))
    shelf.changed_at = clock.now()
    return True


def take_off(shelf: Collection, resource_id: UUID) -> None:
    gone = (CollectionItem.collection_id == shelf.id) & (CollectionItem.resource_id == resource_id)
    db.session.execute(delete(CollectionItem).where(gone))
    shelf.changed_at = clock.now()


def move(shelf: Collection, resource_id: UUID, up: bool) -> None:
    """One place up or down; at the end nothing happens."""
    rows = _in_order(shelf)
    at = next((place for place, one in enumerate(rows) if one.resource_id == resource_id), None)
    other = at if at is None else at - 1 if up else at + 1
    if at is None or other is None or not 0 <= other < len(rows):
        return
    rows[at].position, rows[other].position = rows[other].position, rows[at].position
    shelf.changed_at = clock.now()


def _in_order(shelf: Collection) -> list[CollectionItem]:
    return list(
        db.session.scalars(
            select(CollectionItem)
            .where(CollectionItem.collection_id == shelf.id)
            .order_by(CollectionItem.position, CollectionItem.resource_id)
        )
    )
