"""Pages of school years."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from lms.core.errors import Refused
from lms.core.permissions import needs
from lms.people.forms import YearForm
from lms.people.queries import classes as queries
from lms.people.service import years as verbs
from lms.people.views.base import blueprint


@blueprint.get("/school-years")
@needs("year.see")
def years() -> str:
    return render_template("people/years.html", years=queries.years(), now=queries.this_year())


@blueprint.route("/school-years/new", methods=["GET", "POST"])
@needs("year.change")
def new_year() -> Any:
    form = YearForm.here()
    if form.ok():
        try:
            verbs.open_year(**form.data)
        except Refused as error:
            form.starts_on.errors = [error.message]
        else:
            flash(_("The school year has been added."), "success")
            return redirect(url_for("people.years"), 303)
    return _page(form, _("New school year"))


@blueprint.route("/school-years/<uuid:year_id>", methods=["GET", "POST"])
@needs("year.change")
def edit_year(year_id: UUID) -> Any:
    year = queries.year_or_404(year_id)
    form = YearForm.here(year)
    if form.ok():
        try:
            verbs.change_year(year, **form.data)
        except Refused as error:
            form.starts_on.errors = [error.message]
        else:
            flash(_("The changes have been saved."), "success")
            return redirect(url_for("people.years"), 303)
    return _page(form, year.name)


def _page(form: Any, title: str) -> tuple[str, int]:
    page = render_template(
        "people/plain_form.html",
        form=form,
        title=title,
        lead=_("The ministry sets the dates of each school year by order."),
        back=url_for("people.years"),
        button=_("Save"),
    )
    return page, 422 if form.wrong else 200
