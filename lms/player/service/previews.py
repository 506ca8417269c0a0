"""Looking at a package as a pupil would, and at a finished attempt again: nothing of it stays.

The engine needs a row to play on. It goes when the next preview begins, and when nobody has been heard of for a while.
"""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import Select, delete, exists, select

from lms.core import clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.people.models import Person
from lms.player.models import CommitEntry, Launch, PackageVersion, Registration
from lms.player.service.launching import SILENT_FOR

WITHOUT_TRACE = ("browse", "review")


def begin(version: PackageVersion, by: UUID) -> Registration:
    """In browse mode: what the package says counts for nobody. Earlier previews of this person are over."""
    if not version.contents:
        raise Refused(_("There is nothing to work on: this version has not been accepted."))
    forget(select(Registration.id).where(Registration.person_id == by, Registration.mode == "browse"))
    row = Registration(
        person_id=by,
        version_id=version.id,
        path=version.package.path,
        mode="browse",
        seed=secrets.randbelow(2**31),
        language=db.session.get_one(Person, by).language,
    )
    db.session.add(row)
    db.session.flush()
    return row


def sweep() -> int:
    """Those in which nobody is any more."""
    long_ago = clock.now() - SILENT_FOR
    heard = exists().where(Launch.registration_id == Registration.id, Launch.last_heard_at >= long_ago)
    return forget(
        select(Registration.id).where(
            Registration.mode.in_(WITHOUT_TRACE), Registration.created_at < long_ago, ~heard
        )
    )


def forget(which: Select[Any]) -> int:
    """Takes registrations that nobody needs away, with their launches and logs."""
    keys = db.session.scalars(which).all()
    launches = select(Launch.id).where(Launch.registration_id.in_(keys))
    for statement in (
        delete(CommitEntry).where(CommitEntry.launch_id.in_(launches)),
        delete(Launch).where(Launch.registration_id.in_(keys)),
        delete(Registration).where(Registration.id.in_(keys)),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))
    return len(keys)
