"""Pages of timetables: asking for one, boards, moving a lesson by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.errors import NotYours
from lms.core.forms import stripped
from lms.core.permissions import actor, may, needs
from lms.lessons.calendar import subject_words
from lms.lessons.labels import DAYS, RULES
from lms.lessons.models import Timetable
from lms.lessons.queries import timetables as queries
from lms.lessons.queries import troubles, weeks
from lms.lessons.queries.weeks import Entry, name_of
from lms.lessons.service import timetables
from lms.lessons.timetable.problem import BadProblem, Problem
from lms.lessons.timetable.week import Placed, Week, placed
from lms.lessons.views.base import blueprint
from lms.lessons.views.boards import around, board, heads, wanted_week

LARGEST = 4 * 1024 * 1024


@blueprint.get("/timetables")
@needs("timetable.see")
def timetable_list() -> str:
    return render_template("lessons/timetables.html", rows=queries.timetables_within_reach())


@blueprint.route("/timetables/new", methods=["GET", "POST"])
@needs("timetable.change")
def new_timetable() -> Any:
    places = queries.places_to_bring()
    error = ""
    if request.method == "POST":
        place = next((one for one in places if str(one.id) == request.form.get("place")), None)
        if place is None:
            raise NotYours
        try:
            problem = _problem()
        except BadProblem as wrong:
            error = _(
                "The file does not fit the format. At %(path)s: %(message)s",
                path=wrong.path or ".",
                message=wrong.message,
            )
        else:
            title = (
                stripped(request.form.get("title", "").replace("\0", ""))[:200]
                or problem.get("title", "")
                or _("Timetable")
            )
            row = timetables.bring(place, title, problem, actor().person_id)
            return redirect(url_for("lessons.timetable", timetable_id=row.id), 303)
    return render_template("lessons/timetable_new.html", places=places, error=error), 422 if error else 200


def _problem() -> dict[str, Any]:
    file = request.files.get("file")
    data = file.stream.read(LARGEST + 1) if file else b""
    if not data or len(data) > LARGEST:
        raise BadProblem("", "choose a file of at most 4 MB")
    try:
        found = json.loads(data.decode("utf-8-sig"))
        Problem(found)
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise BadProblem("", f"not a readable problem: {error}"[:200]) from error
    assert isinstance(found, dict)
    return found


@blueprint.get("/timetables/<uuid:timetable_id>")
@needs("timetable.see")
def timetable(timetable_id: UUID) -> str:
    """A board of a school, class, teacher or room: ?kind=class&who=…; with ?week=2026-11-16 the week as it really goes."""
    row = queries.timetable_or_404(timetable_id, "timetable.see")
    problem = Problem(row.problem)
    views = queries.views(problem)
    kind, who = request.args.get("kind", "school"), request.args.get("who", "")
    known = dict(views).get(kind) or views[0][1]
    if who not in dict(known):
        kind, who = (kind, known[0][0]) if dict(views).get(kind) else ("school", views[0][1][0][0])
    monday = wanted_week(problem.days) if row.state == "published" and request.args.get("week") else None
    found = _shown(row, problem, kind, who, monday)
    changes_allowed = may("timetable.change", row.path)
    return render_template(
        "lessons/timetable.html", row=row, views=views, kind=kind, who=who, name=dict(dict(views)[kind])[who],
        board=board(found, problem.days, _bells(problem, kind, who)), days=heads(problem.days, monday), monday=monday,
        changes=weeks.days_of(row), spells=troubles.spells_of(row), changes_allowed=changes_allowed,
        schools=troubles.schools_in_hand(row, problem) if row.state == "published" else [],
        conflict=_conflict(row, problem), words=subject_words, teachers=views[2][1], lessons=found, **around(monday),
    )  # fmt: skip


def _shown(row: Timetable, problem: Problem, kind: str, who: str, monday: date | None) -> list[Entry]:
    if monday is None:
        return weeks.entries(row, problem, kind, who)
    changes = weeks.changes_of([row.id], monday)[row.id]
    return [
        one
        for number in range(problem.days)
        for one in weeks.entries(row, problem, kind, who, monday + timedelta(days=number), changes)
    ]


def _bells(problem: Problem, kind: str, who: str) -> list[tuple[str, str]]:
    """All hours of the school, also those in which nothing stands yet."""
    school = {"school": who, "class": problem.classes.get(who, {}).get("school"),
              "teacher": problem.teachers.get(who, {}).get("school")}.get(kind)  # fmt: skip
    return [(begins, ends) for begins, ends in problem.schools[school]["bells"]] if school else []


def _conflict(row: Any, problem: Problem) -> list[str]:
    """The demands that cannot all be met, in words."""
    found = []
    for key in row.findings:
        one = problem.demands.get(key)
        if one:
            classes = ", ".join(name_of(problem.classes[group]) for group in one.classes)
            found.append(_(
                "%(subject)s, class %(classes)s, teacher %(teacher)s, hours: %(hours)s", subject=subject_words(one.subject),
                classes=classes, teacher=name_of(problem.teachers[one.teacher]), hours=one.hours,
            ))  # fmt: skip
    return found


@blueprint.post("/timetables/<uuid:timetable_id>/publish")
@needs("timetable.change")
def publish_timetable(timetable_id: UUID) -> Any:
    row = queries.timetable_or_404(timetable_id, "timetable.change")
    timetables.publish(row)
    flash(_("The timetable is in force."), "good")
    return redirect(url_for("lessons.timetable", timetable_id=row.id), 303)


@blueprint.route("/timetables/<uuid:timetable_id>/move", methods=["GET", "POST"])
@needs("timetable.change")
def move_lesson(timetable_id: UUID) -> Any:
    """Every hour the lesson could move to, with what stands against it in words: usable by keyboard alone."""
    row = queries.timetable_or_404(timetable_id, "timetable.change")
    problem = Problem(row.problem)
    lesson = request.values.get("lesson", "")
    old = next((one for one in placed(row.lessons) if timetables.key_of(one) == lesson), None)
    if old is None:
        return render_template("lessons/timetable_move.html", row=row, lesson="", hours=[], subject="")
    if request.method == "POST":
        day, period = request.form.get("day", -1, type=int), request.form.get("period", -1, type=int)
        timetables.move(row, old, Placed(old.demand, day, period))
        flash(_("The lesson is moved."), "good")
        return redirect(url_for("lessons.timetable", timetable_id=row.id, _anchor="board", **_back()), 303)
    return render_template(
        "lessons/timetable_move.html", row=row, lesson=lesson, hours=_hours(problem, row, old),
        subject=subject_words(problem.demands[old.demand].subject),
    )  # fmt: skip


def _back() -> dict[str, Any]:
    """The board a lesson was dragged on."""
    sent = dict(parse_qsl(request.form.get("back", "").lstrip("?")[:500]))
    return {name: sent[name] for name in ("kind", "who") if name in sent}


@blueprint.get("/timetables/<uuid:timetable_id>/hours")
@needs("timetable.change")
def free_hours(timetable_id: UUID) -> dict[str, Any]:
    """While a lesson is dragged: each hour with what stands against it."""
    row = queries.timetable_or_404(timetable_id, "timetable.change")
    lesson = request.args.get("lesson", "")
    old = next((one for one in placed(row.lessons) if timetables.key_of(one) == lesson), None)
    hours = _hours(Problem(row.problem), row, old) if old else []
    return {"hours": [
        {"day": day, "period": period, "begins": time.split("–")[0], "against": against}
        for _name, day, period, time, against in hours
    ]}  # fmt: skip


def _hours(problem: Problem, row: Any, old: Placed) -> list[tuple[Any, int, int, str, list[str]]]:
    """(name of the day, day, period, time, reasons against it)."""
    week = Week(problem, placed(row.lessons))
    week.remove(old)
    bells = problem.schools[problem.demands[old.demand].school]["bells"]
    found = []
    for day in range(problem.days):
        for period, (begins, ends) in enumerate(bells):
            if (day, period) != old.slot:
                against = dict.fromkeys(one.code for one in week.against(Placed(old.demand, day, period)))
                found.append(
                    (DAYS[day], day, period, f"{begins}–{ends}", [str(RULES[code]) for code in against])
                )
    return found
