"""Verbs on classes: open and change one, who joins, moves and leaves, which sit together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, or_, select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.people.models import ClassMembership, CombinedClass, Person, SchoolClass, SchoolYear
from lms.places.models import Place, School


def open_class(school: School, year: SchoolYear, grade: int, letter: str, **facts: Any) -> SchoolClass:
    _check_name(school, year, grade, letter, None)
    row = SchoolClass(school_id=school.place_id, year_id=year.id, grade=grade, letter=letter, **facts)
    db.session.add(row)
    db.session.flush()
    audit.record("class.opened", row, path=school.place.path, name=row.name)
    return row


def change_class(
    row: SchoolClass, school: School, year: SchoolYear, grade: int, letter: str, **facts: Any
) -> None:
    _check_name(school, year, grade, letter, row)
    for name, value in {"grade": grade, "letter": letter, **facts}.items():
        setattr(row, name, value)
    audit.record("class.changed", row, path=school.place.path, name=row.name)


def close_class(row: SchoolClass, path: str) -> None:
    """Only a class in which nobody has ever been can go; the others are history."""
    if db.session.scalar(select(func.count()).where(ClassMembership.class_id == row.id)):
        raise Refused(_("Pupils have been in this class, so it stays on record."))
    audit.record("class.closed", row, path=path, name=row.name)
    db.session.delete(row)
    db.session.flush()


def join_class(person: Person, row: SchoolClass, path: str, since: date | None = None, reason: str = "") -> ClassMembership:  # fmt: skip
    now = current_membership(person)
    if now and now.class_id == row.id:
        raise Refused(_("This pupil is in this class already."))
    if now:
        raise Refused(_("This pupil is in another class. Move them from there instead."))
    membership = ClassMembership(
        class_id=row.id, person_id=person.id, since=since or clock.today(), reason=reason
    )
    db.session.add(membership)
    db.session.flush()
    audit.record("class.joined", person, path=path, name=row.name)
    return membership


def move_pupil(
    now: ClassMembership, row: SchoolClass, path: str, on: date, reason: str = ""
) -> ClassMembership:
    """The old row is closed the day before, a new one opened: the history stays."""
    if now.class_id == row.id:
        raise Refused(_("This pupil is in this class already."))
    leave_class(now, path, on, reason)
    person = db.session.get_one(Person, now.person_id)
    return join_class(person, row, path, on, reason)


def leave_class(now: ClassMembership, path: str, on: date, reason: str = "") -> None:
    if now.since >= on:
        db.session.delete(now)  # joined and left on one day: it never was
    else:
        now.until, now.reason = on - timedelta(days=1), reason or now.reason
    db.session.flush()
    audit.record("class.left", db.session.get_one(Person, now.person_id), path=path, reason=reason)


def current_membership(person: Person) -> ClassMembership | None:
    """In the youngest year, as long as nothing has ended it."""
    return db.session.scalar(
        select(ClassMembership)
        .join(ClassMembership.school_class)
        .join(SchoolClass.year)
        .where(ClassMembership.person_id == person.id, open_on(clock.today()))
        .order_by(SchoolYear.starts_on.desc())
        .limit(1)
    )


def open_on(day: date) -> ColumnElement[bool]:
    return or_(ClassMembership.until.is_(None), ClassMembership.until >= day)


def combine(school: Place, year: SchoolYear, classes: Sequence[SchoolClass]) -> CombinedClass:
    if not 2 <= len(classes) <= 4:
        raise Refused(_("Choose two to four classes that sit together."))
    row = CombinedClass(school_id=school.id, year_id=year.id, classes=list(classes))
    db.session.add(row)
    db.session.flush()
    audit.record("class.combined", row, path=school.path, names=[one.name for one in classes])
    return row


def part(row: CombinedClass, path: str) -> None:
    audit.record("class.parted", row, path=path)
    db.session.delete(row)
    db.session.flush()


def _check_name(school: School, year: SchoolYear, grade: int, letter: str, but: SchoolClass | None) -> None:
    if not school.first_grade <= grade <= school.last_grade and (but is None or but.grade != grade):
        raise Refused(
            _(
                "This school teaches grades %(first)s to %(last)s.",
                first=school.first_grade,
                last=school.last_grade,
            )
        )
    known = db.session.scalar(
        select(SchoolClass.id).where(
            SchoolClass.school_id == school.place_id,
            SchoolClass.year_id == year.id,
            SchoolClass.grade == grade,
            SchoolClass.letter == letter,
        )
    )
    if known and (but is None or known != but.id):
        raise Refused(_("This school already has a class of this name in this year."))
