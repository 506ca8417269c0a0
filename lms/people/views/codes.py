"""A one-time code from paper: the first password, or a new one after it was forgotten."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.errors import NotAllowed
from lms.core.permissions import actor, needs, public, reach
from lms.people import passwords, ranks, service, signing_in, tries
from lms.people.models import Person
from lms.people.queries import persons as person_queries
from lms.people.queries import sign_in as queries
from lms.people.service import codes as verbs
from lms.people.views.base import blueprint


@blueprint.get("/sign-in/code")
@public
def one_time_code() -> str:
    return render_template("people/code.html", code="", wrong={}, suggested=passwords.suggested())


@blueprint.post("/sign-in/code")
@public
def use_one_time_code() -> Any:
    code, password = request.form.get("code", ""), request.form.get("password", "")
    row = queries.good_code(code, verbs.PASSWORD)
    attempt = tries.begin("code", None, "code")
    if row is None or row.person.disabled:
        # Not tied to a person: codes are too long to guess, the browser's and the address's counts suffice.
        return _wrong(
            {"code": _("This code is not valid. Check the letters, or ask the school for a new one.")}
        )
    roles = signing_in.roles_of(row.person_id)
    second = row.person.totp_sealed is not None or bool(roles & signing_in.NEEDS_SECOND_FACTOR)
    fault = passwords.fault(password, row.person, roles, second)
    if not fault and password != request.form.get("again", ""):
        fault = _("The two passwords differ. Type the same one twice.")
    if fault:
        return _wrong({"password": fault})
    _take(row.person, password)
    verbs.use_code(row)
    tries.succeeded(attempt)
    signing_in.begin_session(row.person, "code")
    if row.person.login:
        flash(_("The password is set. Your username: %(login)s", login=row.person.login), "success")
    return redirect(url_for("home.home"), 303)


@blueprint.post("/people/<uuid:person_id>/code")
@needs("sign_in.help")
def issue_password_code(person_id: UUID) -> str:
    """Shown once, for writing down; open sessions end when the code is used."""
    person = _helped(person_id)
    code = verbs.issue_code(person, verbs.PASSWORD, actor().person_id, person_queries.home_path(person))
    return render_template(
        "people/code_issued.html", person=person, code=verbs.shown(code), days=verbs.DAYS["password"]
    )


def _helped(person_id: UUID) -> Person:
    person = person_queries.person_or_404(person_id, "sign_in.help")
    if not ranks.may_help(person_queries.live(person.roles), reach("sign_in.help")):
        raise NotAllowed
    return person


def _take(person: Person, password: str) -> None:
    """Whoever had the old password is signed out everywhere."""
    service.set_password(person, password, by_person=True)
    signing_in.end_all_sessions(person.id)


def _wrong(wrong: dict[str, str]) -> tuple[str, int]:
    page = render_template(
        "people/code.html", code=request.form.get("code", ""), wrong=wrong, suggested=passwords.suggested()
    )
    return page, 422
