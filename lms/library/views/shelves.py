"""Shelves: one's own lists of resources, and those that others show."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.core import limits
from lms.core.permissions import actor, needs
from lms.library import labels
from lms.library.forms import ShelfForm
from lms.library.models import Collection
from lms.library.queries import carrying as queries
from lms.library.queries import resources
from lms.library.service import carts
from lms.library.service import shelves as service
from lms.library.views.base import blueprint
from lms.library.views.carts import CARRIERS_AN_HOUR, own_place
from lms.library.views.resources import to_resource


@blueprint.get("/shelves")
@needs("library.see")
def shelves() -> str:
    return render_template("library/shelves.html", shelves=queries.shelves(), words=labels)


@blueprint.route("/new-shelf", methods=["GET", "POST"])
@needs("library.carry")
def new_shelf() -> Any:
    form = ShelfForm.here()
    if form.ok():
        return _to_shelf(service.put_up(actor().person_id, _own_path(), **form.values()))
    return render_template("library/shelf_form.html", form=form, shelf=None), 422 if form.wrong else 200


@blueprint.get("/shelves/<uuid:collection_id>")
@needs("library.see")
def shelf(collection_id: UUID) -> str:
    found = queries.shelf_or_404(collection_id)
    mine = found.owner_id == actor().person_id
    return render_template(
        "library/shelf.html", shelf=found, rows=queries.on_shelf(found), mine=mine, words=labels
    )


@blueprint.route("/shelves/<uuid:collection_id>/edit", methods=["GET", "POST"])
@needs("library.carry")
def edit_shelf(collection_id: UUID) -> Any:
    found = queries.shelf_or_404(collection_id, own=True)
    form = ShelfForm.here(found)
    if form.ok():
        service.describe(found, **form.values())
        return _to_shelf(found)
    return render_template("library/shelf_form.html", form=form, shelf=found), 422 if form.wrong else 200


@blueprint.post("/shelves/<uuid:collection_id>/remove")
@needs("library.carry")
def remove_shelf(collection_id: UUID) -> Response:
    service.take_down(queries.shelf_or_404(collection_id, own=True))
    flash(_("The shelf is removed. The resources stay in the library."), "good")
    return redirect(url_for("library.shelves"), 303)


@blueprint.post("/resources/<uuid:resource_id>/put-on-shelf")
@needs("library.carry")
def put_on_shelf(resource_id: UUID) -> Response:
    found = resources.resource_or_404(resource_id)
    key = request.form.get("shelf", type=UUID)
    where = queries.shelf_or_404(key, own=True) if key else _new_shelf()
    if service.put_on(where, found):
        flash(_("It stands on the shelf “%(shelf)s” now.", shelf=where.title), "good")
    else:
        flash(_("It stands on this shelf already."), "info")
    return to_resource(found)


@blueprint.post("/shelves/<uuid:collection_id>/resources/<uuid:resource_id>/move")
@needs("library.carry")
def move_on_shelf(collection_id: UUID, resource_id: UUID) -> Response:
    found = queries.shelf_or_404(collection_id, own=True)
    service.move(found, resource_id, up=request.form.get("where") == "up")
    return _to_shelf(found)


@blueprint.post("/shelves/<uuid:collection_id>/resources/<uuid:resource_id>/take-off")
@needs("library.carry")
def take_off_shelf(collection_id: UUID, resource_id: UUID) -> Response:
    found = queries.shelf_or_404(collection_id, own=True)
    service.take_off(found, resource_id)
    return _to_shelf(found)


@blueprint.post("/shelves/<uuid:collection_id>/to-cart")
@needs("library.carry")
def shelf_to_cart(collection_id: UUID) -> Response:
    found = queries.shelf_or_404(collection_id)
    carts.put_in(actor().person_id, [one.id for one in queries.on_shelf(found)])
    return redirect(url_for("library.cart"), 303)


@blueprint.post("/shelves/<uuid:collection_id>/cartridge")
@needs("library.carry")
def shelf_as_cartridge(collection_id: UUID) -> Response:
    limits.at_most("library carrier", str(actor().person_id), CARRIERS_AN_HOUR, 60)
    found = queries.shelf_or_404(collection_id)
    keys = [one.id for one in queries.on_shelf(found)]
    made = carts.make_carrier(actor().person_id, own_place(), found.title, keys, 0, "cartridge")
    return redirect(url_for("library.carrier", carrier_id=made.id), 303)


def _new_shelf() -> Collection:
    title = " ".join(request.form.get("title", "").split())[:120]
    return service.put_up(actor().person_id, _own_path(), title or _("My shelf"))


def _own_path() -> str:
    """Where its owner works: that is whose colleagues are meant."""
    return next((one.path for one in actor().grants), "/")


def _to_shelf(found: Collection) -> Response:
    return redirect(url_for("library.shelf", collection_id=found.id), 303)
