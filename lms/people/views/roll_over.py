"""Going over into the next school year: look at what happens to each class, confirm, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from lms.core.errors import NotYours, Refused
from lms.core.permissions import needs
from lms.people.models import SchoolYear
from lms.people.queries import classes as queries
from lms.people.service import roll_over as verbs
from lms.people.views.base import blueprint
from lms.places import queries as place_queries


@blueprint.get("/classes/next-year/<uuid:school_id>")
@needs("class.change")
def next_year(school_id: UUID) -> str:
    school = place_queries.school_or_404(school_id, "class.change")
    year, following = _years()
    done = verbs.done(school, year) if year else None
    steps = verbs.planned(school, year, following) if year and following and not done else []
    return render_template(
        "people/next_year.html", school=school, year=year, following=following, steps=steps, done=done
    )


@blueprint.post("/classes/next-year/<uuid:school_id>")
@needs("class.change")
def go_over(school_id: UUID) -> Any:
    school = place_queries.school_or_404(school_id, "class.change")
    year, following = _years()
    if year is None or following is None:
        raise Refused(_("The next school year is not there yet. An administrator adds it first."))
    verbs.roll_over(school, year, following)
    flash(_("The classes of the new school year are ready."), "success")
    return redirect(url_for("people.next_year", school_id=school_id), 303)


@blueprint.post("/classes/next-year/<uuid:school_id>/undo")
@needs("class.change")
def undo_next_year(school_id: UUID) -> Any:
    school = place_queries.school_or_404(school_id, "class.change")
    year, _following = _years()
    done = verbs.done(school, year) if year else None
    if done is None:
        raise NotYours
    verbs.undo(done, school.place.path)
    flash(_("The step into the next year has been undone."), "success")
    return redirect(url_for("people.next_year", school_id=school_id), 303)


def _years() -> tuple[SchoolYear | None, SchoolYear | None]:
    year = queries.this_year()
    return year, verbs.year_after(year) if year else None
