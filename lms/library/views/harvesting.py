"""Other libraries: naming one, fetching from it, what came of it, taking that back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms.core import limits
from lms.core.errors import Refused
from lms.core.permissions import actor, needs, require
from lms.library import labels
from lms.library.forms import HarvestForm
from lms.library.models import HarvestSource
from lms.library.queries import harvesting as queries
from lms.library.queries import resources
from lms.library.service import harvesting as service
from lms.library.views.base import blueprint
from lms.library.views.resources import chosen_place

HARVESTS_AN_HOUR = 20


@blueprint.get("/harvests")
@needs("library.bring")
def harvests() -> str:
    return render_template("library/harvests.html", sources=queries.sources(), words=labels)


@blueprint.route("/harvests/new", methods=["GET", "POST"])
@needs("library.bring")
def new_harvest() -> Any:
    form = HarvestForm.here()
    if form.ok():
        place = chosen_place()
        require("library.bring", place.path)
        _not_too_often()
        return _to(service.name_source(actor().person_id, place, **form.values()))
    page = render_template("library/harvest_form.html", form=form, places=resources.places_to_put())
    return page, 422 if form.wrong else 200


@blueprint.get("/harvests/<uuid:source_id>")
@needs("library.bring")
def harvest(source_id: UUID) -> str:
    found = queries.source_or_404(source_id)
    rows = queries.harvests(found)
    busy = next((one for one in rows if one.state == "waiting"), None)
    job = queries.job_of(busy) if busy else None
    given_up = job is not None and job.state == "failed"
    return render_template(
        "library/harvest.html", source=found, rows=rows, busy=None if given_up else busy, job=job,
        last=next((one for one in rows if one.state != "undone"), None), words=labels,
    )  # fmt: skip


@blueprint.post("/harvests/<uuid:source_id>/fetch")
@needs("library.bring")
def fetch_harvest(source_id: UUID) -> Response:
    found = queries.source_or_404(source_id)
    _not_too_often()
    service.harvest(found, actor().person_id)
    return _to(found)


@blueprint.post("/harvests/<uuid:source_id>/nightly")
@needs("library.bring")
def nightly_harvest(source_id: UUID) -> Response:
    found = queries.source_or_404(source_id)
    service.set_nightly(found, request.form.get("nightly") == "yes")
    return _to(found)


@blueprint.post("/harvests/<uuid:source_id>/undo")
@needs("library.bring")
def undo_harvest(source_id: UUID) -> Response:
    found = queries.source_or_404(source_id)
    last = next((one for one in queries.harvests(found) if one.state != "undone"), None)
    if last is None:
        raise Refused(_("There is no harvest to undo."))
    stay = service.take_back(last)
    flash(_("The last harvest is undone."), "good")
    if stay:
        flash(ngettext("%(num)s resource stays, because somebody here has used or described it.", "%(num)s resources stay, because somebody here has used or described them.", stay), "info")  # fmt: skip
    return _to(found)


@blueprint.post("/harvests/<uuid:source_id>/remove")
@needs("library.bring")
def remove_harvest(source_id: UUID) -> Response:
    service.forget_source(queries.source_or_404(source_id))
    flash(_("This library is not asked any more. What came from it stays."), "good")
    return redirect(url_for("library.harvests"), 303)


def _not_too_often() -> None:
    limits.at_most("library harvest", str(actor().person_id), HARVESTS_AN_HOUR, 60)


def _to(source: HarvestSource) -> Response:
    return redirect(url_for("library.harvest", source_id=source.id), 303)
