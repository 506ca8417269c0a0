"""Pages for days that go another way: somebody stands in, distance lessons, and a plan that changes least."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectMultipleField, StringField

from lms.core import clock
from lms.core.errors import NotYours, Refused
from lms.core.forms import Form, at_most, options, required, stripped
from lms.core.permissions import actor, needs
from lms.lessons.calendar import subject_words
from lms.lessons.labels import DAY_KINDS
from lms.lessons.queries import timetables as queries
from lms.lessons.queries import troubles
from lms.lessons.service import timetables
from lms.lessons.service import troubles as service
from lms.lessons.timetable.problem import Problem
from lms.lessons.timetable.week import placed
from lms.lessons.views.base import blueprint


class TroubleForm(Form):
    first = DateField(_l("First day"), validators=[required()])
    last = DateField(_l("Last day"), validators=[required()])
    teachers = SelectMultipleField(_l("Teachers who cannot come"))
    schools = SelectMultipleField(_l("Schools that are shut"))
    reason = StringField(
        _l("Reason"), filters=[stripped], validators=[required(), at_most(300)],
        description=_l("It stays in the office: pupils and parents do not read it."),
    )  # fmt: skip


@blueprint.route("/timetables/<uuid:timetable_id>/trouble", methods=["GET", "POST"])
@needs("timetable.change")
def trouble(timetable_id: UUID) -> Any:
    row = queries.timetable_or_404(timetable_id, "timetable.change")
    problem = Problem(row.problem)
    groups = troubles.teachers_by_school(problem)
    form = TroubleForm.here(first=clock.today(), last=clock.today())
    form.teachers.choices = options([pair for _school, own in groups for pair in own])
    form.schools.choices = options(troubles.schools_in_hand(row, problem))
    if not form.ok():
        return render_template(
            "lessons/trouble.html", row=row, form=form, groups=groups
        ), 422 if form.wrong else 200
    spell = service.ask(
        row, form.first.data or date.min, form.last.data or date.min, form.teachers.data or [],
        form.schools.data or [], form.reason.data or "", actor().person_id,
    )  # fmt: skip
    return redirect(url_for("lessons.spell", spell_id=spell.id), 303)


@blueprint.get("/timetables/plans/<uuid:spell_id>")
@needs("timetable.change")
def spell(spell_id: UUID) -> str:
    """What would change, before it does."""
    row = troubles.spell_or_404(spell_id, "timetable.change")
    problem = Problem(row.timetable.problem)
    names = [
        name
        for _school, own in troubles.teachers_by_school(problem)
        for key, name in own
        if key in row.teachers
    ]
    names += [str(problem.schools[key].get("name") or key) for key in row.schools if key in problem.schools]
    lines = troubles.lines(row, problem)
    counts = {kind: sum(one.kind == kind for one in lines) for kind in ("moved", "otherwise", "fallen")}
    return render_template(
        "lessons/spell.html", spell=row, lines=lines, names=names, counts=counts, words=subject_words
    )


@blueprint.post("/timetables/plans/<uuid:spell_id>/apply")
@needs("timetable.change")
def apply_spell(spell_id: UUID) -> Any:
    row = troubles.spell_or_404(spell_id, "timetable.change")
    service.apply(row)
    flash(_("The plan is applied. Pages and calendars show it, and the people concerned are told."), "good")
    return redirect(url_for("lessons.spell", spell_id=row.id), 303)


@blueprint.post("/timetables/plans/<uuid:spell_id>/drop")
@needs("timetable.change")
def drop_spell(spell_id: UUID) -> Any:
    row = troubles.spell_or_404(spell_id, "timetable.change")
    service.drop(row)
    flash(_("The plan is dropped."), "good")
    return redirect(url_for("lessons.timetable", timetable_id=row.timetable_id), 303)


@blueprint.post("/timetables/<uuid:timetable_id>/day")
@needs("timetable.change")
def change_day(timetable_id: UUID) -> Any:
    """Somebody stands in, or a lesson falls out."""
    row = queries.timetable_or_404(timetable_id, "timetable.change")
    kind, lesson = request.form.get("kind", ""), request.form.get("lesson", "")
    on, reason = _day(), _reason()
    if kind not in DAY_KINDS or kind == "distance":
        raise Refused(_("Say what changes and why."))
    if lesson not in {timetables.key_of(one) for one in placed(row.lessons)}:
        raise Refused(_("Choose a lesson and somebody who stands in."))
    timetables.change_day(
        row, on, kind, reason, actor().person_id, lesson=lesson,
        teacher=request.form.get("teacher", "") if kind == "substitution" else "",
    )  # fmt: skip
    flash(_("The day is changed; pages and calendars show it at once."), "good")
    return redirect(url_for("lessons.timetable", timetable_id=row.id), 303)


@blueprint.post("/timetables/<uuid:timetable_id>/distance")
@needs("timetable.change")
def distance_day(timetable_id: UUID) -> Any:
    """One button: a school, or all of them, learns from home. A head may press it for the own school alone."""
    row = queries.timetable_or_404(timetable_id, "timetable.see")
    problem, wanted = Problem(row.problem), request.form.get("school", "")
    in_hand = dict(troubles.schools_in_hand(row, problem))
    if wanted not in in_hand and (wanted or len(in_hand) < len(problem.schools)):
        raise NotYours
    timetables.distance_day(row, _day(), wanted, _reason(), actor().person_id)
    flash(_("That day is a day of distance lessons; the people concerned are told."), "good")
    return redirect(url_for("lessons.timetable", timetable_id=row.id), 303)


@blueprint.post("/timetables/days/<uuid:day_id>/drop")
@needs("timetable.change")
def undo_day(day_id: UUID) -> Any:
    row, change = troubles.day_or_404(day_id, "timetable.change")
    timetables.undo_day(row, change)
    flash(_("It goes as usual again."), "good")
    return redirect(url_for("lessons.timetable", timetable_id=row.id), 303)


def _day() -> date:
    try:
        found = date.fromisoformat(request.form.get("on", ""))
    except ValueError:
        raise Refused(_("Choose the day.")) from None
    if found < clock.today():
        raise Refused(_("This day has been already."))
    return found


def _reason() -> str:
    reason = stripped(request.form.get("reason", "").replace("\0", ""))[:300]
    if not reason:
        raise Refused(_("Say what changes and why."))
    return reason
