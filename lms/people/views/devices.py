"""Computers of a school: registered by a teacher who sits at one, revoked from anywhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import audit, clock
from lms.core.db import db
from lms.core.permissions import actor, needs
from lms.people import devices as browser
from lms.people.models import SchoolDevice
from lms.people.queries import persons as person_queries
from lms.people.queries import sign_in as queries
from lms.people.views.base import blueprint
from lms.places import queries as place_queries


@blueprint.get("/devices")
@needs("device.register")
def devices() -> str:
    return render_template(
        "people/devices.html",
        devices=queries.devices_of("device.register"),
        schools=person_queries.schools_within("device.register"),
        this=browser.digest(),
    )


@blueprint.post("/devices")
@needs("device.register")
def register_device() -> Any:
    place = place_queries.place_or_404(
        person_queries.as_key(request.form.get("school_id", "")) or actor().person_id, "device.register"
    )
    name = " ".join(request.form.get("name", "").split())[:80] or _("Computer")
    _revoke_here()
    row = SchoolDevice(
        school_id=place.id, name=name, device_digest=browser.named(), registered_by_id=actor().person_id
    )
    db.session.add(row)
    db.session.flush()
    audit.record("device.registered", row, path=place.path, name=name)
    flash(_("This computer is registered. Small pupils can sign in here with pictures."), "success")
    return redirect(url_for("people.devices"), 303)


@blueprint.post("/devices/<uuid:device_id>/revoke")
@needs("device.register")
def revoke_device(device_id: UUID) -> Any:
    row = queries.device_or_404(device_id, "device.register")
    row.revoked_at = clock.now()
    audit.record("device.revoked", row, path=row.school.path, name=row.name)
    flash(_("The computer is no longer registered."), "success")
    return redirect(url_for("people.devices"), 303)


def _revoke_here() -> None:
    known = browser.school_device()
    if known:
        known.revoked_at = clock.now()
