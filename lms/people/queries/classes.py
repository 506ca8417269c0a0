"""Questions about school years, classes and who is in them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import may, within
from lms.people.models import (
    ClassMembership,
    CombinedClass,
    Person,
    RoleHolding,
    SchoolClass,
    SchoolYear,
    SignInTrouble,
)
from lms.people.queries.persons import as_key, live_on_record
from lms.people.service.classes import open_on
from lms.places.models import Place


def years() -> Sequence[SchoolYear]:
    return db.session.scalars(select(SchoolYear).order_by(SchoolYear.starts_on.desc())).all()


def this_year(known: Sequence[SchoolYear] | None = None) -> SchoolYear | None:
    """The year that is running or, in summer, the one that ended last."""
    begun = [one for one in (years() if known is None else known) if one.starts_on <= clock.today()]
    return max(begun, key=lambda one: one.starts_on, default=None)


def year_or_404(year_id: UUID) -> SchoolYear:
    year = db.session.get(SchoolYear, year_id)
    if year is None:
        raise NotYours
    return year


def class_or_404(class_id: UUID, permission: str) -> SchoolClass:
    row = db.session.get(
        SchoolClass,
        class_id,
        options=[
            joinedload(SchoolClass.school),
            joinedload(SchoolClass.year),
            joinedload(SchoolClass.teacher),
        ],
    )
    if row is None or not may(permission, row.school.path):
        raise NotYours
    return row


def membership_or_404(membership_id: UUID, permission: str) -> ClassMembership:
    row = db.session.get(
        ClassMembership,
        membership_id,
        options=[
            joinedload(ClassMembership.school_class).joinedload(SchoolClass.school),
            joinedload(ClassMembership.person),
        ],
    )
    if row is None or not may(permission, row.school_class.school.path):
        raise NotYours
    return row


def combined_or_404(combined_id: UUID, permission: str) -> tuple[CombinedClass, Place]:
    row = db.session.get(CombinedClass, combined_id)
    place = db.session.get(Place, row.school_id) if row else None
    if row is None or place is None or not may(permission, place.path):
        raise NotYours
    return row, place


def classes_within_reach(year: SchoolYear | None) -> Listing:
    statement = (
        select(SchoolClass)
        .join(SchoolClass.school)
        .where(within(Place.path, "class.see"), SchoolClass.year_id == (year.id if year else None))
        .options(joinedload(SchoolClass.school), joinedload(SchoolClass.teacher))
    )
    return listing(
        statement,
        sorts={"name": SchoolClass.sort_key, "school": Place.sort_kk, "shift": SchoolClass.shift},
        filters={
            "school": lambda key: SchoolClass.school_id == as_key(key),
            "grade": lambda text: SchoolClass.grade == (int(text) if text.isdigit() else -1),
            "language": lambda code: SchoolClass.language == code,
        },
    )


def classes_of_school(school_id: UUID, year: SchoolYear | None) -> Sequence[SchoolClass]:
    if year is None:
        return []
    return db.session.scalars(
        select(SchoolClass)
        .where(SchoolClass.school_id == school_id, SchoolClass.year_id == year.id)
        .order_by(SchoolClass.sort_key)
    ).all()


def sizes(classes: Sequence[SchoolClass]) -> dict[UUID, int]:
    rows = db.session.execute(
        select(ClassMembership.class_id, func.count())
        .where(ClassMembership.class_id.in_([one.id for one in classes]), open_on(clock.today()))
        .group_by(ClassMembership.class_id)
    )
    found: dict[UUID, int] = dict(rows.all())
    return found


def members(row: SchoolClass) -> Sequence[ClassMembership]:
    return db.session.scalars(
        select(ClassMembership)
        .join(ClassMembership.person)
        .where(ClassMembership.class_id == row.id, open_on(clock.today()))
        .options(joinedload(ClassMembership.person))
        .order_by(Person.sort_key)
    ).all()


def pupils(row: SchoolClass) -> list[Person]:
    return [one.person for one in members(row)]


def combined_with(row: SchoolClass) -> Sequence[CombinedClass]:
    return db.session.scalars(
        select(CombinedClass)
        .where(CombinedClass.classes.any(SchoolClass.id == row.id))
        .options(selectinload(CombinedClass.classes))
    ).all()


def troubles(row: SchoolClass) -> Sequence[SignInTrouble]:
    """Pupils of this class who were shut out for some minutes, the latest first."""
    inside = select(ClassMembership.person_id).where(
        ClassMembership.class_id == row.id, open_on(clock.today())
    )
    return db.session.scalars(
        select(SignInTrouble)
        .where(SignInTrouble.person_id.in_(inside))
        .options(joinedload(SignInTrouble.person))
        .order_by(SignInTrouble.id.desc())
        .limit(10)
    ).all()


def teachers_of(school_id: UUID) -> Sequence[Person]:
    held = select(RoleHolding.person_id).where(
        RoleHolding.place_id == school_id,
        RoleHolding.role.in_(("teacher", "deputy_director", "director")),
        live_on_record(),
    )
    return db.session.scalars(
        select(Person).where(Person.id.in_(held), Person.disabled.is_(False)).order_by(Person.sort_key)
    ).all()


def pupils_without_class(school_id: UUID, year: SchoolYear) -> Sequence[Person]:
    """Pupils of the school who are in none of its classes this year."""
    here = select(RoleHolding.person_id).where(
        RoleHolding.place_id == school_id, RoleHolding.role == "student", live_on_record()
    )
    placed = (
        select(ClassMembership.person_id)
        .join(ClassMembership.school_class)
        .where(SchoolClass.year_id == year.id, open_on(clock.today()))
    )
    return db.session.scalars(
        select(Person)
        .where(Person.id.in_(here), Person.id.not_in(placed), Person.disabled.is_(False))
        .order_by(Person.sort_key)
        .limit(500)
    ).all()
