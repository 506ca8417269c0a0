"""A timetable laid out for a class, a teacher, a room or a school: the usual week, or a day with its changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.lessons.models import Timetable, TimetableDay, TimetableSpell
from lms.lessons.service.timetables import key_of
from lms.lessons.timetable.problem import Demand, Problem
from lms.lessons.timetable.week import Placed, placed

Row = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A lesson as it stands on a board. `state` says what is unusual: see labels.ENTRY_STATES."""

    key: str
    placed: Placed
    subject: str
    classes: str
    teacher: str
    room: str
    live: bool
    begins: str
    ends: str
    state: str = ""
    instead: str = ""  # who stands in
    reason: str = ""

    @property
    def held(self) -> bool:
        return self.state not in ("cancelled", "gone")


@dataclass
class Changes:
    """What differs from the usual week: single days, and weeks that have a plan of their own."""

    days: list[TimetableDay] = field(default_factory=list)
    spells: list[TimetableSpell] = field(default_factory=list)  # the newest first

    def rows(self, row: Timetable, on: date) -> list[Row]:
        monday = monday_of(on).isoformat()
        return next((one.weeks[monday] for one in self.spells if monday in one.weeks), row.lessons)

    def of(self, on: date, key: str, demand: Demand, problem: Problem) -> TimetableDay | None:
        schools = {problem.classes[one]["school"] for one in demand.classes}
        for one in self.days:
            whole = one.lesson == "" and (one.place_id is None or str(one.place_id) in schools)
            if one.on == on and (one.lesson == key or whole):
                return one
        return None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def changes_of(timetables: Iterable[UUID], first: date | None = None) -> dict[UUID, Changes]:
    """From the Monday of a day on. Two statements."""
    keys = list(timetables)
    since = monday_of(first or clock.today())
    found = {key: Changes() for key in keys}
    for day in db.session.scalars(
        select(TimetableDay)
        .where(TimetableDay.timetable_id.in_(keys), TimetableDay.on >= since)
        .order_by(TimetableDay.on, TimetableDay.id.desc())
        .limit(2000)
    ):
        found[day.timetable_id].days.append(day)
    for spell in db.session.scalars(
        select(TimetableSpell)
        .where(
            TimetableSpell.timetable_id.in_(keys), TimetableSpell.state == "applied",
            TimetableSpell.last >= since,
        )
        .order_by(TimetableSpell.applied_at.desc())
    ):  # fmt: skip
        found[spell.timetable_id].spells.append(spell)
    return found


def name_of(row: Row) -> str:
    return str(row.get("name") or row["id"])


def entries(
    row: Timetable, problem: Problem, kind: str, who: str, on: date | None = None, changes: Changes | None = None
) -> list[Entry]:  # fmt: skip
    """Of the usual week, or of one day with its changes worked in."""
    if on is None:
        shown = [(one, "") for one in row.lessons]
    else:
        shown = list(_of_day(row, on, changes or Changes()))
    found = []
    for data, state in shown:
        demand = problem.demands.get(data["demand"])
        if demand is not None and _belongs(problem, demand, data, kind, who):
            found.append(_entry(problem, demand, data, state, on, changes))
    return sorted(found, key=lambda entry: (entry.placed.day, entry.begins, entry.classes))


def _of_day(row: Timetable, on: date, changes: Changes) -> Iterable[tuple[Row, str]]:
    """With lessons that usually stand here and do not this week."""
    plan = changes.rows(row, on)
    usual = {_spot(one) for one in row.lessons}
    now = {_spot(one) for one in plan}
    for one in plan:
        if one["day"] == on.weekday():
            yield one, "" if _spot(one) in usual else "moved"
    for one in row.lessons if plan is not row.lessons else ():
        if one["day"] == on.weekday() and _spot(one) not in now:
            yield one, "gone"


def _spot(one: Row) -> tuple[str, int, int]:
    return one["demand"], one["day"], one["period"]


def _belongs(problem: Problem, demand: Demand, data: Row, kind: str, who: str) -> bool:
    heard = [key for key in demand.classes if key not in data.get("without", ())]
    return {
        "class": who in heard,
        "teacher": who in (demand.teacher, data.get("teacher")),
        "room": who == data.get("room"),
        "school": who == demand.school or any(problem.classes[key]["school"] == who for key in heard),
    }.get(kind, False)


def _entry(
    problem: Problem, demand: Demand, data: Row, state: str, on: date | None, changes: Changes | None
) -> Entry:  # fmt: skip
    one = placed([data])[0]
    begins, ends = problem.schools[demand.school]["bells"][one.period]
    change = changes.of(on, key_of(one), demand, problem) if changes and on else None
    instead = change.teacher if change and change.kind == "substitution" else data.get("teacher", "")
    if state != "gone" and (change or instead):
        state = change.kind if change else "substitution"
    heard = [key for key in demand.classes if key not in data.get("without", ())]
    return Entry(
        key_of(one), one, demand.subject, ", ".join(_class_name(problem, key, demand) for key in heard),
        name_of(problem.teachers[demand.teacher]), _rooms(problem).get(data.get("room", ""), ""), demand.live,
        begins, ends, state, name_of(problem.teachers[instead]) if instead in problem.teachers else "",
        change.reason if change else "",
    )  # fmt: skip


def _rooms(problem: Problem) -> dict[str, str]:
    return {room["id"]: name_of(room) for room in problem.rooms}


def _class_name(problem: Problem, key: str, demand: Demand) -> str:
    """With its school when classes of several schools sit in one lesson."""
    one = problem.classes[key]
    return f"{name_of(one)} ({name_of(problem.schools[one['school']])})" if demand.live else name_of(one)


def days_of(row: Timetable) -> Sequence[TimetableDay]:
    """Single days that are changed, from today on."""
    return db.session.scalars(
        select(TimetableDay)
        .where(TimetableDay.timetable_id == row.id, TimetableDay.on >= clock.today())
        .order_by(TimetableDay.on, TimetableDay.id.desc())
        .limit(200)
    ).all()
