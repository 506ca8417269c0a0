"""One's own account: the password, open sessions, the second factor, outside accounts, one's children."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.permissions import actor, needs
from lms.core.settings import Settings
from lms.people import browsers, passwords, service, signing_in, tries
from lms.people.models import Person, SignInSession
from lms.people.queries import persons as person_queries
from lms.people.queries import sign_in as queries
from lms.people.views.base import blueprint
from lms.web.menu import child_links


@blueprint.get("/account")
@needs("account.own")
def account() -> str:
    settings: Settings = current_app.extensions["settings"]
    person = db.session.get_one(Person, actor().person_id)
    return render_template(
        "people/account.html",
        called=browsers.called,
        person=person,
        sessions=signing_in.sessions_of(person.id),
        here=actor().session_id,
        outside=settings.oidc_label if settings.oidc_issuer else "",
        identities=queries.identities_of(person.id) if settings.oidc_issuer else [],
    )


@blueprint.get("/account/password")
@needs("account.own")
def change_password() -> str:
    return _password_page({})


@blueprint.post("/account/password")
@needs("account.own")
def keep_password() -> Any:
    person = db.session.get_one(Person, actor().person_id)
    attempt = tries.begin("password", person)
    if not passwords.fits(person.password_hash, request.form.get("old", "")):
        tries.failed(attempt)
        return _password_page({"old": _("This is not the password you have now.")}), 422
    password = request.form.get("password", "")
    fault = passwords.fault(password, person, actor().roles, person.totp_sealed is not None)
    if not fault and password != request.form.get("again", ""):
        fault = _("The two passwords differ. Type the same one twice.")
    if fault:
        return _password_page({"password": fault}), 422
    tries.succeeded(attempt)
    service.set_password(person, password, by_person=True)
    signing_in.end_all_sessions(person.id, but=actor().session_id)
    flash(_("The password has been changed. Other sessions have been ended."), "success")
    return redirect(url_for("people.account"), 303)


@blueprint.post("/account/sessions/<uuid:session_id>/end")
@needs("account.own")
def end_session(session_id: UUID) -> Any:
    row = db.session.get(SignInSession, session_id)
    if row is None or row.person_id != actor().person_id:
        raise NotYours
    signing_in.end_session(row)
    flash(_("The session has been ended."), "success")
    return redirect(url_for("people.account"), 303)


@blueprint.post("/account/sessions/end-others")
@needs("account.own")
def end_other_sessions() -> Any:
    signing_in.end_all_sessions(actor().person_id, but=actor().session_id)
    flash(_("All other sessions have been ended."), "success")
    return redirect(url_for("people.account"), 303)


@blueprint.get("/children")
@needs("child.see")
def children() -> str:
    person = db.session.get_one(Person, actor().person_id)
    family = [one for one in person_queries.family_of(person) if one.guardian_id == person.id]
    classes = person_queries.classes_of([one.child for one in family])
    return render_template("people/children.html", family=family, classes=classes, links=child_links())


def _password_page(wrong: dict[str, str]) -> str:
    return render_template("people/change_password.html", wrong=wrong, suggested=passwords.suggested())
