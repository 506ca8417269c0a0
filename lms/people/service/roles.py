"""Verbs on roles: give one at a place for a time, take it back."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.people.models import Person, RoleHolding
from lms.places.models import Place


def give_role(
    person: Person, role: str, place: Place, since: date | None = None, until: date | None = None
) -> RoleHolding:
    """Whether the giver may, and whether the role fits the place, is asked by the page. The same role at the same place is held once."""
    if until and until < (since or clock.today()):
        raise Refused(_("The role would end before it begins. Correct the dates."))
    if held_now(person, role, place):
        raise Refused(_("This person holds this role here already."))
    holding = RoleHolding(
        person_id=person.id, role=role, place_id=place.id, since=since or clock.today(), until=until
    )
    db.session.add(holding)
    db.session.flush()
    audit.record("role.given", person, path=place.path, role=role)
    return holding


def take_role(holding: RoleHolding, path: str) -> None:
    """From today on it counts no more; that it was held stays on record."""
    yesterday = clock.today() - timedelta(days=1)
    if holding.since > yesterday:
        db.session.delete(holding)
    else:
        holding.until = yesterday
    person = db.session.get_one(Person, holding.person_id)
    audit.record("role.taken", person, path=path, role=holding.role)


def held_now(person: Person, role: str, place: Place) -> bool:
    day = clock.today()
    found = db.session.scalar(
        select(RoleHolding.id).where(
            RoleHolding.person_id == person.id,
            RoleHolding.role == role,
            RoleHolding.place_id == place.id,
            RoleHolding.until.is_(None) | (RoleHolding.until >= day),
        )
    )
    return found is not None
