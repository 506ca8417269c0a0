"""Rankings that can be explained and are hard to game, and what is missing.

Counted is how many different teachers used a resource, not how often somebody pressed a button; an author's own
lessons never count, and a rating is drawn to the middle until some teachers have given one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Float, Integer, and_, case, cast, distinct, func, select
from sqlalchemy.orm import aliased

from lms.core import clock
from lms.core.db import db
from lms.core.listing import Listing, listing
from lms.library.models import Resource, ResourceObjective, ResourceUse
from lms.people.models import Person
from lms.places.models import Place

TOP = 15
YEAR = timedelta(days=365)
FULL_USE = 100  # lessons from which more add nothing
MARK_WORTH = 5


@dataclass(frozen=True)
class Rankings:
    materials: Sequence[Any]  # (resource, points)
    authors: Sequence[Any]  # (person, teachers, marks, points)
    schools: Sequence[Any]  # (place, teachers, resources used)
    regions: Sequence[Any]  # (place, teachers, lessons)
    subjects: Sequence[Any]  # (subject, resources, lessons)


def rankings() -> Rankings:
    return Rankings(_materials(), _authors(), _schools(), _regions(), _subjects())


def _materials() -> Sequence[Any]:
    used = case((Resource.uses > FULL_USE, FULL_USE), else_=Resource.uses)
    points = cast(Resource.stars + 15, Float) / (Resource.voices + 5) + cast(used, Float) / 200
    return db.session.execute(
        select(Resource, points.label("points"))
        .where(Resource.state == "published")
        .order_by(points.desc(), Resource.sort_key)
        .limit(TOP)
    ).all()


def _others_use() -> Any:
    """Lessons of the last year by somebody else than the author."""
    return and_(
        ResourceUse.resource_id == Resource.id,
        ResourceUse.person_id != Resource.owner_id,
        ResourceUse.day >= clock.today() - YEAR,
    )


def _authors() -> Sequence[Any]:
    teachers = func.count(distinct(ResourceUse.person_id))
    marks = func.count(distinct(case((Resource.mark_until >= clock.today(), Resource.id))))
    points = teachers + marks * MARK_WORTH
    return db.session.execute(
        select(Person, teachers, marks, points)
        .join(Resource, Resource.owner_id == Person.id)
        .outerjoin(ResourceUse, _others_use())
        .where(Resource.state == "published")
        .group_by(Person.id)
        .having(points > 0)
        .order_by(points.desc(), Person.sort_key)
        .limit(TOP)
    ).all()


def _schools() -> Sequence[Any]:
    teachers, used = (
        func.count(distinct(ResourceUse.person_id)),
        func.count(distinct(ResourceUse.resource_id)),
    )
    return db.session.execute(
        select(Place, teachers, used)
        .join(ResourceUse, ResourceUse.path == Place.path)
        .join(Resource, _others_use())
        .where(Place.level == "school")
        .group_by(Place.id)
        .order_by(teachers.desc(), used.desc(), Place.sort_kk)
        .limit(TOP)
    ).all()


def _regions() -> Sequence[Any]:
    oblast = aliased(Place)
    teachers, lessons = func.count(distinct(ResourceUse.person_id)), func.count(distinct(ResourceUse.id))
    return db.session.execute(
        select(oblast, teachers, lessons)
        .join(ResourceUse, ResourceUse.path.startswith(oblast.path))
        .join(Resource, _others_use())
        .where(oblast.level == "oblast")
        .group_by(oblast.id)
        .order_by(teachers.desc(), lessons.desc(), oblast.sort_kk)
        .limit(25)
    ).all()


def _subjects() -> Sequence[Any]:
    return db.session.execute(
        select(Resource.subject, func.count(), func.sum(Resource.uses))
        .where(Resource.state == "published", Resource.subject != "")
        .group_by(Resource.subject)
        .order_by(func.count().desc(), Resource.subject)
    ).all()


def gaps(subject: str) -> Listing:
    """For each learning objective how many published resources it has of each sort; 0 is a gap."""
    shown = Resource.state == "published"

    def counted(*more: Any) -> Any:
        return func.coalesce(func.sum(cast(case((and_(shown, *more), 1), else_=0), Integer)), 0)

    kazakh, russian = counted(Resource.language == "kk"), counted(Resource.language == "ru")
    offline, tests = counted(Resource.offline.is_(True)), counted(Resource.kind == "test")
    statement = (
        select(
            ResourceObjective.code,
            kazakh.label("kazakh"), russian.label("russian"), offline.label("offline"), tests.label("tests"),
        )
        .join(Resource, Resource.id == ResourceObjective.resource_id)
        .where(Resource.subject == subject if subject else Resource.subject != "")
        .group_by(ResourceObjective.code)
    )  # fmt: skip
    return listing(
        statement,
        sorts={
            "code": ResourceObjective.code,
            "kazakh": kazakh,
            "russian": russian,
            "offline": offline,
            "tests": tests,
        },
    )
