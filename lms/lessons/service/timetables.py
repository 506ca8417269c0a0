"""A timetable is asked for, found, corrected by hand, put in force, and changed on single days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import update

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.jobs import Work, enqueue, job
from lms.lessons.models import CalendarFeed, Timetable, TimetableDay
from lms.lessons.service import telling
from lms.lessons.timetable import solver
from lms.lessons.timetable.problem import Demand, Problem
from lms.lessons.timetable.week import Placed, Week, placed
from lms.places.models import Place


def bring(place: Place, title: str, problem: dict[str, Any], by: UUID) -> Timetable:
    """The problem has been read before: what is kept here can be solved or shown to be impossible."""
    row = Timetable(
        place_id=place.id, path=place.path, title=title, state="solving", problem=problem, made_by=by
    )
    db.session.add(row)
    db.session.flush()
    enqueue("lessons.solve-timetable", {"timetable": str(row.id)}, path=place.path)
    audit.record("timetable.brought", row, path=place.path, name=title)
    return row


@job("lessons.solve-timetable", failures=2)
def solve_timetable(work: Work) -> dict[str, Any]:
    row = db.session.get(Timetable, UUID(work.payload["timetable"]))
    if row is None or row.state != "solving":
        return {}
    found = solver.solve(Problem(row.problem), before=placed(row.lessons))
    work.effects()
    take(row, found)
    return {"state": row.state}


def take(row: Timetable, found: solver.Result) -> None:
    row.method = found.method
    if found.week is None:
        row.state, row.findings = "failed", list(found.conflict)
    else:
        row.state, row.lessons, row.findings = "solved", found.week.with_rooms(), []
    row.revision = (row.revision or 0) + 1


def publish(row: Timetable) -> None:
    """It takes the place of the one that was in force there."""
    if row.state != "solved":
        raise Refused(_("Only a finished timetable can be put in force."))
    db.session.execute(
        update(Timetable)
        .where(Timetable.place_id == row.place_id, Timetable.state == "published")
        .values(state="past")
    )
    row.state, row.published_at = "published", clock.now()
    problem = Problem(row.problem)
    telling.tell(row, "published", {key: {clock.today()} for key in (*problem.teachers, *problem.classes)})
    audit.record("timetable.published", row, path=row.path, name=row.title)


def move(row: Timetable, old: Placed, new: Placed) -> None:
    """By hand; a place that breaks a rule is refused, the page has said why."""
    week = Week(Problem(row.problem), placed(row.lessons))
    if old not in week.lessons or old.demand != new.demand:
        raise Refused(_("This lesson stands elsewhere by now. Load the page again."))
    week.remove(old)
    if new in week.lessons or week.against(new):
        raise Refused(_("A rule stands against this hour."))
    week.add(new)
    row.lessons, row.revision = week.with_rooms(), row.revision + 1
    if row.state == "published":
        _tell_of(row, week.problem.demands[old.demand], {_next(old.day), _next(new.day)}, "moved")
    audit.record("timetable.moved", row, path=row.path, name=row.title)


def change_day(
    row: Timetable, on: date, kind: str, reason: str, by: UUID, *, lesson: str = "", teacher: str = "",
    place_id: UUID | None = None,
) -> TimetableDay:  # fmt: skip
    """Somebody stands in, a lesson falls out, or a whole school or network learns from home that day."""
    if lesson and not lesson.rpartition(".")[0].endswith(f".{on.weekday()}"):
        raise Refused(_("This lesson does not stand on that day of the week."))
    if kind == "substitution":
        _check_free(row, lesson, teacher)
    found = TimetableDay(
        timetable_id=row.id, on=on, kind=kind, lesson=lesson, teacher=teacher, reason=reason, by_id=by,
        place_id=place_id,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    row.revision += 1
    _tell_day(row, found)
    audit.record("timetable.day_changed", row, path=row.path, kind=kind, reason=reason)
    return found


def distance_day(row: Timetable, on: date, school: str, reason: str, by: UUID) -> TimetableDay:
    """Of one school, or of all with an empty `school`."""
    if row.state != "published":
        raise Refused(_("Only a timetable in force can be changed for some days."))
    place = db.session.get(Place, UUID(school)) if school and _is_key(school) else None
    if school and place is None:
        raise Refused(_("This school is known to the timetable only. Choose all schools."))
    return change_day(row, on, "distance", reason, by, place_id=place.id if place else None)


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def undo_day(row: Timetable, change: TimetableDay) -> None:
    row.revision += 1
    _tell_day(row, change, "usual")
    db.session.delete(change)
    audit.record("timetable.day_undone", row, path=row.path, kind=change.kind)


def _tell_day(row: Timetable, change: TimetableDay, code: str = "") -> None:
    problem = Problem(row.problem)
    if change.lesson:
        one = next((one for one in placed(row.lessons) if key_of(one) == change.lesson), None)
        if one is not None:
            _tell_of(row, problem.demands[one.demand], {change.on}, code or change.kind, change.teacher)
        return
    school = str(change.place_id) if change.place_id else ""
    concerned = [
        key for rows in (problem.teachers, problem.classes) for key, one in rows.items()
        if not school or one["school"] == school
    ]  # fmt: skip
    telling.tell(row, code or change.kind, dict.fromkeys(concerned, {change.on}))


def _tell_of(row: Timetable, demand: Demand, days: set[date], code: str, *others: str) -> None:
    telling.tell(row, code, dict.fromkeys((demand.teacher, *others, *demand.classes), days))


def _next(weekday: int) -> date:
    """The next day that is this day of the week, today included."""
    today = clock.today()
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _check_free(row: Timetable, lesson: str, teacher: str) -> None:
    """Whoever stands in has no lesson of their own at that hour."""
    problem = Problem(row.problem)
    one = next((one for one in placed(row.lessons) if key_of(one) == lesson), None)
    if one is None or teacher not in problem.teachers:
        raise Refused(_("Choose a lesson and somebody who stands in."))
    week = Week(problem, placed(row.lessons))
    if week.taken[("teacher", teacher, *one.slot)]:
        raise Refused(_("This teacher has a lesson of their own at that hour."))


def key_of(one: Placed) -> str:
    return f"{one.demand[:60]}.{one.day}.{one.period}"


def issue_feed(person_id: UUID) -> str:
    """A new address takes the place of the old one: whoever knew it reads no more."""
    db.session.execute(
        update(CalendarFeed)
        .where(CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
    token = ids.new_token()
    row = CalendarFeed(person_id=person_id, token_digest=ids.token_digest(token))
    db.session.add(row)
    db.session.flush()
    audit.record("calendar.issued", row)
    return token
