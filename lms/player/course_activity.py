"""A package of the shelf as a step of a course."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from lms.core.db import db
from lms.core.i18n import in_language
from lms.courses.activities import ActivityKind, ActivityResult, Results, To, add_activity
from lms.people.models import Person
from lms.player.models import Assignment, Package, PackageVersion, Registration
from lms.player.queries.giving import given_or_404, prefixes
from lms.player.service import giving

MOST = 200
DONE = ("completed", "passed")


def choices(path: str) -> Sequence[tuple[UUID, str]]:
    """What is published at the place of the course and above it."""
    rows = db.session.scalars(
        select(Package)
        .where(
            Package.path.in_(prefixes(path)), Package.current_id.is_not(None), Package.archived_at.is_(None)
        )
        .order_by(Package.sort_key)
        .limit(MOST)
    )
    return [(row.id, in_language(row, "title")) for row in rows]


def give(key: UUID, to: To) -> UUID:
    """The version that is published now; the class stays on it."""
    version = db.session.get_one(PackageVersion, db.session.get_one(Package, key).current_id)
    return giving.give(
        version, to.school, to.giver_id, to.classes, to.pupils, opens_at=to.opens_at, closes_at=to.closes_at
    ).id


def results(persons: Sequence[UUID], keys: Sequence[UUID]) -> Results:
    """The best of all attempts, as the package told it."""
    rows = db.session.execute(
        select(Registration.person_id, Registration.assignment_id, Registration.completion, Registration.success,
               Registration.score, Registration.seconds)
        .where(Registration.person_id.in_(persons), Registration.assignment_id.in_(keys), Registration.mode == "normal")
    )  # fmt: skip
    found: dict[tuple[UUID, UUID], ActivityResult] = {}
    for person, assignment, completion, success, score, seconds in rows:
        assert assignment is not None  # it is one of the keys
        before = found.get((person, assignment), ActivityResult(False))
        best = max((one for one in (score, before.share) if one is not None), default=None)
        done = before.done or completion in DONE or success in DONE
        found[person, assignment] = ActivityResult(done, best, before.seconds + int(seconds))
    return found


def withdraw(key: UUID) -> None:
    giving.withdraw(db.session.get_one(Assignment, key))


def opens(key: UUID, person: Person) -> str:
    """Into the attempt that goes on, or a new one."""
    row = giving.attempt(given_or_404(key, person.id), person)
    return url_for("player.play", registration_id=row.id)


add_activity(
    ActivityKind(
        "package", _l("Package"), _l("Done when the package says that it is complete."), choices,
        lambda key: url_for("player.package", package_id=key), give, withdraw, opens, results,
    )
)  # fmt: skip
