"""Bringing from elsewhere: a signed file or a Common Cartridge, looked at before anything changes."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.permissions import actor, needs, require
from lms.core.security import takes_uploads
from lms.library.queries import resources as queries
from lms.library.service import carts as service
from lms.library.views.base import blueprint
from lms.library.views.resources import chosen_place, files_sent


@blueprint.route("/bring", methods=["GET", "POST"])
@needs("library.bring")
@takes_uploads
def bring() -> Any:
    error = ""
    if request.method == "POST":
        place = chosen_place()
        require("library.bring", place.path)
        sent = files_sent()
        if sent:
            carrier = service.look_into(actor().person_id, place, *sent[0])
            return redirect(url_for("library.carrier", carrier_id=carrier.id), 303)
        error = _("Choose a file.")
    page = render_template("library/bring.html", places=queries.places_to_put(), error=error)
    return page, 422 if error else 200
