"""Timetables within reach, and one of them laid out for a class, a teacher, a room or a school."""

from __future__ import annotations

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
from lms.lessons.models import CalendarFeed, Timetable, TimetableDay
from lms.lessons.service.timetables import key_of
from lms.lessons.timetable.problem import Problem
from lms.lessons.timetable.week import Placed, placed
from lms.people.models import ClassMembership, Person, RoleHolding, SchoolYear
from lms.people.service.classes import open_on
from lms.places.models import Place


@dataclass(frozen=True)
class Entry:
    """A lesson as it stands on a board."""

    key: str
    placed: Placed
    subject: str
    classes: str
    teacher: str
    room: str
    live: bool
    begins: str
    ends: str
    change: TimetableDay | None = None
    instead: str = ""  # who stands in


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


def name_of(row: dict[str, Any]) -> str:
    return str(row.get("name") or row["id"])


def views(problem: Problem) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a board can be drawn for: (kind, [(id, name)])."""
    return [
        ("school", [(key, name_of(one)) for key, one in problem.schools.items()]),
        ("class", [(key, f"{name_of(one)} · {name_of(problem.schools[one['school']])}") for key, one in problem.classes.items()]),
        ("teacher", [(key, name_of(one)) for key, one in problem.teachers.items()]),
        ("room", [(one["id"], name_of(one)) for one in problem.rooms]),
    ]  # fmt: skip


def entries(row: Timetable, problem: Problem, kind: str, who: str, on: date | None = None) -> list[Entry]:
    """With a day, the changes of that day are worked in."""
    changes = days_of(row, on) if on else []
    found = []
    for data, one in zip(row.lessons, placed(row.lessons), strict=True):
        demand = problem.demands.get(one.demand)
        if (
            demand is None
            or not _belongs(problem, demand, data, kind, who)
            or (on and one.day != on.weekday())
        ):
            continue
        change = _change(changes, key_of(one), demand, problem)
        found.append(_entry(problem, data, one, change))
    return sorted(found, key=lambda entry: (entry.placed.day, entry.begins, entry.classes))


def _belongs(problem: Problem, demand: Any, data: dict[str, Any], kind: str, who: str) -> bool:
    return {
        "class": who in demand.classes,
        "teacher": who == demand.teacher,
        "room": who == data.get("room"),
        "school": who == demand.school
        or any(problem.classes[key]["school"] == who for key in demand.classes),
    }.get(kind, False)


def _entry(problem: Problem, data: dict[str, Any], one: Placed, change: TimetableDay | None) -> Entry:
    demand = problem.demands[one.demand]
    school = problem.schools[demand.school]
    begins, ends = school["bells"][one.period]
    rooms = {room["id"]: name_of(room) for room in problem.rooms}
    instead = change.teacher if change and change.kind == "substitution" else ""
    return Entry(
        key_of(one), one, demand.subject, ", ".join(_class_name(problem, key, demand) for key in demand.classes),
        name_of(problem.teachers[demand.teacher]), rooms.get(data.get("room", ""), ""), demand.live, begins, ends,
        change, name_of(problem.teachers[instead]) if instead in problem.teachers else "",
    )  # fmt: skip


def _class_name(problem: Problem, key: str, demand: Any) -> str:
    """With its school when classes of several schools sit in one lesson."""
    one = problem.classes[key]
    return f"{name_of(one)} ({name_of(problem.schools[one['school']])})" if demand.live else name_of(one)


def _change(changes: Sequence[TimetableDay], key: str, demand: Any, problem: Problem) -> TimetableDay | None:
    schools = {problem.classes[one]["school"] for one in demand.classes}
    for one in changes:
        whole = one.lesson == "" and (one.place_id is None or str(one.place_id) in schools)
        if one.lesson == key or whole:
            return one
    return None


def days_of(row: Timetable, on: date | None = None) -> Sequence[TimetableDay]:
    wanted = select(TimetableDay).where(TimetableDay.timetable_id == row.id)
    wanted = wanted.where(TimetableDay.on == on) if on else wanted.where(TimetableDay.on >= clock.today())
    return db.session.scalars(wanted.order_by(TimetableDay.on, TimetableDay.id.desc()).limit(200)).all()


@dataclass(frozen=True)
class Own:
    """The timetables in force in which somebody teaches or is taught, with what they are called there."""

    rows: list[tuple[Timetable, Problem, str, str]]

    def week(self) -> list[Entry]:
        return [one for row, problem, kind, who in self.rows for one in entries(row, problem, kind, who)]


def own(person_id: UUID) -> Own:
    """Keys in a problem may be keys of our people and classes: those find their own."""
    groups = db.session.scalars(
        select(ClassMembership.class_id).where(ClassMembership.person_id == person_id, open_on(clock.today()))
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
