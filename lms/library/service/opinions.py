"""What teachers say of a resource: lessons it was used in, and stars of those who used it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.library.models import Resource, ResourceRating, ResourceUse
from lms.library.service.notices import tell
from lms.library.service.resources import changed, title_of


def note_use(resource: Resource, person: UUID, path: str, day: date) -> bool:
    """One lesson a day and teacher: False when that day is noted already."""
    if day > clock.today():
        raise Refused(_("That day has not come yet."))
    known = select(ResourceUse.id).where(
        ResourceUse.resource_id == resource.id, ResourceUse.person_id == person, ResourceUse.day == day
    )
    if db.session.scalar(known):
        return False
    db.session.add(ResourceUse(resource_id=resource.id, person_id=person, path=path, day=day))
    db.session.flush()
    resource.uses = _count_of_others(resource)
    changed(resource)
    return True


def _count_of_others(resource: Resource) -> int:
    """Lessons of its own author do not count: they would be the cheapest way to the top."""
    return db.session.scalar(
        select(func.count()).where(
            ResourceUse.resource_id == resource.id, ResourceUse.person_id != resource.owner_id
        )
    ) or 0  # fmt: skip


def rate(resource: Resource, person: UUID, stars: int, words: str = "") -> None:
    if resource.owner_id == person:
        raise Refused(_("One's own resource is rated by others."))
    used = select(ResourceUse.id).where(
        ResourceUse.resource_id == resource.id, ResourceUse.person_id == person
    )
    if not db.session.scalar(used.limit(1)):
        raise Refused(_("Note first that you used it in a lesson: stars come from those who did."))
    row = db.session.scalar(
        select(ResourceRating).where(
            ResourceRating.resource_id == resource.id, ResourceRating.person_id == person
        )
    )
    if row is None:
        row = ResourceRating(resource_id=resource.id, person_id=person, stars=stars)
        db.session.add(row)
        tell([resource.owner_id], "rated", resource)
    row.stars, row.words = stars, words.strip()[:2000]
    db.session.flush()
    total, count = db.session.execute(
        select(func.sum(ResourceRating.stars), func.count()).where(ResourceRating.resource_id == resource.id)
    ).one()
    resource.stars, resource.voices = int(total or 0), count
    audit.record("resource.rated", resource, path=resource.path, name=title_of(resource), stars=stars)
    changed(resource)
