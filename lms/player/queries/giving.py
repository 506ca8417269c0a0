"""What is given to whom: the pupil's list, the teacher's list, and what may be given at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import may, within
from lms.core.text import search_key
from lms.people.models import ClassMembership, Person, SchoolClass, SchoolYear
from lms.places.models import Place
from lms.player.models import Assignment, AssignmentTarget, Package, PackageVersion, Registration
from lms.player.models.playing import WITHOUT_STATE


@dataclass(frozen=True)
class Given:
    """One assignment as the pupil sees it, with their attempts so far, the newest first."""

    assignment: Assignment
    attempts: list[Registration]

    @property
    def newest(self) -> Registration | None:
        return self.attempts[0] if self.attempts else None

    @property
    def open(self) -> bool:
        now, one = clock.now(), self.assignment
        return (one.opens_at is None or one.opens_at <= now) and (
            one.closes_at is None or now <= one.closes_at
        )

    @property
    def begun(self) -> bool:
        """An attempt that goes on: not finished, or left in the middle of a repetition."""
        return self.newest is not None and self.newest.finished_at is None

    @property
    def may_begin(self) -> bool:
        """Whether another attempt is left."""
        wanted = self.assignment.attempts
        return self.open and (wanted == 0 or len(self.attempts) < wanted)


def given_to(person_id: UUID, limit: int = 200) -> list[Given]:
    """What is given, and beside it what has been done of it: one statement, because the home page asks it too."""
    order = (
        Assignment.closes_at.is_(None),
        Assignment.closes_at,
        Assignment.created_at.desc(),
        Assignment.id,
    )
    first = (
        select(Assignment.id)
        .where(Assignment.withdrawn_at.is_(None), _aimed_at(person_id))
        .order_by(*order)
        .limit(limit)
    )
    rows = db.session.execute(
        select(Assignment, Registration)
        .join(Assignment.package)
        .outerjoin(
            Registration,
            (Registration.assignment_id == Assignment.id) & (Registration.person_id == person_id),
        )
        .options(contains_eager(Assignment.package), *WITHOUT_STATE)
        .where(Assignment.id.in_(first))
        .order_by(*order, Registration.number.desc())
    ).all()
    found: dict[UUID, Given] = {}
    for assignment, attempt in rows:
        given = found.setdefault(assignment.id, Given(assignment, []))
        if attempt is not None:
            given.attempts.append(attempt)
    return list(found.values())


def given_or_404(assignment_id: UUID, person_id: UUID) -> Given:
    row = db.session.scalar(
        select(Assignment)
        .options(joinedload(Assignment.package), joinedload(Assignment.version))
        .where(Assignment.id == assignment_id, Assignment.withdrawn_at.is_(None), _aimed_at(person_id))
    )
    if row is None:
        raise NotYours
    return Given(row, _attempts_of(person_id, [row.id]))


def _attempts_of(person_id: UUID, assignments: Sequence[UUID]) -> list[Registration]:
    return list(
        db.session.scalars(
            select(Registration)
            .options(*WITHOUT_STATE)
            .where(Registration.person_id == person_id, Registration.assignment_id.in_(assignments))
            .order_by(Registration.number.desc())
        )
    )


def _aimed_at(person_id: UUID) -> ColumnElement[bool]:
    """Given to the person, or to a class they are in today."""
    classes = select(ClassMembership.class_id).where(ClassMembership.person_id == person_id, _today())
    return Assignment.id.in_(
        select(AssignmentTarget.assignment_id).where(
            or_(AssignmentTarget.person_id == person_id, AssignmentTarget.class_id.in_(classes))
        )
    )


def _today() -> ColumnElement[bool]:
    """Memberships that hold today."""
    return (ClassMembership.since <= clock.today()) & or_(
        ClassMembership.until.is_(None), ClassMembership.until > clock.today()
    )


def assignments_within_reach(permission: str) -> Listing:
    """What has been given in one's schools, the newest first."""
    statement = (
        select(Assignment)
        .join(Assignment.package)
        .join(Assignment.giver)
        .options(
            contains_eager(Assignment.package),
            contains_eager(Assignment.giver),
            joinedload(Assignment.version),
            selectinload(Assignment.targets).joinedload(AssignmentTarget.school_class),
            selectinload(Assignment.targets).joinedload(AssignmentTarget.person),
        )
        .where(within(Assignment.path, permission), Assignment.withdrawn_at.is_(None))
    )
    return listing(
        statement,
        sorts={
            "when": Assignment.created_at,
            "name": Package.sort_key,
            "who": Person.sort_key,
            "until": Assignment.closes_at,
        },
        filters={"q": lambda text: Package.search.contains(search_key(text), autoescape=True)},
        default="-when",
    )


def assignment_or_404(assignment_id: UUID, permission: str) -> Assignment:
    row = db.session.scalar(
        select(Assignment)
        .options(
            joinedload(Assignment.package),
            joinedload(Assignment.version),
            joinedload(Assignment.giver),
            selectinload(Assignment.targets).joinedload(AssignmentTarget.school_class),
            selectinload(Assignment.targets).joinedload(AssignmentTarget.person),
        )
        .where(Assignment.id == assignment_id)
    )
    if row is None or not may(permission, row.path):
        raise NotYours
    return row


def usable_at(school_id: UUID) -> Sequence[Package]:
    """Packages of the school and of every place above it that have a published version."""
    path = db.session.scalar(select(Place.path).where(Place.id == school_id)) or "/"
    return db.session.scalars(
        select(Package)
        .where(
            Package.path.in_(prefixes(path)), Package.current_id.is_not(None), Package.archived_at.is_(None)
        )
        .order_by(Package.sort_key)
    ).all()


def prefixes(path: str) -> list[str]:
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))] + ["/"]


def published(package: Package) -> PackageVersion:
    version = db.session.get(PackageVersion, package.current_id) if package.current_id else None
    if version is None:
        raise NotYours
    return version


def classes_within_reach(permission: str) -> Sequence[SchoolClass]:
    """The classes of this school year in one's schools; a teacher's own come first by name like all others."""
    return db.session.scalars(
        select(SchoolClass)
        .join(SchoolClass.school)
        .join(SchoolClass.year)
        .options(contains_eager(SchoolClass.school))
        .where(
            within(Place.path, permission),
            SchoolYear.starts_on <= clock.today(),
            SchoolYear.starts_on
            == select(func.max(SchoolYear.starts_on))
            .where(SchoolYear.starts_on <= clock.today())
            .scalar_subquery(),
        )
        .order_by(Place.sort_kk, SchoolClass.sort_key)
        .limit(500)
    ).all()


def pupils_of(class_ids: Sequence[UUID]) -> Sequence[tuple[Person, UUID]]:
    """(pupil, class) of everybody who is in one of these classes today."""
    rows = db.session.execute(
        select(Person, ClassMembership.class_id)
        .join(ClassMembership, ClassMembership.person_id == Person.id)
        .where(ClassMembership.class_id.in_(class_ids), _today())
        .order_by(Person.sort_key)
    )
    return [(row[0], row[1]) for row in rows]
