"""Giving courses to classes: the form and the list."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from lms.core import clock
from lms.core.errors import Refused
from lms.core.forms import options
from lms.core.i18n import in_language
from lms.core.permissions import actor, needs
from lms.courses import outline as ways
from lms.courses.forms import GivingForm, begins, ends
from lms.courses.queries import taking as queries
from lms.courses.service import giving as verbs
from lms.courses.views.base import blueprint


@blueprint.get("/courses/given")
@needs("results.see")
def given_courses() -> str:
    return render_template("courses/given.html", listing=queries.given_within_reach())


@blueprint.route("/courses/give", methods=["GET", "POST"])
@needs("course.give")
def give_course() -> Any:
    classes = queries.classes_within_reach()
    courses = queries.to_give()
    form = GivingForm.here(course=request.args.get("course", ""))
    form.course.choices = options([(str(one.id), in_language(one, "title")) for one in courses])
    several = len({one.school_id for one in classes}) > 1
    form.classes.choices = options(
        [(str(one.id), f"{one.name} · {in_language(one.school)}" if several else one.name) for one in classes]
    )
    if not form.ok():
        return render_template("courses/give.html", form=form), 422 if form.wrong else 200
    course = next(one for one in courses if str(one.id) == form.course.data)
    chosen = [one for one in classes if str(one.id) in (form.classes.data or ())]
    given = verbs.give(
        verbs.newest(course), chosen[0].school, actor().person_id, [one.id for one in chosen],
        opens_at=begins(form.opens_on.data), closes_at=ends(form.closes_on.data), note=form.note.data or "",
    )  # fmt: skip
    flash(_("The course is given."), "success")
    return redirect(url_for("courses.results", given_course_id=given.id), 303)


@blueprint.post("/courses/given/<uuid:given_course_id>/withdraw")
@needs("course.give")
def withdraw_course(given_course_id: UUID) -> Response:
    verbs.withdraw(queries.given_or_404(given_course_id, "course.give"))
    flash(_("The course is withdrawn; what the pupils have done stays."), "success")
    return redirect(url_for("courses.given_courses"), 303)


@blueprint.post("/courses/given/<uuid:given_course_id>/move")
@needs("course.give")
def move_course(given_course_id: UUID) -> Response:
    given = queries.given_or_404(given_course_id, "course.give")
    verbs.move_to(given, verbs.newest(given.course))
    flash(_("The class goes on in the newest edition."), "success")
    return redirect(url_for("courses.results", given_course_id=given.id), 303)


@blueprint.route("/courses/given/<uuid:given_course_id>/dates", methods=["GET", "POST"])
@needs("course.give")
def lesson_dates(given_course_id: UUID) -> Any:
    """Days of single lessons, where they differ from those of the course."""
    given = queries.given_or_404(given_course_id, "course.give")
    lessons = ways.lessons_of(given.edition.outline)
    if request.method == "POST":
        verbs.set_dates(given, {one["id"]: _days(one["id"]) for one in lessons})
        flash(_("The days of the lessons have been saved."), "success")
        return redirect(url_for("courses.results", given_course_id=given.id), 303)
    stops = ways.way(given.edition.outline, {}, given.dates, clock.now())
    return render_template(
        "courses/lesson_dates.html",
        given=given,
        stops=stops,
        title_in=ways.title_in,
        kazakhstan=clock.KAZAKHSTAN,
    )


def _days(lesson: str) -> tuple[datetime | None, datetime | None]:
    return begins(_day(f"opens-{lesson}")), ends(_day(f"closes-{lesson}"))


def _day(name: str) -> date | None:
    text = request.form.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused(_("Write the day as year, month and day, for instance 2026-11-30.")) from error
