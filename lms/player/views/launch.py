"""Where a pupil plays: the system's page with the frame, and the doors that open and renew a launch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import NotYours, Refused
from lms.core.i18n import language
from lms.core.permissions import actor, needs
from lms.core.security import allow_in_policy
from lms.player.models import Launch, Registration
from lms.player.queries.giving import given_or_404
from lms.player.queries.results import registration_or_404
from lms.player.service import giving, launching
from lms.player.views.base import blueprint
from lms.player.views.sites import settings_here

DEVICES = ("camera", "microphone", "geolocation", "payment", "usb")


@blueprint.get("/play/<uuid:registration_id>")
@needs("package.play")
def play(registration_id: UUID) -> Any:
    row = _playable(registration_id)
    site = _site_of(row)
    allow_in_policy("frame-src", site)
    allow_in_policy("form-action", site)  # the own window is led there by a redirect
    g.csp_extra["frame-src"].insert(0, "'self'")
    package = row.assignment.package if row.assignment else row.version.package
    page = current_app.make_response(
        render_template("player/play.html", registration=row, package=package, site=site, back=_back(row))
    )
    page.headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    page.headers["Permissions-Policy"] = ", ".join(
        [f'unload=(self "{site}")', *(f"{name}=()" for name in DEVICES)]
    )
    return page


@blueprint.post("/launch")
@needs("package.play")
def launch() -> Any:
    """A new launch. As JSON for the frame; the own window is led there at once, with the code in the fragment."""
    row = _playable(_key(request.form.get("registration", "")))
    own_window = request.form.get("window") == "own"
    made, code = launching.open_launch(row, own_window, actor().session_id)
    address = f"{_site_of(row)}{url_for('player.page', launch_id=made.id, chosen=language())}#{code}"
    if own_window:
        return redirect(address, 303)
    return {"url": address, "launch": made.id.hex}


@blueprint.post("/launch/hand-in")
@needs("package.play")
def hand_in() -> Any:
    """A launch that takes nothing over: only to hand in what an earlier one left on this computer."""
    row = _playable(_key(request.form.get("registration", "")))
    made, code = launching.open_launch(row, session_id=actor().session_id, takes_over=False)
    return {"url": f"{_site_of(row)}{url_for('player.handing', launch_id=made.id, chosen=language())}#{code}"}


@blueprint.post("/launch/<uuid:launch_id>/renew")
@needs("package.play")
def renew(launch_id: UUID) -> Any:
    """A token that ran out while the computer slept: a new code for the same launch, if nobody took over."""
    row = db.session.get(Launch, launch_id)
    if row is None:
        raise NotYours
    _playable(row.registration_id)
    code = launching.renew(row)
    if code is None:
        g.rollback = True
        return {"code": None}, 409
    return {"code": code}


@blueprint.post("/given/<uuid:assignment_id>/begin")
@needs("package.play")
def begin_attempt(assignment_id: UUID) -> Any:
    given = given_or_404(assignment_id, actor().person_id)
    me = db.session.get_one(giving.Person, actor().person_id)
    row = giving.attempt(given, me, anew=request.form.get("anew") == "yes")
    return redirect(url_for("player.play", registration_id=row.id), 303)


@blueprint.post("/attempts/<uuid:registration_id>/review")
@needs("package.play")
def review_attempt(registration_id: UUID) -> Any:
    """Looking again at a finished attempt: the pupil at their own, the teacher at a pupil's."""
    row = registration_or_404(registration_id, "results.see")
    if row.state is None:
        raise Refused(_("There is nothing to look at yet."))
    return redirect(url_for("player.play", registration_id=giving.review(row).id), 303)


def _playable(key: UUID) -> Registration:
    """One's own attempt; somebody else's only as a review, by whoever may see results."""
    row = registration_or_404(key, "results.see")
    if row.person_id != actor().person_id and row.mode == "normal":
        raise NotYours
    if row.assignment is not None and row.assignment.withdrawn_at:
        raise NotYours
    return row


def _back(row: Registration) -> str:
    if row.mode == "browse":
        return url_for("player.version", version_id=row.version_id)
    if row.mode == "review":
        return url_for("player.attempt", registration_id=giving.reviewed(row))
    return url_for("player.lessons")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotYours from None


def _site_of(row: Registration) -> str:
    return settings_here().site_of_package(row.version.package_id)
