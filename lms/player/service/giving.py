"""Giving a version to classes and pupils, and what a pupil may begin of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.people.models import Person
from lms.places.models import Place
from lms.player import engine
from lms.player.models import Assignment, AssignmentTarget, Package, PackageVersion, Registration
from lms.player.queries.giving import Given
from lms.player.service import games, launching


def give(
    version: PackageVersion,
    school: Place,
    giver_id: UUID,
    classes: Sequence[UUID] = (),
    pupils: Sequence[UUID] = (),
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    attempts: int = 0,
    counting: str = "best",
    credit: bool = True,
    note: str = "",
) -> Assignment:
    """Pinned to this version, whatever is published later."""
    if not (classes or pupils):
        raise Refused(_("Choose at least one class or pupil."))
    if opens_at and closes_at and closes_at <= opens_at:
        raise Refused(_("The last day lies before the first one."))
    row = Assignment(
        package_id=version.package_id, version_id=version.id, school_id=school.id, path=school.path,
        given_by=giver_id, opens_at=opens_at, closes_at=closes_at, attempts=attempts, counting=counting,
        credit=credit, note=note,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    for key in classes:
        db.session.add(AssignmentTarget(assignment_id=row.id, class_id=key))
    for key in pupils:
        db.session.add(AssignmentTarget(assignment_id=row.id, person_id=key))
    db.session.flush()
    audit.record("assignment.given", row, path=school.path, version=version.number)
    return row


def withdraw(assignment: Assignment) -> None:
    """It disappears from the pupils' lists; what they have done stays."""
    assignment.withdrawn_at = clock.now()
    for registration in db.session.scalars(
        select(Registration).where(Registration.assignment_id == assignment.id)
    ):
        launching.end_launches_of(registration)
    audit.record("assignment.withdrawn", assignment, path=assignment.path)


def move_to(assignment: Assignment, version: PackageVersion) -> None:
    """New attempts use the newer version; those that have begun stay on theirs."""
    assignment.version_id = version.id
    audit.record("assignment.moved", assignment, path=assignment.path, version=version.number)


def attempt(given: Given, person: Person, anew: bool = False) -> Registration:
    """The attempt that goes on, or the next one when there is none or the pupil wants another."""
    assignment = given.assignment
    if not given.open:
        raise Refused(_("It is not open now. Look at its dates."))
    if given.newest is not None and (given.begun or not anew):
        return given.newest
    if not given.may_begin:
        raise Refused(_("All attempts have been used."))
    return _begun(assignment.version, person, assignment, len(given.attempts) + 1)


def review(of: Registration) -> Registration:
    """A copy of an attempt to look at: the original does not change whatever is pressed in it."""
    known = db.session.scalar(
        select(Registration).where(
            Registration.person_id == of.person_id,
            Registration.version_id == of.version_id,
            Registration.mode == "review",
            Registration.number == of.number,
        )
    )
    row = known or _begun(of.version, of.person, None, of.number, "review", of.path)
    left = engine.played(of)
    left.leave(clock.now().isoformat())
    row.state = left.as_json()  # as it is now, also when it was looked at before
    games.forget(row)
    return row


def reviewed(review: Registration) -> UUID:
    """The attempt this is a copy of."""
    found = db.session.scalar(
        select(Registration.id)
        .where(
            Registration.person_id == review.person_id,
            Registration.version_id == review.version_id,
            Registration.mode == "normal",
            Registration.number == review.number,
        )
        .order_by(Registration.last_seen_at.desc())
        .limit(1)
    )
    return found or review.id


def _begun(
    version: PackageVersion,
    person: Person,
    assignment: Assignment | None,
    number: int,
    mode: str = "normal",
    path: str = "/",
) -> Registration:
    row = Registration(
        person_id=person.id, version_id=version.id, number=number, mode=mode, seed=secrets.randbelow(2**31),
        assignment_id=assignment.id if assignment else None, path=assignment.path if assignment else path,
        language=person.language,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def used(package: Package) -> int:
    """How many attempts hang on a package's versions: none may be removed under them."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Registration)
            .join(PackageVersion, PackageVersion.id == Registration.version_id)
            .where(PackageVersion.package_id == package.id)
        )
        or 0
    )
