"""Signing in with an account elsewhere, and joining such an account to one's own here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog
from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from lms.core import audit, limits
from lms.core.db import db, edge
from lms.core.errors import NotYours
from lms.core.permissions import actor, needs, public
from lms.core.settings import Settings
from lms.people import oidc, signing_in
from lms.people.models import OidcIdentity, Person
from lms.people.queries import sign_in as queries
from lms.people.queries.persons import home_path
from lms.people.views.base import blueprint

log = structlog.get_logger()


@blueprint.get("/sign-in/outside")
@public
def outside() -> Any:
    """A link, not a form: the policy of the page lets forms go to this site only, redirects included."""
    settings = _settings()
    limits.at_most("address", request.remote_addr or "", settings.address_tries, 5)
    try:
        address, flow = oidc.begin(settings, _back())
    except oidc.OutsideRefused as error:
        return _failed(error)
    session[oidc.FLOW] = flow
    return redirect(address)


@blueprint.get("/sign-in/outside/back")
@public
def outside_back() -> Any:
    """The browser comes back by GET, so what is written here has an edge of its own."""
    settings, flow = _settings(), session.pop(oidc.FLOW, {})
    try:
        name = oidc.subject(
            settings, flow, request.args.get("state", ""), request.args.get("code", ""), _back()
        )
    except oidc.OutsideRefused as error:
        return _failed(error)
    known = queries.identity(settings.oidc_issuer, name)
    if known is None:
        session[oidc.PENDING] = name
        if g.actor:
            return redirect(url_for("people.connect_outside"))
        flash(_("This account is not known here yet. Sign in once with your password to connect it."), "info")
        return redirect(url_for("people.sign_in"))
    if known.person.disabled:
        return _failed(oidc.OutsideRefused("disabled"))
    with edge():
        signing_in.begin_session(known.person, "oidc")
    return redirect(url_for("home.home"))


@blueprint.get("/account/outside")
@needs("account.own")
def connect_outside() -> str:
    if not session.get(oidc.PENDING):
        raise NotYours
    return render_template("people/connect_outside.html", label=_settings().oidc_label)


@blueprint.post("/account/outside")
@needs("account.own")
def keep_outside() -> Any:
    name = session.pop(oidc.PENDING, None)
    if not name:
        raise NotYours
    if queries.identity(_settings().oidc_issuer, name) is None:
        row = OidcIdentity(person_id=actor().person_id, issuer=_settings().oidc_issuer, subject=name)
        db.session.add(row)
        db.session.flush()
        audit.record("outside.connected", row, path=_home())
        flash(_("The account is connected. From now on you can sign in with it."), "success")
    return redirect(url_for("people.account"), 303)


@blueprint.post("/account/outside/<uuid:identity_id>/drop")
@needs("account.own")
def drop_outside(identity_id: UUID) -> Any:
    row = db.session.get(OidcIdentity, identity_id)
    if row is None or row.person_id != actor().person_id:
        raise NotYours
    audit.record("outside.dropped", row, path=_home())
    db.session.delete(row)
    flash(_("The account is no longer connected."), "success")
    return redirect(url_for("people.account"), 303)


def _home() -> str:
    return home_path(db.session.get(Person, actor().person_id))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    if not settings.oidc_issuer:
        raise NotYours
    return settings


def _back() -> str:
    return _settings().site + url_for("people.outside_back")


def _failed(error: oidc.OutsideRefused) -> Any:
    log.warning("outside sign-in refused", reason=str(error))
    flash(_("Signing in with the other account did not work. Try again or use your password."), "error")
    return redirect(url_for("people.sign_in"))
