"""Pages of combined classes: two to four classes of a small school in one room with one teacher."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from lms.core.errors import Refused
from lms.core.forms import options
from lms.core.permissions import needs
from lms.people.forms import CombineForm
from lms.people.queries import classes as queries
from lms.people.service import classes as verbs
from lms.people.views.base import blueprint
from lms.places import queries as place_queries


@blueprint.route("/classes/combine/<uuid:school_id>", methods=["GET", "POST"])
@needs("class.change")
def combine_classes(school_id: UUID) -> Any:
    school = place_queries.school_or_404(school_id, "class.change")
    year = queries.this_year()
    found = queries.classes_of_school(school_id, year)
    form = CombineForm.here()
    form.classes.choices = options([(str(one.id), one.name) for one in found])
    if form.ok() and year:
        chosen = [one for one in found if str(one.id) in form.data["classes"]]
        try:
            row = verbs.combine(school.place, year, chosen)
        except Refused as error:
            form.classes.errors = [error.message]
        else:
            flash(_("The classes are combined."), "success")
            return redirect(url_for("people.school_class", class_id=row.classes[0].id), 303)
    page = render_template(
        "people/plain_form.html",
        form=form,
        title=_("Combined class"),
        lead=_("In a small school classes of several grades sit in one room with one teacher."),
        back=url_for("people.classes"),
        button=_("Combine"),
    )
    return page, 422 if form.wrong else 200


@blueprint.post("/classes/combined/<uuid:combined_id>/part")
@needs("class.change")
def part_classes(combined_id: UUID) -> Any:
    row, school = queries.combined_or_404(combined_id, "class.change")
    verbs.part(row, school.path)
    flash(_("The classes are taught apart again."), "success")
    return redirect(url_for("people.classes"), 303)
