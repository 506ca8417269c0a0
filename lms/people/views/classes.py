"""Pages of classes: the list of a year, one class with its pupils, opening and changing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.errors import Refused
from lms.core.forms import options
from lms.core.permissions import may, needs
from lms.people.forms import ClassForm
from lms.people.models import SchoolClass
from lms.people.queries import classes as queries
from lms.people.queries import persons as person_queries
from lms.people.service import classes as verbs
from lms.people.views.base import blueprint
from lms.places import queries as place_queries
from lms.places.models import School


@blueprint.get("/classes")
@needs("class.see")
def classes() -> str:
    years = queries.years()
    wanted = person_queries.as_key(request.args.get("year", ""))
    year = next((one for one in years if one.id == wanted), None) or queries.this_year(years)
    found = queries.classes_within_reach(year)
    schools = person_queries.schools_within("class.see")
    return render_template(
        "people/classes.html",
        classes=found,
        sizes=queries.sizes(found.rows),
        years=years,
        year=year,
        schools=schools,
        here=person_queries.school_meant(schools, found.wanted.get("school")),
    )


@blueprint.get("/classes/<uuid:class_id>")
@needs("class.see")
def school_class(class_id: UUID) -> str:
    row = queries.class_or_404(class_id, "class.see")
    return render_template(
        "people/class.html",
        row=row,
        members=queries.members(row),
        combined=queries.combined_with(row),
        troubles=queries.troubles(row),
        changes=may("class.change", row.school.path),
        helps=may("sign_in.help", row.school.path),
        pictured=row.grade <= 4,
    )


@blueprint.route("/classes/new/<uuid:school_id>", methods=["GET", "POST"])
@needs("class.change")
def new_class(school_id: UUID) -> Any:
    school = place_queries.school_or_404(school_id, "class.change")
    year = queries.this_year()
    if year is None:
        raise Refused(_("There is no school year yet. An administrator adds it first."))
    form = _form(school, None)
    if form.ok():
        try:
            row = verbs.open_class(school, year, **_facts(form))
        except Refused as error:
            form.grade.errors = [error.message]
        else:
            flash(_("The class has been opened."), "success")
            return redirect(url_for("people.school_class", class_id=row.id), 303)
    return _page(form, _("New class"), url_for("people.classes"))


@blueprint.route("/classes/<uuid:class_id>/edit", methods=["GET", "POST"])
@needs("class.change")
def edit_class(class_id: UUID) -> Any:
    row = queries.class_or_404(class_id, "class.change")
    school = place_queries.school_or_404(row.school_id, "class.change")
    form = _form(school, row)
    if form.ok():
        try:
            verbs.change_class(row, school, row.year, **_facts(form))
        except Refused as error:
            form.grade.errors = [error.message]
        else:
            flash(_("The changes have been saved."), "success")
            return redirect(url_for("people.school_class", class_id=row.id), 303)
    return _page(form, row.name, url_for("people.school_class", class_id=row.id))


@blueprint.post("/classes/<uuid:class_id>/close")
@needs("class.change")
def close_class(class_id: UUID) -> Any:
    row = queries.class_or_404(class_id, "class.change")
    verbs.close_class(row, row.school.path)
    flash(_("The class has been removed."), "success")
    return redirect(url_for("people.classes"), 303)


def _form(school: School, row: SchoolClass | None) -> ClassForm:
    form = ClassForm.here(row)
    assert isinstance(form, ClassForm)
    teachers = queries.teachers_of(school.place_id)
    form.teacher_id.choices = options(
        [("", _("Nobody yet"))] + [(str(one.id), one.full_name) for one in teachers]
    )
    return form


def _facts(form: ClassForm) -> dict[str, Any]:
    facts: dict[str, Any] = {**form.data, "letter": form.letter.data or ""}
    facts["teacher_id"] = UUID(form.teacher_id.data) if form.teacher_id.data else None
    return facts


def _page(form: ClassForm, title: str, back: str) -> tuple[str, int]:
    page = render_template(
        "people/plain_form.html",
        form=form,
        title=title,
        lead=_("Classes are sorted by grade and by the letters of the Kazakh alphabet."),
        back=back,
        button=_("Save"),
    )
    return page, 422 if form.wrong else 200
