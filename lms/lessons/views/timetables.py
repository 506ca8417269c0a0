"""Pages of timetables: asking for one, boards, moving a lesson by hand, changes of a day, one's own calendar."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from lms.core import limits
from lms.core.errors import NotYours, Refused
from lms.core.forms import stripped
from lms.core.permissions import actor, may, needs, public
from lms.lessons.calendar import calendar, subject_words
from lms.lessons.labels import DAY_KINDS, DAYS, RULES
from lms.lessons.queries import timetables as queries
from lms.lessons.service import timetables
from lms.lessons.timetable.problem import BadProblem, Problem
from lms.lessons.timetable.week import Placed, Week, placed
from lms.lessons.views.base import blueprint, settings

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
    """A board of a school, class, teacher or room: ?kind=class&who=…"""
    row = queries.timetable_or_404(timetable_id, "timetable.see")
    problem = Problem(row.problem)
    views = queries.views(problem)
    kind, who = request.args.get("kind", "school"), request.args.get("who", "")
    known = dict(views).get(kind) or views[0][1]
    if who not in dict(known):
        kind, who = (kind, known[0][0]) if dict(views).get(kind) else ("school", views[0][1][0][0])
    entries = queries.entries(row, problem, kind, who)
    return render_template(
        "lessons/timetable.html", row=row, views=views, kind=kind, who=who, name=dict(dict(views)[kind])[who],
        board=_board(entries, problem.days), days=DAYS[: problem.days], changes=queries.days_of(row),
        changes_allowed=may("timetable.change", row.path), conflict=_conflict(row, problem), words=subject_words,
        teachers=views[2][1], lessons=entries,
    )  # fmt: skip


def _board(entries: list[Any], days: int) -> list[tuple[str, list[list[Any]]]]:
    """Rows by the time of day: (begins–ends, lessons of each day)."""
    times = sorted({(one.begins, one.ends) for one in entries})
    return [
        (f"{begins}–{ends}", [[one for one in entries if one.begins == begins and one.placed.day == day] for day in range(days)])
        for begins, ends in times
    ]  # fmt: skip


def _conflict(row: Any, problem: Problem) -> list[str]:
    """The demands that cannot all be met, in words."""
    found = []
    for key in row.findings:
        one = problem.demands.get(key)
        if one:
            classes = ", ".join(queries.name_of(problem.classes[group]) for group in one.classes)
            found.append(_(
                "%(subject)s, class %(classes)s, teacher %(teacher)s, hours: %(hours)s", subject=subject_words(one.subject),
                classes=classes, teacher=queries.name_of(problem.teachers[one.teacher]), hours=one.hours,
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
        return redirect(url_for("lessons.timetable", timetable_id=row.id), 303)
    return render_template(
        "lessons/timetable_move.html", row=row, lesson=lesson, hours=_hours(problem, row, old),
        subject=subject_words(problem.demands[old.demand].subject),
    )  # fmt: skip


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


@blueprint.post("/timetables/<uuid:timetable_id>/day")
@needs("timetable.change")
def change_day(timetable_id: UUID) -> Any:
    row = queries.timetable_or_404(timetable_id, "timetable.change")
    kind, reason = (
        request.form.get("kind", ""),
        stripped(request.form.get("reason", "").replace("\0", ""))[:300],
    )
    try:
        on = date.fromisoformat(request.form.get("on", ""))
    except ValueError:
        raise Refused(_("Choose the day.")) from None
    if kind not in DAY_KINDS or not reason:
        raise Refused(_("Say what changes and why."))
    lesson = "" if kind == "distance" else request.form.get("lesson", "")
    if kind != "distance" and lesson not in {timetables.key_of(one) for one in placed(row.lessons)}:
        raise Refused(_("Choose a lesson and somebody who stands in."))
    timetables.change_day(
        row, on, kind, reason, actor().person_id, lesson=lesson,
        teacher=request.form.get("teacher", "") if kind == "substitution" else "",
    )  # fmt: skip
    flash(_("The day is changed; pages and calendars show it at once."), "good")
    return redirect(url_for("lessons.timetable", timetable_id=row.id), 303)


@blueprint.get("/timetables/mine")
@needs("timetable.own")
def my_timetable() -> str:
    found = queries.own(actor().person_id)
    days = max((problem.days for _row, problem, _kind, _who in found.rows), default=5)
    return render_template(
        "lessons/my_timetable.html",
        board=_board(found.week(), days),
        days=DAYS[:days],
        words=subject_words,
        address="",
    )


@blueprint.post("/timetables/mine/feed")
@needs("timetable.own")
def issue_feed() -> str:
    """The address is shown once; the old one is worth nothing from here on."""
    limits.at_most("feed", str(actor().person_id), 10, 60)
    token = timetables.issue_feed(actor().person_id)
    address = settings().site + url_for("lessons.feed", token=token)
    return render_template(
        "lessons/my_timetable.html", board=[], days=DAYS[:5], words=subject_words, address=address
    )


@blueprint.get("/timetables/feed/<string:token>.ics")
@public
def feed(token: str) -> Response:
    """Read by calendar programs, which sign in nowhere: the long random address is the key."""
    person = queries.feed_owner(token)
    if person is None:
        raise NotYours
    limits.at_most("feed-read", str(person.id), 120, 60)
    found = queries.own(person.id)
    lessons = [
        (day, one)
        for row, problem, kind, who in found.rows
        for day in queries.school_days()
        for one in queries.entries(row, problem, kind, who, day)
    ]
    revision = max((row.revision for row, *_more in found.rows), default=0)
    with force_locale(person.language):
        data = calendar(_("Lessons of %(name)s", name=person.short_name), lessons, revision)
    return Response(data, mimetype="text/calendar", headers={"Cache-Control": "private, no-store"})
