"""Pages of persons: the list, a profile, enrolling, editing, disabling, the IIN."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from lms.core import audit
from lms.core.db import edge
from lms.core.errors import NotAllowed
from lms.core.forms import options
from lms.core.permissions import actor, may, needs, reach
from lms.people import iin, labels, ranks, service
from lms.people.forms import EnrolForm, PersonForm
from lms.people.models import Person
from lms.people.queries import classes as class_queries
from lms.people.queries import persons as queries
from lms.people.service import classes as class_verbs
from lms.people.service import persons as verbs
from lms.people.views.base import blueprint
from lms.places import queries as place_queries


@blueprint.get("/people")
@needs("person.see")
def persons() -> str:
    found = queries.persons_within_reach()
    schools = queries.schools_within("person.see")
    return render_template(
        "people/persons.html",
        persons=found,
        classes=queries.classes_of(found.rows),
        schools=schools,
        here=queries.school_meant(schools, found.wanted.get("school")),
        live=queries.live,
    )


@blueprint.get("/people/<uuid:person_id>")
@needs("person.see")
def person(person_id: UUID) -> str:
    found = queries.person_or_404(person_id, "person.see")
    path = queries.home_path(found)
    if queries.is_child(found) and found.id != actor().person_id:
        with edge():
            audit.record("profile.read", found, path=path)
    roles = queries.live(found.roles)
    return render_template(
        "people/person.html",
        person=found,
        roles=roles,
        history=queries.history_of(found),
        family=queries.family_of(found),
        office=may("person.identity", path),
        manages=ranks.may_manage(roles),
        helps=ranks.may_help(roles, reach("sign_in.help")),
    )


@blueprint.get("/people/new/<uuid:school_id>")
@needs("person.change")
def new_person(school_id: UUID) -> str:
    return render_template("people/edit_person.html", form=_enrol_form(school_id), person=None)


@blueprint.post("/people/new/<uuid:school_id>")
@needs("person.change")
def enrol(school_id: UUID) -> Any:
    form = _enrol_form(school_id)
    place = place_queries.place_or_404(school_id, "person.change")
    if not (form.ok() and _no_double(form, None)):
        return render_template("people/edit_person.html", form=form, person=None), 422
    if not ranks.may_give(form.role.data, place.path):
        raise NotAllowed
    found = service.enrol_person(**form.facts())
    _keep_names(found, form, place.path)
    service.give_role(found, form.role.data, place)
    if form.role.data == "student" and form.class_id.data:
        row = class_queries.class_or_404(UUID(form.class_id.data), "class.change")
        class_verbs.join_class(found, row, place.path)
    flash(_("The person has been enrolled."), "success")
    return redirect(url_for("people.person", person_id=found.id), 303)


@blueprint.get("/people/<uuid:person_id>/edit")
@needs("person.change")
def edit_person(person_id: UUID) -> str:
    found, _path = _managed(person_id)
    helps = found.accommodations or {}
    form = PersonForm(obj=found, extra_time=helps.get("extra_time", 0))
    form.accommodations.data = [name for name, value in helps.items() if value is True]
    return render_template("people/edit_person.html", form=form, person=found)


@blueprint.post("/people/<uuid:person_id>/edit")
@needs("person.change")
def change_person(person_id: UUID) -> Any:
    found, path = _managed(person_id)
    form = PersonForm.here()
    assert isinstance(form, PersonForm)
    if not (form.ok() and _no_double(form, found)):
        return render_template("people/edit_person.html", form=form, person=found), 422
    verbs.describe_person(found, form.facts(), path)
    _keep_names(found, form, path)
    flash(_("The changes have been saved."), "success")
    return redirect(url_for("people.person", person_id=found.id), 303)


@blueprint.post("/people/<uuid:person_id>/disable")
@needs("person.change")
def disable(person_id: UUID) -> Any:
    found, path = _managed(person_id)
    if found.id == actor().person_id:
        raise NotAllowed
    verbs.disable_person(found, path)
    flash(_("This person can no longer sign in. Sessions that were open have been ended."), "success")
    return redirect(url_for("people.person", person_id=found.id), 303)


@blueprint.post("/people/<uuid:person_id>/enable")
@needs("person.change")
def enable(person_id: UUID) -> Any:
    found, path = _managed(person_id)
    verbs.enable_person(found, path)
    flash(_("This person can sign in again."), "success")
    return redirect(url_for("people.person", person_id=found.id), 303)


@blueprint.post("/people/<uuid:person_id>/iin")
@needs("person.identity")
def show_iin(person_id: UUID) -> str:
    """Shown once on request, and every request is on record."""
    found = queries.person_or_404(person_id, "person.identity")
    audit.record("iin.read", found, path=queries.home_path(found))
    return render_template("people/iin.html", person=found, number=iin.opened(found.iin_sealed))


def _managed(person_id: UUID) -> tuple[Person, str]:
    """Nobody edits those above them: every role of the person must be one the asker may give."""
    found = queries.person_or_404(person_id, "person.change")
    roles = queries.live(found.roles)
    if not ranks.may_manage(roles):
        raise NotAllowed
    return found, roles[0].place.path


def _no_double(form: PersonForm, found: Person | None) -> bool:
    if form.login.data and verbs.login_taken(form.login.data, found):
        form.login.errors = [_("This username, or one that looks the same, is already taken.")]
    if form.number and verbs.iin_taken(form.number, found):
        form.iin.errors = [
            _("Another person already has this IIN. Search for them before enrolling somebody twice.")
        ]
    return not form.wrong


def _keep_names(found: Person, form: PersonForm, path: str) -> None:
    verbs.change_login(found, form.login.data or "", path)
    if form.number:
        verbs.keep_iin(found, form.number, path)
    if form.odd_birth_date():
        flash(_("The date of birth differs from the one in the IIN. This happens; check it once."), "warning")


def _enrol_form(school_id: UUID) -> EnrolForm:
    place = place_queries.place_or_404(school_id, "person.change")
    form = EnrolForm.here()
    assert isinstance(form, EnrolForm)
    form.role.choices = options(_role_choices(place.path, place.level))
    year = class_queries.this_year()
    classes = class_queries.classes_of_school(place.id, year)
    form.class_id.choices = options([("", _("No class"))] + [(str(one.id), one.name) for one in classes])
    return form


def _role_choices(path: str, level: str) -> list[tuple[str, Any]]:
    return [(role, labels.ROLES[role]) for role in ranks.roles_to_give(path, level)]
