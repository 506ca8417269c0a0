"""The second factor: asked after the password, and set up where it is missing. Open to half-signed-in people."""

from __future__ import annotations

from typing import Any

import segno
from flask import flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import NotAllowed
from lms.core.permissions import SignInNeeded, actor, needs, public
from lms.core.sealing import seal, unseal
from lms.people import passwords, signing_in, tries
from lms.people.models import Person
from lms.people.service import second_factor as verbs
from lms.people.views.base import blueprint

NEW = "new_second_factor"


@blueprint.get("/second-factor")
@public
def second_factor() -> Any:
    person = _person()
    if not g.actor.second_factor_due:
        return redirect(
            url_for("people.account") if person.totp_sealed else url_for("people.set_up_second_factor")
        )
    if person.totp_sealed is None:
        return redirect(url_for("people.set_up_second_factor"))
    return render_template("people/second_factor.html", wrong="")


@blueprint.post("/second-factor")
@public
def pass_second_factor() -> Any:
    person = _person()
    attempt = tries.begin("second factor", person)
    if person.totp_sealed is None or not verbs.passes(person, request.form.get("code", "")):
        tries.failed(attempt)
        wrong = _(
            "These digits are not right. Wait for the next ones on the telephone and type them at once."
        )
        return render_template("people/second_factor.html", wrong=wrong), 422
    tries.succeeded(attempt)
    _let_in()
    return redirect(url_for("home.home"), 303)


@blueprint.get("/second-factor/set-up")
@public
def set_up_second_factor() -> str:
    """The secret waits in the cookie, sealed, until its first digits prove that the telephone has it."""
    person = _without_one()
    # A second tab must not make the square in the first one worthless.
    secret = _waiting() or verbs.new_secret()
    session[NEW] = seal(secret, NEW).hex()
    return _set_up_page(person, secret, "")


@blueprint.post("/second-factor/set-up")
@public
def enrol_second_factor() -> Any:
    person = _without_one()
    attempt = tries.begin("second factor", person)
    secret = _waiting()
    if secret is None:
        return redirect(url_for("people.set_up_second_factor"))
    digits = "".join(request.form.get("code", "").split())
    step = verbs.step_of(secret, digits) if len(digits) == 6 else None
    if step is None:
        tries.failed(attempt)
        wrong = _(
            "These digits are not right. Wait for the next ones on the telephone and type them at once."
        )
        return _set_up_page(person, secret, wrong), 422
    codes = verbs.enrol(person, secret)
    person.totp_last_step = step
    session.pop(NEW)
    _let_in()
    return render_template("people/recovery_codes.html", codes=codes)


@blueprint.post("/account/second-factor/codes")
@needs("account.own")
def new_recovery_codes() -> Any:
    person = _with_password()
    if person is None or person.totp_sealed is None:
        return redirect(url_for("people.account"), 303)
    return render_template("people/recovery_codes.html", codes=verbs.renew_recovery_codes(person))


@blueprint.post("/account/second-factor/drop")
@needs("account.own")
def drop_second_factor() -> Any:
    """Those who must have one set it up anew at the next page: a new telephone."""
    person = _with_password()
    if person is None:
        return redirect(url_for("people.account"), 303)
    verbs.drop(person)
    row = signing_in.current_session()
    if row:
        row.second_factor_due = signing_in.second_factor_due(person)
    flash(_("The second factor has been removed."), "success")
    return redirect(url_for("people.account"), 303)


def _person() -> Person:
    if g.actor is None:
        raise SignInNeeded
    return db.session.get_one(Person, g.actor.person_id)


def _without_one() -> Person:
    """Whoever has one must pass it first; a thief of the password must not put a new one in its place."""
    person = _person()
    if person.totp_sealed is not None or g.actor.limited:
        raise NotAllowed
    return person


def _with_password() -> Person | None:
    """A session that was left open must not be enough to take the second factor away."""
    person = db.session.get_one(Person, actor().person_id)
    attempt = tries.begin("password", person)
    if not passwords.fits(person.password_hash, request.form.get("password", "")):
        tries.failed(attempt)
        flash(_("The password is not right. Nothing was changed."), "error")
        return None
    tries.succeeded(attempt)
    return person


def _waiting() -> str | None:
    return unseal(bytes.fromhex(session.get(NEW, "")), NEW)


def _let_in() -> None:
    row = signing_in.current_session()
    if row:
        verbs.confirm_session(row)


def _set_up_page(person: Person, secret: str, wrong: str) -> str:
    address = verbs.address(person, secret, _("Öris"))
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    return render_template(
        "people/second_factor_set_up.html",
        picture=picture,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        wrong=wrong,
        must=g.actor.second_factor_due,
    )
