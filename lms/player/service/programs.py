"""What a program may do: make an attempt, lead into it, remove one it made."""

from __future__ import annotations

import secrets

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from lms.core import audit
from lms.core.db import db
from lms.core.errors import Refused
from lms.people.models import Person
from lms.people.queries.persons import home_path
from lms.player.models import CommitEntry, Launch, Package, PackageVersion, Registration
from lms.player.service import games, launching


def register(package: Package, learner: Person) -> Registration:
    """The next attempt of this learner that no teacher has given."""
    version = db.session.get(PackageVersion, package.current_id) if package.current_id else None
    if version is None or package.archived_at is not None:
        raise Refused(_("The package has no published version."))
    row = Registration(
        person_id=learner.id, version_id=version.id, version=version, number=_next_number(package, learner),
        seed=secrets.randbelow(2**31), path=home_path(learner), mode="normal",
        language=learner.language,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record("registration.made", row, path=row.path)
    return row


def _next_number(package: Package, learner: Person) -> int:
    newest = (
        select(func.max(Registration.number))
        .join(PackageVersion, PackageVersion.id == Registration.version_id)
        .where(
            PackageVersion.package_id == package.id,
            Registration.person_id == learner.id,
            Registration.assignment_id.is_(None),
            Registration.mode == "normal",
        )
    )
    return (db.session.scalar(newest) or 0) + 1


def link(row: Registration) -> tuple[Launch, str]:
    """A launch of its own, opened by whoever has the link first. What else is open becomes superseded."""
    if row.assignment is not None and row.assignment.withdrawn_at:
        raise Refused(_("It is not open now. Look at its dates."))
    made, code = launching.open_launch(row, own_window=True)
    audit.record("registration.linked", row, path=row.path)
    return made, code


def remove(row: Registration) -> None:
    """With its log. What a teacher has given belongs to the class and stays."""
    if row.assignment_id is not None:
        raise Refused(_("A teacher has given this lesson; the attempt belongs to the class."))
    audit.record("registration.removed", row, path=row.path)
    launching.lock(row.id)
    db.session.execute(delete(CommitEntry).where(CommitEntry.registration_id == row.id))
    db.session.execute(delete(Launch).where(Launch.registration_id == row.id))
    games.forget(row)
    db.session.delete(row)
    db.session.flush()
