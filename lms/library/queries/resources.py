"""Questions about single resources and about lists of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, false, func, or_, select
from sqlalchemy.orm import joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.jobs import Job
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, reach, within
from lms.core.text import search_key
from lms.library.models import (
    CartItem,
    Resource,
    ResourceEvent,
    ResourceFile,
    ResourceRating,
    ResourceText,
    ResourceUse,
    ResourceVersion,
)
from lms.library.seeing import is_seen, seen
from lms.library.service.resources import reading_key
from lms.people.models import RoleHolding
from lms.people.queries.persons import live_on_record
from lms.places.models import Place


def resource_or_404(resource_id: UUID, *, change: bool = False) -> Resource:
    resource = db.session.get(
        Resource,
        resource_id,
        options=[
            joinedload(Resource.place),
            joinedload(Resource.owner),
            joinedload(Resource.objectives),
            joinedload(Resource.bundle),
        ],
    )
    if resource is None or not is_seen(resource) or (change and not may_change(resource)):
        raise NotYours
    return resource


def may_change(resource: Resource) -> bool:
    return resource.owner_id == actor().person_id or may("resource.approve", resource.path)


def version_of(resource: Resource) -> ResourceVersion | None:
    """The one that is shown, with its files."""
    if resource.current_id is None:
        return None
    return db.session.get(ResourceVersion, resource.current_id, options=[joinedload(ResourceVersion.files)])


def file_or_404(file_id: UUID) -> tuple[ResourceFile, Resource]:
    """Files of older versions are for those who look after the resource."""
    row = db.session.execute(
        select(ResourceFile, ResourceVersion, Resource)
        .join(ResourceVersion, ResourceVersion.id == ResourceFile.version_id)
        .join(Resource, Resource.id == ResourceVersion.resource_id)
        .where(ResourceFile.id == file_id)
    ).first()
    if row is None or not is_seen(row[2]) or not (row[2].current_id == row[1].id or may_change(row[2])):
        raise NotYours
    return row[0], row[2]


@dataclass(frozen=True)
class Related:
    twins: list[Resource]
    alike: list[tuple[Resource | None, int]]  # None: one the reader may not see


def related(resource: Resource, version: ResourceVersion | None) -> Related:
    """Twins in another language; for those who look after it also what has nearly the same text or the same file."""
    shares = {UUID(key): round(100 * part) for key, part in version.alike} if version else {}
    digests = [one.digest for one in version.files if one.role == "main"] if version else []
    watched = may_change(resource)
    if not (resource.twins or (watched and (shares or digests))):
        return Related([], [])
    same = (
        select(Resource.id)
        .join(ResourceFile, ResourceFile.version_id == Resource.current_id)
        .where(ResourceFile.digest.in_(digests), ResourceFile.role == "main")
    )
    twin = Resource.twins == resource.twins if resource.twins else false()
    near = or_(Resource.id.in_(shares), Resource.id.in_(same)) if watched else false()
    rows = db.session.scalars(
        select(Resource).where(Resource.id != resource.id, or_(twin, near)).order_by(Resource.id).limit(12)
    ).all()
    twins = [one for one in rows if resource.twins and one.twins == resource.twins and is_seen(one)]
    others = [one for one in rows if one not in twins]
    found = [(one if is_seen(one) else None, shares.get(one.id, 100)) for one in others]
    return Related(twins, sorted(found, key=lambda one: -one[1]))


def reading_job(version: ResourceVersion) -> Job | None:
    return db.session.scalar(select(Job).where(Job.key == reading_key(version)))


def events_of(resource: Resource) -> Sequence[ResourceEvent]:
    return db.session.scalars(
        select(ResourceEvent)
        .where(ResourceEvent.resource_id == resource.id)
        .options(joinedload(ResourceEvent.person))
        .order_by(ResourceEvent.id.desc())
        .limit(30)
    ).all()


def ratings_of(resource: Resource) -> Sequence[ResourceRating]:
    return db.session.scalars(
        select(ResourceRating)
        .where(ResourceRating.resource_id == resource.id)
        .options(joinedload(ResourceRating.person))
        .order_by(ResourceRating.id.desc())
        .limit(20)
    ).all()


@dataclass(frozen=True)
class Mine:
    used: int  # lessons of the reader
    stars: int
    in_cart: bool


def mine_about(resource: Resource) -> Mine:
    """What the reader has to do with it, in one statement."""
    me = actor().person_id
    used = select(func.count()).where(ResourceUse.resource_id == resource.id, ResourceUse.person_id == me)
    stars = select(func.max(ResourceRating.stars)).where(
        ResourceRating.resource_id == resource.id, ResourceRating.person_id == me
    )
    cart = select(func.count()).where(CartItem.resource_id == resource.id, CartItem.person_id == me)
    row = db.session.execute(
        select(used.scalar_subquery(), stars.scalar_subquery(), cart.scalar_subquery())
    ).one()
    return Mine(row[0] or 0, row[1] or 0, bool(row[2]))


def parts_of(version: ResourceVersion, start: int, count: int) -> Sequence[ResourceText]:
    return db.session.scalars(
        select(ResourceText)
        .where(ResourceText.version_id == version.id, ResourceText.number >= start)
        .order_by(ResourceText.number)
        .limit(count)
    ).all()


def mine() -> Listing:
    """What the reader put in, and what waits for the reader's approval in their school."""
    statement = select(Resource).where(
        or_(Resource.owner_id == actor().person_id, within(Resource.path, "resource.approve")),
        Resource.state != "mirror",
    )
    first = case((Resource.state == "draft", 0), else_=1)
    return listing(
        statement,
        sorts={"when": Resource.changed_at, "name": Resource.sort_key, "state": first},
        filters={
            "q": lambda text: Resource.search.contains(search_key(text), autoescape=True),
            "state": lambda state: Resource.state == state,
            "kind": lambda kind: Resource.kind == kind,
            "whose": lambda whose: Resource.owner_id == actor().person_id if whose == "mine" else Resource.owner_id != actor().person_id,
        },
        default="-when",
    )  # fmt: skip


def places_to_put() -> Sequence[Place]:
    """Where the reader may add resources: the places at which they hold a role."""
    return db.session.scalars(
        select(Place).where(Place.path.in_(reach("resource.add"))).order_by(Place.sort_kk)
    ).all()


def other_language(resource: Resource, text: str) -> Sequence[Resource]:
    """Candidates for a twin: in another language, seen by the reader, with these words in the title."""
    if not text.strip():
        return []
    return db.session.scalars(
        select(Resource)
        .where(
            seen(),
            Resource.language != resource.language,
            Resource.search.contains(search_key(text), autoescape=True),
        )
        .order_by(Resource.sort_key)
        .limit(20)
    ).all()


def approvers(resource: Resource) -> Sequence[UUID]:
    """Those who lead the place the resource belongs to."""
    return db.session.scalars(
        select(RoleHolding.person_id).where(
            RoleHolding.place_id == resource.place_id,
            RoleHolding.role.in_(("director", "deputy_director", "methodologist")),
            live_on_record(),
        )
    ).all()
