"""The hours that classes have and the wishes of teachers, and the problem a timetable is made from out of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours, Refused
from lms.core.permissions import may, within
from lms.lessons.models import HubPairing, TaughtHours, TeacherWish
from lms.people.models import CombinedClass, Person, RoleHolding, SchoolClass, SchoolYear
from lms.people.models.classes import combined_class_member
from lms.places.models import Place, School

DAYS = 5
MOST_PERIODS = 14
Row = dict[str, Any]


def running_year() -> Any:
    """The key of the newest school year that has begun, as a part of other statements."""
    return (
        select(SchoolYear.id)
        .where(SchoolYear.starts_on <= clock.today())
        .order_by(SchoolYear.starts_on.desc())
        .limit(1)
        .scalar_subquery()
    )


def schools(permission: str) -> Sequence[School]:
    return db.session.scalars(
        select(School)
        .join(School.place)
        .options(contains_eager(School.place))
        .where(within(Place.path, permission), Place.closed_on.is_(None))
        .order_by(Place.sort_kk)
        .limit(200)
    ).all()


def with_sums(rows: Sequence[School]) -> list[tuple[School, int]]:
    """Schools with the hours a week that are entered for them."""
    sums = dict(
        db.session.execute(
            select(TaughtHours.school_id, func.sum(TaughtHours.hours))
            .join(TaughtHours.school_class)
            .where(
                TaughtHours.school_id.in_([one.place_id for one in rows]),
                SchoolClass.year_id == running_year(),
            )
            .group_by(TaughtHours.school_id)
        ).all()
    )
    return [(one, int(sums.get(one.place_id, 0))) for one in rows]


def hours_of(school_id: UUID) -> Sequence[TaughtHours]:
    """Of the classes of the running year, class by class."""
    return db.session.scalars(
        select(TaughtHours)
        .join(TaughtHours.school_class)
        .join(TaughtHours.teacher)
        .options(contains_eager(TaughtHours.school_class), contains_eager(TaughtHours.teacher))
        .where(TaughtHours.school_id == school_id, SchoolClass.year_id == running_year())
        .order_by(SchoolClass.sort_key, TaughtHours.subject, TaughtHours.id)
    ).all()


def hours_or_404(hours_id: UUID, permission: str) -> TaughtHours:
    row = db.session.get(TaughtHours, hours_id)
    if row is None or not may(permission, row.path):
        raise NotYours
    return row


def classes_of(school_id: UUID) -> Sequence[SchoolClass]:
    return db.session.scalars(
        select(SchoolClass)
        .where(SchoolClass.school_id == school_id, SchoolClass.year_id == running_year())
        .order_by(SchoolClass.sort_key)
    ).all()


def teachers_for(school_id: UUID) -> Sequence[tuple[Person, Place]]:
    """Teachers of the school and of the hubs it is paired with, the own ones first."""
    hubs = select(HubPairing.hub_id).where(
        HubPairing.satellite_id == school_id, HubPairing.ended_on.is_(None)
    )
    rows = db.session.execute(
        select(Person, Place)
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .join(Place, Place.id == RoleHolding.place_id)
        .where(
            RoleHolding.role == "teacher", Person.disabled.is_(False),
            (Place.id == school_id) | Place.id.in_(hubs),
        )
        .order_by(Place.id != school_id, Person.sort_key)
        .limit(500)
    ).all()  # fmt: skip
    return [(person, place) for person, place in rows]


def bells_of(school: School) -> list[list[str]]:
    """Of all shifts, one after the other."""
    return [list(one) for shift in school.bells for one in shift][:MOST_PERIODS]


def wish_of(person_id: UUID, school_id: UUID) -> TeacherWish | None:
    return db.session.scalar(
        select(TeacherWish).where(TeacherWish.person_id == person_id, TeacherWish.school_id == school_id)
    )


def problem_of(place: Place) -> Row:
    """As docs/timetable-format.md says; keys are keys of our rows, so that people find their own lessons."""
    rows = _rows(place)
    if not rows:
        raise Refused(_("No hours have been entered yet. Say first which class has which subject with whom."))
    known = {one.place_id: one for one in _schools(rows)}
    homes = _homes(rows, set(known))
    bare = [one.place.name_kk for one in known.values() if not bells_of(one)]
    if bare:
        raise Refused(_("Enter the bells first: %(schools)s.", schools=", ".join(bare)))
    return {
        "version": 1,
        "days": DAYS,
        "schools": [_school(one) for one in known.values()],
        "teachers": _teachers(rows, homes),
        "classes": [_class(one, known) for one in {row.class_id: row.school_class for row in rows}.values()],
        "demands": _demands(rows, _combined(rows)),
    }


def _rows(place: Place) -> Sequence[TaughtHours]:
    return db.session.scalars(
        select(TaughtHours)
        .join(TaughtHours.school_class)
        .options(contains_eager(TaughtHours.school_class), joinedload(TaughtHours.teacher))
        .where(TaughtHours.path.startswith(place.path), SchoolClass.year_id == running_year())
        .order_by(SchoolClass.sort_key, TaughtHours.id)
    ).all()


def _schools(rows: Sequence[TaughtHours]) -> Sequence[School]:
    """Those of the classes, and those the teachers of live lessons come from."""
    homes = select(RoleHolding.place_id).where(
        RoleHolding.role == "teacher", RoleHolding.person_id.in_({one.teacher_id for one in rows if one.live})
    )
    return db.session.scalars(
        select(School)
        .options(joinedload(School.place))
        .where(School.place_id.in_({one.school_id for one in rows}) | School.place_id.in_(homes))
        .order_by(School.place_id)
    ).all()


def _homes(rows: Sequence[TaughtHours], schools: set[UUID]) -> dict[UUID, UUID]:
    """By teacher: the school whose bells the teacher follows."""
    found = {one.teacher_id: one.school_id for one in rows}
    for person, place in db.session.execute(
        select(RoleHolding.person_id, RoleHolding.place_id).where(
            RoleHolding.role == "teacher",
            RoleHolding.person_id.in_(set(found)),
            RoleHolding.place_id.in_(schools),
        )
    ):
        found[person] = place
    return found


def _school(one: School) -> Row:
    return {
        "id": str(one.place_id), "name": one.place.name_kk, "bells": bells_of(one),
        "streams": 2 if one.kind == "hub" else 1,
    }  # fmt: skip


def _teachers(rows: Sequence[TaughtHours], homes: dict[UUID, UUID]) -> list[Row]:
    people = {one.teacher_id: one.teacher for one in rows}
    wishes: dict[UUID, list[Any]] = defaultdict(list)
    for one in db.session.scalars(select(TeacherWish).where(TeacherWish.person_id.in_(set(people)))):
        if homes[one.person_id] == one.school_id:
            wishes[one.person_id] = one.slots
    return [
        {"id": str(key), "name": one.short_name, "school": str(homes[key]), "rather_not": wishes[key]}
        for key, one in people.items()
    ]


def _class(one: SchoolClass, schools: dict[UUID, School]) -> Row:
    found: Row = {"id": str(one.id), "name": one.name, "school": str(one.school_id), "grade": one.grade}
    shifts = schools[one.school_id].bells
    if len(shifts) > 1 and 1 <= one.shift <= len(shifts):
        before = sum(len(shift) for shift in shifts[: one.shift - 1])
        mine = range(before, before + len(shifts[one.shift - 1]))
        found["periods"] = [period for period in mine if period < MOST_PERIODS] or [0]
    return found


def _combined(rows: Sequence[TaughtHours]) -> dict[UUID, UUID]:
    """By class: the combined class it sits in."""
    member = combined_class_member.c
    found = db.session.execute(
        select(member.class_id, CombinedClass.id)
        .join(CombinedClass, CombinedClass.id == member.combined_id)
        .where(member.class_id.in_({one.class_id for one in rows}))
    ).all()
    return dict(found)


def _demands(rows: Sequence[TaughtHours], combined: dict[UUID, UUID]) -> list[Row]:
    """Classes that sit together, or hear the same live lesson, are one lesson."""
    together: dict[Any, list[TaughtHours]] = defaultdict(list)
    for one in rows:
        alone = combined.get(one.class_id, one.class_id)
        with_whom = ("live", one.school_class.grade) if one.live else ("class", alone)
        together[(one.teacher_id, one.subject, *with_whom)].append(one)
    return [_demand(group) for group in together.values()]


def _demand(group: list[TaughtHours]) -> Row:
    hours = max(one.hours for one in group)
    return {
        "id": group[0].id.hex, "subject": group[0].subject, "classes": [str(one.class_id) for one in group],
        "teacher": str(group[0].teacher_id), "hours": hours, "live": group[0].live,
        "most_per_day": min(4, -(-hours // DAYS)),
    }  # fmt: skip
