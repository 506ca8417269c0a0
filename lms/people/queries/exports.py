"""What leaves a school as a file, a few statements for any size."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.core import clock
from lms.core.db import db
from lms.people.models import ClassMembership, Person, RoleHolding, SchoolClass
from lms.people.queries.classes import this_year
from lms.people.queries.persons import live_on_record
from lms.people.service.classes import open_on


def pupils_of(school_id: UUID) -> list[tuple[str, Person]]:
    """(class, pupil) in the order of classes, then of names."""
    year = this_year()
    rows = db.session.scalars(
        select(ClassMembership)
        .join(ClassMembership.school_class)
        .join(ClassMembership.person)
        .where(
            SchoolClass.school_id == school_id,
            SchoolClass.year_id == (year.id if year else None),
            open_on(clock.today()),
        )
        .options(joinedload(ClassMembership.person), joinedload(ClassMembership.school_class))
        .order_by(SchoolClass.sort_key, Person.sort_key)
    )
    return [(one.school_class.name, one.person) for one in rows]


def holdings_of(school_id: UUID) -> Sequence[RoleHolding]:
    return db.session.scalars(
        select(RoleHolding)
        .where(RoleHolding.place_id == school_id, live_on_record())
        .options(joinedload(RoleHolding.person))
        .order_by(RoleHolding.id)
    ).all()


def memberships_of(classes: Sequence[SchoolClass]) -> Sequence[ClassMembership]:
    return db.session.scalars(
        select(ClassMembership)
        .where(ClassMembership.class_id.in_([one.id for one in classes]), open_on(clock.today()))
        .order_by(ClassMembership.id)
    ).all()
