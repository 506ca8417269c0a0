"""Questions about persons: who is within reach, which roles somebody holds, who is whose guardian."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import may, within
from lms.core.text import lookalike_key, search_key
from lms.people.models import ClassMembership, Guardianship, Person, RoleHolding, SchoolClass, SchoolYear
from lms.places.models import Place


def person_by_login(login: str) -> Person | None:
    """Whoever types look-alike letters or another case still means the same account."""
    return db.session.scalar(select(Person).where(Person.login_key == lookalike_key(login.strip())))


def person_or_404(person_id: UUID, permission: str) -> Person:
    """Somebody who holds a role within the asker's reach; for others they do not exist."""
    person = db.session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.roles).joinedload(RoleHolding.place))
    )
    if person is None or not any(may(permission, one.place.path) for one in live(person.roles)):
        raise NotYours
    return person


def live(holdings: Sequence[RoleHolding]) -> list[RoleHolding]:
    day = clock.today()
    return [one for one in holdings if one.since <= day and (one.until is None or one.until >= day)]


def home_of(person: Person) -> Place | None:
    """Where somebody belongs, for the audit log: the place of the first role they hold."""
    return next((one.place for one in live(person.roles)), None)


def home_path(person: Person | None) -> str:
    """What a record about somebody is filed under: their director reads it, nobody elsewhere does."""
    home = home_of(person) if person else None
    return home.path if home else ""


def is_child(person: Person) -> bool:
    return any(one.role == "student" for one in live(person.roles))


def live_on_record() -> ColumnElement[bool]:
    day = clock.today()
    return and_(RoleHolding.since <= day, or_(RoleHolding.until.is_(None), RoleHolding.until >= day))


def holds(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The person holds a live role that fits."""
    return exists(
        select(RoleHolding.id)
        .join(Place, Place.id == RoleHolding.place_id)
        .where(RoleHolding.person_id == Person.id, live_on_record(), *conditions)
    )


def persons_within_reach() -> Listing:
    reach = within(Place.path, "person.see")
    statement = (
        select(Person).where(holds(reach)).options(selectinload(Person.roles).joinedload(RoleHolding.place))
    )
    return listing(
        statement,
        sorts={"name": Person.sort_key, "login": Person.login},
        filters={
            "q": named,
            "role": lambda role: holds(reach, RoleHolding.role == role),
            "school": lambda key: holds(reach, RoleHolding.place_id == as_key(key)),
            "class": lambda key: Person.id.in_(
                select(ClassMembership.person_id).where(
                    ClassMembership.class_id == as_key(key), ClassMembership.until.is_(None)
                )
            ),
            "state": lambda state: Person.disabled.is_(state == "disabled"),
        },
    )


def named(text: str) -> ColumnElement[bool]:
    """Every word of what was typed stands in the name, in any order and with or without Kazakh letters."""
    words = search_key(text).split()[:6]
    return and_(*(Person.search_key.contains(word, autoescape=True) for word in words))


def as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def classes_of(persons: Sequence[Person]) -> dict[UUID, SchoolClass]:
    """The class each of them is in now, in one statement."""
    rows = db.session.scalars(
        select(ClassMembership)
        .join(ClassMembership.school_class)
        .join(SchoolClass.year)
        .options(contains_eager(ClassMembership.school_class))
        .where(ClassMembership.person_id.in_([one.id for one in persons]), ClassMembership.until.is_(None))
        .order_by(SchoolYear.starts_on)
    )
    return {row.person_id: row.school_class for row in rows}


def history_of(person: Person) -> Sequence[ClassMembership]:
    return db.session.scalars(
        select(ClassMembership)
        .where(ClassMembership.person_id == person.id)
        .options(
            joinedload(ClassMembership.school_class).joinedload(SchoolClass.year),
            joinedload(ClassMembership.school_class).joinedload(SchoolClass.school),
        )
        .order_by(ClassMembership.since.desc())
    ).all()


def family_of(person: Person) -> Sequence[Guardianship]:
    """Guardians of a child and children of a guardian, in one statement."""
    return db.session.scalars(
        select(Guardianship)
        .where(
            or_(Guardianship.child_id == person.id, Guardianship.guardian_id == person.id),
            Guardianship.ended_on.is_(None),
        )
        .options(joinedload(Guardianship.guardian), joinedload(Guardianship.child))
    ).all()


def schools_within(permission: str) -> Sequence[Place]:
    """For a filter; an administrator of a whole oblast searches by name instead of choosing from hundreds."""
    return db.session.scalars(
        select(Place)
        .where(Place.level == "school", Place.closed_on.is_(None), within(Place.path, permission))
        .order_by(Place.sort_kk)
        .limit(300)
    ).all()


def school_meant(schools: Sequence[Place], wanted: str | None) -> Place | None:
    """The school a list is about: the only one within reach, or the one chosen in the filter."""
    if len(schools) == 1:
        return schools[0]
    return next((one for one in schools if str(one.id) == wanted), None)


def school_of(person: Person) -> Place | None:
    """The school a pupil belongs to now."""
    return next((one.place for one in live(person.roles) if one.role == "student"), None)
