"""Pages of an administrator: which programs of others may come in, what they may do, and where they are told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from lms.core.db import db
from lms.core.i18n import in_language
from lms.core.permissions import actor, needs, require, within
from lms.places.models import Place
from lms.player.forms import choices
from lms.player.forms_api import ApiClientForm, WebhookForm
from lms.player.models import ApiClient
from lms.player.queries import programs as queries
from lms.player.service import api_clients as service
from lms.player.views.base import blueprint

MOST_PLACES = 1_000


@blueprint.get("/api-clients")
@needs("api.manage")
def api_clients() -> str:
    return render_template("player/api_clients.html", listing=queries.clients())


@blueprint.route("/api-clients/new", methods=["GET", "POST"])
@needs("api.manage")
def new_api_client() -> Any:
    form = ApiClientForm.here()
    form.place.choices = choices(_places())
    if not form.ok():
        return render_template("player/api_client_new.html", form=form), 422 if form.wrong else 200
    place = db.session.get_one(Place, UUID(form.place.data))
    require("api.manage", place.path)
    given = form.values("place")
    row, token, secret = service.open_for(place, by=actor().person_id, **given)
    return render_template("player/api_client_secrets.html", client=row, token=token, secret=secret), 201


@blueprint.route("/api-clients/<uuid:client_id>", methods=["GET", "POST"])
@needs("api.manage")
def api_client(client_id: UUID) -> Any:
    """One program, and another address for its news."""
    row = _mine(client_id)
    form = WebhookForm.here(row)
    if not form.ok():
        return render_template("player/api_client.html", client=row, form=form), 422 if form.wrong else 200
    secret = service.tell_at(row, form.hook_url.data or "")
    if secret:
        return render_template("player/api_client_secrets.html", client=row, token="", secret=secret)
    flash(_("This program is told nothing any more."), "good")
    return redirect(url_for("player.api_client", client_id=row.id), 303)


@blueprint.post("/api-clients/<uuid:client_id>/revoke")
@needs("api.manage")
def revoke_api_client(client_id: UUID) -> Response:
    service.close(_mine(client_id))
    flash(_("The access is closed; its token is worth nothing from now on."), "good")
    return redirect(url_for("player.api_clients"), 303)


def _mine(key: UUID) -> ApiClient:
    row = queries.client_or_404(key)
    require("api.manage", row.path)
    return row


def _places() -> dict[str, str]:
    rows = db.session.scalars(
        select(Place).where(within(Place.path, "api.manage")).order_by(Place.path).limit(MOST_PLACES)
    )
    return {str(one.id): f"{'– ' * max(one.path.count('/') - 2, 0)}{in_language(one)}" for one in rows}
