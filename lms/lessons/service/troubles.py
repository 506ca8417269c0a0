"""Somebody cannot come, or a school is shut: a plan is found that changes least, looked at, applied or dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.jobs import Work, enqueue, job
from lms.lessons.models import Timetable, TimetableSpell
from lms.lessons.service import telling
from lms.lessons.timetable import trouble
from lms.lessons.timetable.problem import Problem
from lms.lessons.timetable.trouble import Trouble

LONGEST = timedelta(days=41)
SECONDS = 20.0
Found = tuple[dict[str, Any], list[Any], float]


def ask(
    row: Timetable, first: date, last: date, teachers: Sequence[str], schools: Sequence[str], reason: str, by: UUID
) -> TimetableSpell:  # fmt: skip
    if row.state != "published":
        raise Refused(_("Only a timetable in force can be changed for some days."))
    if not teachers and not schools:
        raise Refused(_("Choose who cannot come, or which school is shut."))
    if not clock.today() <= first <= last <= first + LONGEST:
        raise Refused(_("Choose days from today on, the last not before the first, six weeks at most."))
    spell = TimetableSpell(
        timetable_id=row.id, first=first, last=last, teachers=list(teachers), schools=list(schools),
        reason=reason, by_id=by,
    )  # fmt: skip
    db.session.add(spell)
    db.session.flush()
    enqueue("lessons.replan", {"spell": str(spell.id)}, path=row.path)
    audit.record("timetable.trouble", spell, path=row.path, name=row.title)
    return spell


@job("lessons.replan", failures=2)
def replan(work: Work) -> dict[str, Any]:
    spell = db.session.get(TimetableSpell, UUID(work.payload["spell"]))
    if spell is None or spell.state != "finding":
        return {}
    found = find(spell)
    work.effects()
    take(spell, found)
    return {"changes": len(spell.changes)}


def take(spell: TimetableSpell, found: Found) -> None:
    spell.weeks, spell.changes, spell.share = found
    spell.state, spell.revision = "proposed", spell.timetable.revision


def find(spell: TimetableSpell, seconds: float = SECONDS, exact: bool | None = None) -> Found:
    """(plan of each week, what differs from what is in force, share of the lessons that do)"""
    problem, others = Problem(spell.timetable.problem), _in_force(spell)
    weeks: dict[str, Any] = {}
    changes: list[Any] = []
    lessons = 0
    for monday in mondays(spell.first, spell.last):
        key = monday.isoformat()
        now = next((one.weeks[key] for one in others if key in one.weeks), spell.timetable.lessons)
        plan = trouble.replan(problem, now, _trouble([spell, *others], problem, monday), seconds, exact)
        weeks[key] = plan.rows
        changes += [{**one, "monday": key} for one in trouble.changes(now, plan.rows)]
        lessons += len(now)
    return weeks, changes, len(changes) / max(lessons, 1)


def _in_force(spell: TimetableSpell) -> Sequence[TimetableSpell]:
    """Other plans for days around these, the newest first."""
    return db.session.scalars(
        select(TimetableSpell)
        .where(
            TimetableSpell.timetable_id == spell.timetable_id,
            TimetableSpell.state == "applied",
            TimetableSpell.last >= spell.first - timedelta(days=6),
            TimetableSpell.first <= spell.last + timedelta(days=6),
        )
        .order_by(TimetableSpell.applied_at.desc())
    ).all()


def mondays(first: date, last: date) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        yield monday
        monday += timedelta(days=7)


def _trouble(spells: Sequence[TimetableSpell], problem: Problem, monday: date) -> Trouble:
    """Of all who are away in this week, not only of those asked for last."""
    today = clock.today()
    days = [monday + timedelta(days=number) for number in range(problem.days)]
    away = [(one, day.weekday()) for one in spells for day in days if one.first <= day <= one.last]
    return Trouble(
        frozenset((who, day) for one, day in away for who in one.teachers),
        frozenset((school, day) for one, day in away for school in one.schools),
        frozenset(day.weekday() for day in days if day < today),
    )


def apply(spell: TimetableSpell) -> None:
    """From here on it is the plan of these weeks; the people concerned are told."""
    row = spell.timetable
    if spell.state != "proposed" or row.state != "published":
        raise Refused(_("This plan cannot be applied any more."))
    if spell.revision != row.revision:
        raise Refused(_("The timetable has changed since this plan was found. Let a new one be found."))
    spell.state, spell.applied_at = "applied", clock.now()
    _out(spell, "plan")
    audit.record("timetable.trouble_applied", spell, path=row.path, name=row.title)


def drop(spell: TimetableSpell) -> None:
    """A plan that is not wanted; one that was applied already is taken back, and the usual week comes back."""
    if spell.state == "dropped":
        return
    applied, spell.state = spell.state == "applied", "dropped"
    if applied:
        _out(spell, "usual")
    audit.record("timetable.trouble_dropped", spell, path=spell.timetable.path, name=spell.timetable.title)


def _out(spell: TimetableSpell, code: str) -> None:
    row = spell.timetable
    row.revision += 1
    problem = Problem(row.problem)
    concerned: dict[str, set[date]] = defaultdict(set)
    for one in spell.changes:
        demand, monday = problem.demands[one["demand"]], date.fromisoformat(one["monday"])
        days = {monday + timedelta(days=slot[0]) for slot in (one["old"], one["new"]) if slot}
        for key in (demand.teacher, one.get("teacher", ""), *demand.classes):
            concerned[key] |= days
    telling.tell(row, code, concerned)
