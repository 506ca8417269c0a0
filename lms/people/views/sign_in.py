"""Signing in with a password, signing out, and the language."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.i18n import COOKIE, LANGUAGES
from lms.core.permissions import public
from lms.core.settings import Settings
from lms.core.text import lookalike_key
from lms.people import devices, oidc, passwords, queries, signing_in, tries
from lms.people.models import Person
from lms.people.views.base import blueprint, safe_next


@blueprint.get("/sign-in")
@public
def sign_in() -> Any:
    if g.actor:
        return redirect(safe_next())
    return _page()


@blueprint.post("/sign-in")
@public
def sign_in_now() -> Any:
    login, password = request.form.get("login", ""), request.form.get("password", "")
    person = queries.person_by_login(login)
    attempt = tries.begin("password", person, lookalike_key(login))
    # The same time and the same answer for an unknown name, a wrong password and a disabled person.
    fits = passwords.fits(person.password_hash if person else None, password)
    if person is None or not fits or person.disabled:
        tries.failed(attempt)
        return _page(
            login, _("The name or the password is not right. Check the keyboard's language and try again.")
        )
    if attempt.worn_out:
        return _page(login, _("There were too many wrong tries. Ask the school for a new one-time code."))
    tries.succeeded(attempt)
    pending = session.get(oidc.PENDING)
    signing_in.begin_session(person, "password")
    if pending:
        session[oidc.PENDING] = pending
        return redirect(url_for("people.connect_outside"))
    return redirect(safe_next())


@blueprint.post("/sign-out")
@public
def sign_out() -> Any:
    row = signing_in.current_session()
    if row:
        signing_in.end_session(row)
    session.clear()
    return redirect(url_for("people.sign_in"))


@blueprint.post("/language/<any(kk, ru):chosen>")
@public
def choose_language(chosen: str) -> Any:
    """Remembered with the person, else in a cookie for a year; the page stays."""
    if g.actor:
        person = db.session.get_one(Person, g.actor.person_id)
        person.language = chosen
    response = make_response(redirect(safe_next()))
    response.set_cookie(
        COOKIE, chosen if chosen in LANGUAGES else "kk", max_age=365 * 86400, samesite="Lax", httponly=True
    )
    return response


def _page(login: str = "", wrong: str = "") -> Any:
    settings: Settings = current_app.extensions["settings"]
    back = request.form.get("next") or request.args.get("next", "")
    page = render_template(
        "people/sign_in.html",
        login=login,
        wrong=wrong,
        next=back,
        pictures=settings.picture_sign_in and devices.school_device() is not None,
        outside=settings.oidc_label if settings.oidc_issuer else "",
    )
    return page, 422 if wrong else 200
