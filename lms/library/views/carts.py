"""The cart, what fits on which disk, and the signed files that were made of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import limits, storage
from lms.core.errors import NotYours, Refused
from lms.core.permissions import actor, needs
from lms.library import labels
from lms.library.carrying.signing import shown
from lms.library.queries import carrying as queries
from lms.library.queries import resources
from lms.library.service import carts as service
from lms.library.views.base import blueprint
from lms.library.views.files import OWN
from lms.library.views.resources import to_resource
from lms.places.models import Place

MB = 1_000_000
USUAL = "dvd"
LARGEST_MB = 4_000_000
CARRIERS_AN_HOUR = 20


@blueprint.get("/cart")
@needs("library.carry")
def cart() -> str:
    name, budget = _budget(request.args)
    return render_template(
        "library/cart.html", load=queries.load(budget), chosen=name, own=budget // MB, places=_places(), words=labels
    )  # fmt: skip


@blueprint.post("/resources/<uuid:resource_id>/cart")
@needs("library.carry")
def put_in_cart(resource_id: UUID) -> Any:
    found = resources.resource_or_404(resource_id)
    service.put_in(actor().person_id, [found.id])
    flash(_("It lies in the cart now."), "good")
    return to_resource(found)


@blueprint.post("/cart/leave-out")
@needs("library.carry")
def leave_out() -> Any:
    """One, some, or all that are named."""
    keys = [key for one in request.form.getlist("resource")[:2000] if (key := _key(one))]
    service.take_out(actor().person_id, keys)
    return redirect(url_for("library.cart", size=request.form.get("size"), own=request.form.get("own")), 303)


@blueprint.post("/cart/empty")
@needs("library.carry")
def empty_cart() -> Any:
    service.empty(actor().person_id)
    flash(_("The cart is empty."), "good")
    return redirect(url_for("library.cart"), 303)


@blueprint.post("/cart/make")
@needs("library.carry")
def make_carrier() -> Any:
    limits.at_most("library carrier", str(actor().person_id), CARRIERS_AN_HOUR, 60)
    load = queries.load(_budget(request.form)[1])
    if load.left < 0:
        raise Refused(_("This does not fit. Leave something out, or choose a larger disk."))
    title = " ".join(request.form.get("title", "").split()) or _("Library")
    keys = [one.resource.id for one in load.rows]
    form = "cartridge" if request.form.get("form") == "cartridge" else "signed"
    carrier = service.make_carrier(actor().person_id, own_place(), title, keys, load.budget, form)
    return redirect(url_for("library.carrier", carrier_id=carrier.id), 303)


@blueprint.get("/carriers")
@needs("library.carry")
def carriers() -> str:
    return render_template("library/carriers.html", carriers=queries.carriers(), words=labels)


@blueprint.get("/carriers/<uuid:carrier_id>")
@needs("library.carry")
def carrier(carrier_id: UUID) -> str:
    found = queries.carrier_or_404(carrier_id)
    busy = found.state in ("waiting", "arrived")
    return render_template(
        "library/carrier.html", carrier=found, job=queries.carrier_job(found) if busy else None, words=labels,
        fingerprint=shown(found.maker),
    )  # fmt: skip


@blueprint.get("/carriers/<uuid:carrier_id>/file")
@needs("library.carry")
def carrier_file(carrier_id: UUID) -> Response:
    found = queries.carrier_or_404(carrier_id)
    if found.state != "ready" or found.digest is None:
        raise NotYours
    return storage.send(found.digest, found.file_name, "application/zip", download=True, cache=OWN)


@blueprint.post("/carriers/<uuid:carrier_id>/remove")
@needs("library.carry")
def remove_carrier(carrier_id: UUID) -> Any:
    service.remove(queries.carrier_or_404(carrier_id))
    flash(_("The file is removed from this server."), "good")
    return redirect(url_for("library.carriers"), 303)


def _budget(given: Any) -> tuple[str, int]:
    """The name of the choice and its bytes; a number of one's own counts in megabytes."""
    name = given.get("size") or USUAL
    if name == "own":
        megabytes = given.get("own", type=int) or 0
        return name, min(max(megabytes, 1), LARGEST_MB) * MB
    name = name if name in labels.BUDGETS else USUAL
    return name, labels.BUDGETS[name][1]


def _places() -> list[Place]:
    return list(resources.places_to_put())


def own_place() -> Place:
    found = next(iter(_places()), None)
    if found is None:
        raise NotYours
    return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
