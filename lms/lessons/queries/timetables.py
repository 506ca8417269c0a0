"""Timetables within reach, and one of them laid out for a class, a teacher, a room or a school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from lms.core import clock, ids
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.permissions import may, reach, within
from lms.lessons.models import CalendarFeed, Timetable, TimetableNotice
from lms.lessons.queries.weeks import Entry, changes_of, entries, name_of
from lms.lessons.timetable.problem import Problem
from lms.people.models import ClassMembership, Guardianship, Person, RoleHolding, SchoolYear
from lms.people.service.classes import open_on
from lms.places.models import Place


def timetables_within_reach() -> Sequence[Timetable]:
    return db.session.scalars(
        select(Timetable)
        .where(or_(within(Timetable.path, "timetable.see"), Timetable.path.in_(_above())))
        .options(joinedload(Timetable.place))
        .order_by(Timetable.id.desc())
        .limit(60)
    ).all()


def timetable_or_404(timetable_id: UUID, permission: str) -> Timetable:
    row = db.session.get(Timetable, timetable_id, options=[joinedload(Timetable.place)])
    seen = row is not None and permission == "timetable.see" and row.path in _above()
    if row is None or not (seen or may(permission, row.path)):
        raise NotYours
    return row


def _above() -> set[str]:
    """The places above one's own: the timetable of a network is also that of each of its schools."""
    return {
        path[: place + 1]
        for path in reach("timetable.see")
        for place, letter in enumerate(path)
        if letter == "/" and place
    }


def places_to_bring() -> Sequence[Place]:
    """Schools and districts within reach; a timetable of a network belongs to its district."""
    return db.session.scalars(
        select(Place)
        .where(
            Place.level.in_(("district", "school")),
            Place.closed_on.is_(None),
            within(Place.path, "timetable.change"),
        )
        .order_by(Place.level, Place.sort_kk)
        .limit(300)
    ).all()


def views(problem: Problem) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a board can be drawn for: (kind, [(id, name)])."""
    return [
        ("school", [(key, name_of(one)) for key, one in problem.schools.items()]),
        ("class", [(key, f"{name_of(one)} · {name_of(problem.schools[one['school']])}") for key, one in problem.classes.items()]),
        ("teacher", [(key, name_of(one)) for key, one in problem.teachers.items()]),
        ("room", [(one["id"], name_of(one)) for one in problem.rooms]),
    ]  # fmt: skip


@dataclass(frozen=True)
class Own:
    """The timetables in force in which somebody teaches or is taught, with what they are called there."""

    rows: list[tuple[Timetable, Problem, str, str]]

    @property
    def days(self) -> int:
        return max((problem.days for _row, problem, _kind, _who in self.rows), default=5)

    def between(self, first: date, last: date) -> dict[date, list[Entry]]:
        """Day by day with all changes: two statements however many days."""
        changed = changes_of([row.id for row, *_more in self.rows], first)
        found: dict[date, list[Entry]] = defaultdict(list)
        for row, problem, kind, who in self.rows:
            for number in range((last - first).days + 1):
                day = first + timedelta(days=number)
                found[day] += entries(row, problem, kind, who, day, changed[row.id])
        return found


def own(person_id: UUID) -> Own:
    """Keys in a problem may be keys of our people and classes: those find their own, guardians their children's."""
    children = select(Guardianship.child_id).where(
        Guardianship.guardian_id == person_id, Guardianship.ended_on.is_(None)
    )
    groups = db.session.scalars(
        select(ClassMembership.class_id).where(
            or_(ClassMembership.person_id == person_id, ClassMembership.person_id.in_(children)),
            open_on(clock.today()),
        )
    ).all()
    keys = {str(person_id): "teacher", **{str(key): "class" for key in groups}}
    found = []
    for row in db.session.scalars(_in_force_for(person_id)):
        problem = Problem(row.problem)
        for key, kind in keys.items():
            if key in (problem.teachers if kind == "teacher" else problem.classes):
                found.append((row, problem, kind, key))
    return Own(found)


def _in_force_for(person_id: UUID) -> Any:
    """Of the places at or above which the person holds a role."""
    paths = (
        select(Place.path)
        .join(RoleHolding, RoleHolding.place_id == Place.id)
        .where(RoleHolding.person_id == person_id)
    )
    mine = db.session.scalars(paths).all()
    above = {
        path[: (place + 1)] for path in mine for place, letter in enumerate(path) if letter == "/" and place
    }
    return select(Timetable).where(Timetable.state == "published", Timetable.path.in_(above))


def notices(person_id: UUID) -> Sequence[TimetableNotice]:
    """What the person has not read yet, the newest first."""
    return db.session.scalars(
        select(TimetableNotice)
        .where(TimetableNotice.person_id == person_id, TimetableNotice.read_at.is_(None))
        .options(joinedload(TimetableNotice.timetable))
        .order_by(TimetableNotice.id.desc())
        .limit(20)
    ).all()


def feed_owner(token: str) -> Person | None:
    return db.session.scalar(
        select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(
            CalendarFeed.token_digest == ids.token_digest(token), CalendarFeed.revoked_at.is_(None),
            Person.disabled.is_(False),
        )
    )  # fmt: skip


def school_days(weeks: int = 4) -> list[date]:
    """The days a calendar shows: from this Monday on, inside the school year."""
    today = clock.today()
    year = db.session.scalar(
        select(SchoolYear)
        .where(SchoolYear.starts_on <= today + timedelta(weeks=weeks))
        .order_by(SchoolYear.starts_on.desc())
        .limit(1)
    )
    first = today - timedelta(days=today.weekday())
    days = [first + timedelta(days=place) for place in range(7 * weeks)]
    return [day for day in days if year and year.starts_on <= day <= year.ends_on]
