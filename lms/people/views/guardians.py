"""Guardians: the school prints a code for a child; the parent enters it, with an account or without one yet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import NotAllowed, NotYours
from lms.core.permissions import actor, needs, public
from lms.core.text import in_latin
from lms.people import passwords, ranks, service, signing_in, tries
from lms.people.forms import NameForm, RelationForm
from lms.people.labels import RELATIONS
from lms.people.models import Guardianship, OneTimeCode, Person
from lms.people.queries import persons as person_queries
from lms.people.queries import sign_in as queries
from lms.people.service import codes, guardians
from lms.people.service.persons import login_taken
from lms.people.views.base import blueprint
from lms.places.models import Place


@blueprint.get("/join")
@public
def join() -> str:
    return _page(NameForm(), {})


@blueprint.post("/join")
@public
def join_now() -> Any:
    """Whoever is signed in is linked at once; somebody new gets an account on the way."""
    attempt = tries.begin("code", None, "code")
    code = queries.good_code(request.form.get("code", ""), codes.GUARDIAN)
    school = person_queries.school_of(code.person) if code else None
    if code is None or school is None:
        wrong = _("This code is not valid. Check the letters, or ask the school for a new one.")
        return _page(NameForm.here(), {"code": wrong}), 422
    tries.succeeded(attempt)
    if g.actor and not g.actor.limited:
        return _link(db.session.get_one(Person, g.actor.person_id), code, school)
    form, password = NameForm.here(), request.form.get("password", "")
    newcomer = Person(first_name=form.first_name.data or "", surname=form.surname.data or "")
    fault = passwords.fault(password, newcomer, frozenset({"guardian"}), False)
    if not fault and password != request.form.get("again", ""):
        fault = _("The two passwords differ. Type the same one twice.")
    if not form.ok() or fault:
        return _page(form, {"password": fault}), 422
    person = service.enrol_person(**form.data, login=_free_login(form), language=_language())
    service.set_password(person, password, by_person=True)
    answer = _link(person, code, school)
    signing_in.begin_session(person, "password")
    flash(_("Your account is ready. Your username: %(login)s", login=person.login), "success")
    return answer


@blueprint.post("/people/<uuid:person_id>/guardian-code")
@needs("sign_in.help")
def issue_guardian_code(person_id: UUID) -> str:
    person, path = _child(person_id)
    code = codes.issue_code(person, codes.GUARDIAN, actor().person_id, path)
    return render_template(
        "people/guardian_code.html", person=person, code=codes.shown(code), days=codes.DAYS["guardian"]
    )


@blueprint.post("/people/<uuid:person_id>/guardian-code/revoke")
@needs("sign_in.help")
def revoke_guardian_codes(person_id: UUID) -> Any:
    person, path = _child(person_id)
    codes.revoke_codes(person, codes.GUARDIAN, path)
    flash(_("Codes that were not used yet are worthless now."), "success")
    return redirect(url_for("people.person", person_id=person.id), 303)


@blueprint.post("/people/guardianship/<uuid:guardianship_id>/end")
@needs("person.change")
def end_guardianship(guardianship_id: UUID) -> Any:
    row = db.session.get(Guardianship, guardianship_id)
    if row is None:
        raise NotYours
    child = person_queries.person_or_404(row.child_id, "person.change")
    school = person_queries.school_of(child)
    guardians.end_guardianship(row, school.path if school else "")
    flash(_("The guardian is no longer linked to this child."), "success")
    return redirect(url_for("people.person", person_id=child.id), 303)


def _child(person_id: UUID) -> tuple[Person, str]:
    person = person_queries.person_or_404(person_id, "sign_in.help")
    roles = person_queries.live(person.roles)
    if not roles or {one.role for one in roles} != ranks.CHILDREN:
        raise NotAllowed
    return person, roles[0].place.path


def _link(person: Person, code: OneTimeCode, school: Place) -> Any:
    relation = RelationForm.here().relation.data
    guardians.link_guardian(person, code, school, relation if relation in RELATIONS else "parent")
    flash(_("You are linked with this child: %(name)s", name=code.person.full_name), "success")
    return redirect(url_for("people.children"), 303)


def _free_login(form: NameForm) -> str:
    base = f"{in_latin(form.first_name.data or '')[:20]}.{in_latin(form.surname.data or '')[:20]}".strip(".")
    base = base if len(base) >= 3 else f"{base}.parent".strip(".")
    number, login = 1, base
    while login_taken(login):
        number += 1
        login = f"{base}{number}"
    return login


def _language() -> str:
    chosen = request.cookies.get("language", "kk")
    return chosen if chosen in ("kk", "ru") else "kk"


def _page(form: Any, wrong: dict[str, str]) -> str:
    return render_template(
        "people/join.html",
        form=form,
        relation=RelationForm(),
        wrong=wrong,
        code=request.form.get("code", ""),
        stranger=g.actor is None or g.actor.limited,
        suggested=passwords.suggested(),
    )
