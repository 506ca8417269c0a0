"""Pages of a class's pupils: who joins, moves and leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from lms.core import clock
from lms.core.forms import options
from lms.core.permissions import needs
from lms.people.forms import JoinForm, LeaveForm, MoveForm
from lms.people.models import RoleHolding, SchoolClass
from lms.people.queries import classes as queries
from lms.people.queries import persons as person_queries
from lms.people.service import classes as verbs
from lms.people.service import take_role
from lms.people.views.base import blueprint


@blueprint.route("/classes/<uuid:class_id>/join", methods=["GET", "POST"])
@needs("class.change")
def join_class(class_id: UUID) -> Any:
    row = queries.class_or_404(class_id, "class.change")
    form = JoinForm.here(since=clock.today())
    free = queries.pupils_without_class(row.school_id, row.year)
    form.person_id.choices = options([(str(one.id), one.full_name) for one in free])
    if form.ok():
        person = person_queries.person_or_404(UUID(form.person_id.data), "class.change")
        verbs.join_class(person, row, row.school.path, form.since.data)
        flash(_("The pupil is in the class now."), "success")
        return redirect(_class_page(row), 303)
    lead = _("Pupils of the school who are in no class this year. Somebody new is enrolled first.")
    return _page(form, row, _("Add a pupil"), lead, _("Add"))


@blueprint.route("/classes/membership/<uuid:membership_id>/move", methods=["GET", "POST"])
@needs("class.change")
def move_pupil(membership_id: UUID) -> Any:
    now = queries.membership_or_404(membership_id, "class.change")
    row = now.school_class
    form = MoveForm.here(on=clock.today())
    others = [one for one in queries.classes_of_school(row.school_id, row.year) if one.id != row.id]
    form.class_id.choices = options([(str(one.id), one.name) for one in others])
    if form.ok():
        new = queries.class_or_404(UUID(form.class_id.data), "class.change")
        verbs.move_pupil(now, new, row.school.path, form.data["on"], "transfer")
        flash(_("The pupil has been moved. The history keeps both classes."), "success")
        return redirect(_class_page(new), 303)
    lead = _("Until the day before, the pupil counts as a member of the old class.")
    return _page(form, row, _("Move to another class: %(name)s", name=now.person.full_name), lead, _("Move"))


@blueprint.route("/classes/membership/<uuid:membership_id>/leave", methods=["GET", "POST"])
@needs("class.change")
def leave_class(membership_id: UUID) -> Any:
    now = queries.membership_or_404(membership_id, "class.change")
    row = now.school_class
    form = LeaveForm.here(on=clock.today())
    if form.ok():
        verbs.leave_class(now, row.school.path, form.data["on"], form.reason.data)
        if form.end_role.data:
            _leave_school(now.person_id, row)
        flash(_("The pupil has left the class."), "success")
        return redirect(_class_page(row), 303)
    lead = _("The results stay. A pupil who comes back is simply added to a class again.")
    return _page(form, row, _("Leave the class: %(name)s", name=now.person.full_name), lead, _("Confirm"))


def _leave_school(person_id: UUID, row: SchoolClass) -> None:
    person = person_queries.person_or_404(person_id, "class.change")
    held: list[RoleHolding] = [
        one
        for one in person_queries.live(person.roles)
        if one.role == "student" and one.place_id == row.school_id
    ]
    for one in held:
        take_role(one, row.school.path)


def _class_page(row: SchoolClass) -> str:
    return url_for("people.school_class", class_id=row.id)


def _page(form: Any, row: SchoolClass, title: str, lead: str, button: str) -> tuple[str, int]:
    page = render_template(
        "people/plain_form.html", form=form, title=title, lead=lead, back=_class_page(row), button=button
    )
    return page, 422 if form.wrong else 200
