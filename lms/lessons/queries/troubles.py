"""Plans for days on which somebody cannot come: the people and schools to choose from, one plan, what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.permissions import may
from lms.lessons.models import Timetable, TimetableDay, TimetableSpell
from lms.lessons.queries.weeks import name_of
from lms.lessons.timetable.problem import Problem
from lms.places.models import Place


@dataclass(frozen=True)
class Line:
    """One lesson that goes otherwise than it would."""

    kind: str
    subject: str
    classes: str
    teacher: str
    old: tuple[date, str] | None  # day and time
    new: tuple[date, str] | None
    instead: str
    without: str


def spell_or_404(spell_id: UUID, permission: str) -> TimetableSpell:
    row = db.session.get(
        TimetableSpell,
        spell_id,
        options=[joinedload(TimetableSpell.timetable).joinedload(Timetable.place)],
    )
    if row is None or not may(permission, row.timetable.path):
        raise NotYours
    return row


def day_or_404(day_id: UUID, permission: str) -> tuple[Timetable, TimetableDay]:
    found = db.session.execute(
        select(Timetable, TimetableDay)
        .join(TimetableDay, TimetableDay.timetable_id == Timetable.id)
        .where(TimetableDay.id == day_id)
    ).first()
    if found is None or not may(permission, found[0].path):
        raise NotYours
    return found[0], found[1]


def spells_of(row: Timetable) -> Sequence[TimetableSpell]:
    return db.session.scalars(
        select(TimetableSpell)
        .where(
            TimetableSpell.timetable_id == row.id,
            TimetableSpell.last >= clock.today(),
            TimetableSpell.state != "dropped",
        )
        .order_by(TimetableSpell.first, TimetableSpell.id)
        .limit(100)
    ).all()


def teachers_by_school(problem: Problem) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(name of the school, [(id, name)])]"""
    found = []
    for key, school in problem.schools.items():
        own = [(who, name_of(one)) for who, one in problem.teachers.items() if one["school"] == key]
        if own:
            found.append((name_of(school), sorted(own, key=lambda pair: pair[1])))
    return found


def schools_in_hand(row: Timetable, problem: Problem) -> list[tuple[str, str]]:
    """Schools of the timetable whose days the asker may change: all of them, or just the own one."""
    known = [(key, name_of(one)) for key, one in problem.schools.items()]
    if may("timetable.change", row.path):
        return known
    keys = [key for key in map(_uuid, problem.schools) if key]
    paths = {
        str(key): path for key, path in db.session.execute(select(Place.id, Place.path).where(Place.id.in_(keys)))
    }  # fmt: skip
    return [(key, name) for key, name in known if key in paths and may("timetable.change", paths[key])]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def lines(spell: TimetableSpell, problem: Problem) -> list[Line]:
    found = [_line(one, problem) for one in spell.changes if one["demand"] in problem.demands]
    return sorted(found, key=lambda one: min(when for when in (one.old, one.new) if when))


def _line(one: dict[str, Any], problem: Problem) -> Line:
    demand = problem.demands[one["demand"]]
    schools = {problem.classes[key]["school"] for key in one.get("without", ()) if key in problem.classes}
    monday = date.fromisoformat(one["monday"])
    instead = problem.teachers.get(one.get("teacher", ""))
    bells = problem.schools[demand.school]["bells"]

    def when(slot: Any) -> tuple[date, str] | None:
        return (monday + timedelta(days=slot[0]), bells[slot[1]][0]) if slot else None

    return Line(
        one["kind"], demand.subject, ", ".join(name_of(problem.classes[key]) for key in demand.classes),
        name_of(problem.teachers[demand.teacher]), when(one["old"]), when(one["new"]),
        name_of(instead) if instead else "", ", ".join(name_of(problem.schools[key]) for key in sorted(schools)),
    )  # fmt: skip
