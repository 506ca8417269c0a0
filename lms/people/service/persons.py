"""Verbs on persons: enrol, describe, disable, set a password, keep an IIN."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.text import lookalike_key
from lms.people import iin, passwords, signing_in
from lms.people.models import Person
from lms.people.queries.persons import home_path

# What a form may change; a role, a password hash or a key is never among it.
DESCRIBED = (
    "surname", "first_name", "patronymic", "language", "birth_date", "sex", "email", "telephone",
    "special_needs", "accommodations",
)  # fmt: skip


def enrol_person(first_name: str, surname: str = "", **facts: Any) -> Person:
    person = Person(first_name=first_name, surname=surname, **facts)
    db.session.add(person)
    db.session.flush()
    return person


def describe_person(person: Person, facts: dict[str, Any], path: str = "") -> None:
    changed = [name for name in DESCRIBED if name in facts and getattr(person, name) != facts[name]]
    for name in changed:
        setattr(person, name, facts[name])
    if changed:
        audit.record("person.changed", person, path=path, fields=changed)


def change_login(person: Person, login: str, path: str = "") -> None:
    if (login or None) == person.login:
        return
    if login and login_taken(login, person):
        raise Refused(_("This username, or one that looks the same, is already taken."))
    person.login = login or None
    audit.record("person.login_changed", person, path=path)


def login_taken(login: str, but: Person | None = None) -> bool:
    taken = db.session.scalar(select(Person.id).where(Person.login_key == lookalike_key(login)))
    return taken is not None and (but is None or taken != but.id)


def keep_iin(person: Person, number: str, path: str = "") -> None:
    """`number` is checked already; an empty one removes it."""
    digest = iin.digest(number) if number else None
    if digest == person.iin_digest:
        return
    if number and iin_taken(number, person):
        raise Refused(
            _("Another person already has this IIN. Search for them before enrolling somebody twice.")
        )
    person.iin_sealed = iin.sealed(number) if number else None
    person.iin_digest = digest
    audit.record("person.iin_changed", person, path=path)


def iin_taken(number: str, but: Person | None = None) -> bool:
    taken = db.session.scalar(select(Person.id).where(Person.iin_digest == iin.digest(number)))
    return taken is not None and (but is None or taken != but.id)


def disable_person(person: Person, path: str = "") -> None:
    """Sessions are ended at once, not at their next use."""
    person.disabled = True
    signing_in.end_all_sessions(person.id)
    audit.record("person.disabled", person, path=path)


def enable_person(person: Person, path: str = "") -> None:
    person.disabled = False
    audit.record("person.enabled", person, path=path)


def set_password(person: Person, password: str, by_person: bool = False) -> None:
    person.password_hash = passwords.hashed(password)
    person.password_set_by_person = by_person
    person.failed_in_row = 0
    audit.record("password.set", person, path=home_path(person), actor_id=person.id if by_person else None)
