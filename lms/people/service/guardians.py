"""Guardians: linked by a code that the school printed for one child, ended by the school."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.people.models import Guardianship, OneTimeCode, Person
from lms.people.service.codes import use_code
from lms.people.service.roles import give_role, held_now
from lms.places.models import Place


def link_guardian(
    guardian: Person, code: OneTimeCode, school: Place, relation: str = "parent"
) -> Guardianship:
    """The code is used up. Whoever is linked holds the role at the child's school."""
    if guardian.id == code.person_id:
        raise Refused(_("Nobody can be their own guardian."))
    row = db.session.scalar(
        select(Guardianship).where(
            Guardianship.guardian_id == guardian.id, Guardianship.child_id == code.person_id
        )
    )
    if row is None:
        row = Guardianship(guardian_id=guardian.id, child_id=code.person_id, relation=relation)
        db.session.add(row)
    row.relation, row.ended_on = relation, None
    use_code(code)
    if not held_now(guardian, "guardian", school):
        give_role(guardian, "guardian", school)
    db.session.flush()
    audit.record("guardian.linked", code.person, path=school.path, guardian=guardian.id)
    return row


def end_guardianship(row: Guardianship, path: str) -> None:
    row.ended_on = clock.today()
    audit.record("guardian.ended", row.child, path=path, guardian=row.guardian_id)
