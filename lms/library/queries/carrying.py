"""Questions about shelves, the cart and what is carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.jobs import Job
from lms.core.listing import Listing, listing
from lms.core.permissions import actor
from lms.library.models import Carrier, CartItem, Collection, CollectionItem, Resource, ResourceText
from lms.library.seeing import own_paths, seen
from lms.library.service.carts import job_key

# Beside the files: the page and its search, the record of each resource, its words as text and as keys.
PAGE_BYTES, RECORD_BYTES, BYTES_PER_LETTER = 600_000, 8_000, 9


@dataclass(frozen=True)
class Packed:
    resource: Resource
    size: int  # with its words


@dataclass(frozen=True)
class Load:
    """What is in the cart against what fits."""

    rows: Sequence[Packed]
    budget: int

    @property
    def total(self) -> int:
        return PAGE_BYTES + sum(one.size for one in self.rows)

    @property
    def left(self) -> int:
        return self.budget - self.total

    @property
    def leave_out(self) -> list[Packed]:
        """As few as possible: the smallest one that is enough alone, else the largest and so on."""
        over, rest, gone = -self.left, sorted(self.rows, key=lambda one: one.size), []
        while over > 0 and rest:
            found = next((one for one in rest if one.size >= over), rest[-1])
            rest.remove(found)
            gone.append(found)
            over -= found.size
        return gone


def load(budget: int) -> Load:
    letters = (
        select(ResourceText.version_id, func.sum(func.length(ResourceText.words)).label("letters"))
        .group_by(ResourceText.version_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Resource, func.coalesce(letters.c.letters, 0))
        .join(CartItem, CartItem.resource_id == Resource.id)
        .outerjoin(letters, letters.c.version_id == Resource.current_id)
        .where(CartItem.person_id == actor().person_id, seen())
        .order_by(Resource.size.desc(), Resource.id)
    )
    packed = [Packed(row, row.size + RECORD_BYTES + BYTES_PER_LETTER * int(count)) for row, count in rows]
    return Load(packed, budget)


def _readable() -> ColumnElement[bool]:
    mine = Collection.owner_id == actor().person_id
    school = and_(Collection.readers == "school", Collection.path.in_(own_paths()))
    return or_(mine, Collection.readers == "all", school)


def shelves() -> Listing:
    count = (
        select(func.count())
        .where(CollectionItem.collection_id == Collection.id)
        .correlate(Collection)
        .scalar_subquery()
    )
    statement = (
        select(Collection, count.label("count")).where(_readable()).options(joinedload(Collection.owner))
    )
    return listing(
        statement,
        sorts={"when": Collection.changed_at, "name": func.lower(Collection.title)},
        filters={
            "q": lambda text: Collection.title.icontains(text, autoescape=True),
            "whose": lambda whose: Collection.owner_id == actor().person_id if whose == "mine" else Collection.owner_id != actor().person_id,
        },
        default="-when",
    )  # fmt: skip


def own_shelves() -> Sequence[Collection]:
    return db.session.scalars(
        select(Collection).where(Collection.owner_id == actor().person_id).order_by(Collection.title)
    ).all()


def shelf_or_404(collection_id: UUID, *, own: bool = False) -> Collection:
    condition = Collection.owner_id == actor().person_id if own else _readable()
    found = db.session.scalar(
        select(Collection)
        .where(Collection.id == collection_id, condition)
        .options(joinedload(Collection.owner))
    )
    if found is None:
        raise NotYours
    return found


def on_shelf(shelf: Collection) -> Sequence[Resource]:
    """Those the reader may see."""
    return db.session.scalars(
        select(Resource)
        .join(CollectionItem, CollectionItem.resource_id == Resource.id)
        .where(CollectionItem.collection_id == shelf.id, seen())
        .order_by(CollectionItem.position, Resource.id)
    ).all()


def carriers() -> Listing:
    statement = select(Carrier).where(Carrier.person_id == actor().person_id)
    return listing(statement, sorts={"when": Carrier.created_at}, default="-when")


def carrier_or_404(carrier_id: UUID) -> Carrier:
    found = db.session.get(Carrier, carrier_id)
    if found is None or found.person_id != actor().person_id:
        raise NotYours
    return found


def carrier_job(carrier: Carrier) -> Job | None:
    return db.session.scalar(select(Job).where(Job.key == job_key(carrier)))
