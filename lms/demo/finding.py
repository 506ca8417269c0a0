"""The demo's people and places by name, for the rooms that build on them."""

from __future__ import annotations

from sqlalchemy import select

from lms.core.db import db
from lms.people.models import ClassMembership, Person, RoleHolding, SchoolClass
from lms.places.models import Place


def person(login: str) -> Person:
    return db.session.scalars(select(Person).where(Person.login == login)).one()


def desk_of(login: str) -> Place:
    """Where somebody works: the place of one of their roles."""
    role = select(RoleHolding.place_id).where(RoleHolding.person_id == person(login).id).limit(1)
    return db.session.scalars(select(Place).where(Place.id == role.scalar_subquery())).one()


def class_of(login: str) -> SchoolClass:
    return db.session.scalars(
        select(SchoolClass)
        .join(ClassMembership, ClassMembership.class_id == SchoolClass.id)
        .join(Person, Person.id == ClassMembership.person_id)
        .where(Person.login == login)
    ).one()


def pupils_of(row: SchoolClass) -> list[Person]:
    return list(db.session.scalars(
        select(Person)
        .join(ClassMembership, ClassMembership.person_id == Person.id)
        .where(ClassMembership.class_id == row.id)
        .order_by(Person.sort_key)
    ))  # fmt: skip
