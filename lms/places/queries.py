"""Questions about places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.i18n import language
from lms.core.listing import Listing, listing
from lms.core.permissions import may, within
from lms.core.text import search_key
from lms.places.models import Place, Room, School


@dataclass(frozen=True)
class Below:
    """A place below another one, with the number of schools in it."""

    place: Place
    schools: int


def place_or_404(place_id: UUID, permission: str) -> Place:
    """The place, if the asker may do this there; outside their reach it does not exist."""
    place = db.session.get(Place, place_id)
    if place is None or not may(permission, place.path):
        raise NotYours
    return place


def school_or_404(school_id: UUID, permission: str) -> School:
    school = db.session.get(School, school_id, options=[joinedload(School.place)])
    if school is None or not may(permission, school.place.path):
        raise NotYours
    return school


def room_or_404(room_id: UUID, permission: str) -> tuple[Room, School]:
    room = db.session.get(Room, room_id)
    if room is None:
        raise NotYours
    return room, school_or_404(room.school_id, permission)


def _schools(permission: str) -> Select[School]:
    return (
        select(School)
        .join(School.place)
        .options(contains_eager(School.place))
        .where(within(Place.path, permission), Place.closed_on.is_(None))
    )


def schools_for_export(permission: str = "school.see") -> Sequence[School]:
    return db.session.scalars(_schools(permission).order_by(by_name())).all()


def schools_within_reach(permission: str = "school.see") -> Listing:
    """The schools one may see, as a list that is searched, filtered and sorted in its URL."""
    return listing(
        _schools(permission),
        sorts={
            "name": by_name(),
            "kind": School.kind,
            "pupils": School.pupils,
            "speed": School.contract_down,
        },
        filters={
            "q": lambda text: Place.search.contains(search_key(text), autoescape=True),
            "kind": lambda kind: School.kind == kind,
            "language": lambda code: cast(School.languages, String).contains(f'"{code}"', autoescape=True),
            "within": _inside,
        },
    )


def _inside(place_id: str) -> ColumnElement[bool]:
    """Everything below a place; a key that is none finds nothing."""
    path = db.session.scalar(select(Place.path).where(Place.id == _key(place_id))) or "~/"
    return Place.path.between(path, path[:-1] + "0")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def ancestors(place: Place) -> Sequence[Place]:
    """From the republic down to the place itself, in one question."""
    keys = [UUID(part) for part in place.path.strip("/").split("/")]
    return db.session.scalars(select(Place).where(Place.id.in_(keys)).order_by(func.length(Place.path))).all()


def below(place: Place) -> list[Below]:
    """The next level down, each with the number of its open schools: two statements for any size."""
    children = db.session.scalars(
        select(Place).where(Place.parent_id == place.id, Place.closed_on.is_(None)).order_by(by_name())
    ).all()
    start = len(place.path)
    # The key of the child is the 32 letters that follow the parent's path.
    child = func.substr(Place.path, start + 1, 32)
    counts = db.session.execute(
        select(child, func.count())
        .where(
            Place.level == "school",
            Place.closed_on.is_(None),
            Place.path.between(place.path, place.path[:-1] + "0"),
        )
        .group_by(child)
    )
    numbers: dict[str, int] = dict(counts.all())
    return [Below(one, numbers.get(one.id.hex, 0)) for one in children]


def tops(permission: str) -> Sequence[Place]:
    """The places at which the asker's reach begins; the republic's administrator has one, most people one."""
    reachable = db.session.scalars(
        select(Place).where(within(Place.path, permission)).order_by(func.length(Place.path)).limit(1)
    )
    return reachable.all()


def districts(permission: str) -> Sequence[Place]:
    """Districts and oblasts within reach, for the filter of a list."""
    return db.session.scalars(
        select(Place)
        .where(Place.level.in_(("oblast", "district")), within(Place.path, permission))
        .order_by(by_name())
    ).all()


def rooms(school: School) -> Sequence[Room]:
    return db.session.scalars(select(Room).where(Room.school_id == school.place_id).order_by(Room.name)).all()


def by_name() -> InstrumentedAttribute[str]:
    return Place.sort_kk if language() == "kk" else Place.sort_ru
