"""What a program may see: within its place, a page at a time, in the order things were made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import within
from lms.core.text import lookalike_key
from lms.people.models import Person
from lms.people.queries.persons import home_path
from lms.player.models import ApiClient, Package, PackageVersion, Registration
from lms.player.models.playing import WITHOUT_STATE
from lms.player.queries.giving import prefixes

PER_PAGE = 100


def inside(column: InstrumentedAttribute[str], path: str) -> ColumnElement[bool]:
    # "0" follows "/" in byte order, so this range is exactly the prefix.
    return column.between(path, path[:-1] + "0")


def learner_or_404(client: ApiClient, login: str) -> Person:
    """By username; somebody of another place does not exist for this program."""
    person = db.session.scalar(select(Person).where(Person.login_key == lookalike_key(login)))
    if person is None or person.disabled or not home_path(person).startswith(client.path):
        raise NotYours
    return person


def package_or_404(client: ApiClient, key: UUID) -> Package:
    """One of its place, or of a place above that everybody below may use."""
    package = db.session.get(Package, key)
    if package is None or not (package.path.startswith(client.path) or package.path in prefixes(client.path)):
        raise NotYours
    return package


def packages(client: ApiClient, after: UUID | None) -> Sequence[tuple[Package, int]]:
    statement = (
        select(Package, PackageVersion.number)
        .join(PackageVersion, PackageVersion.id == Package.current_id)
        .where(
            or_(inside(Package.path, client.path), Package.path.in_(prefixes(client.path))),
            Package.archived_at.is_(None),
        )
    )
    if after is not None:
        statement = statement.where(Package.id > after)
    rows = db.session.execute(statement.order_by(Package.id).limit(PER_PAGE))
    return [(row[0], row[1]) for row in rows]


def version_or_404(client: ApiClient, key: UUID) -> PackageVersion:
    version = db.session.get(PackageVersion, key, options=[joinedload(PackageVersion.package)])
    if version is None or not version.package.path.startswith(client.path):
        raise NotYours
    return version


def registrations(
    client: ApiClient, package: UUID | None, login: str | None, since: datetime | None, after: UUID | None
) -> Sequence[Registration]:
    statement = _registrations().where(inside(Registration.path, client.path), Registration.mode == "normal")
    if package is not None:
        statement = statement.where(PackageVersion.package_id == package)
    if login is not None:
        statement = statement.where(Registration.person_id == learner_or_404(client, login).id)
    if since is not None:
        statement = statement.where(Registration.last_seen_at >= since)
    if after is not None:
        statement = statement.where(Registration.id > after)
    return db.session.scalars(statement.order_by(Registration.id).limit(PER_PAGE)).all()


def registration_or_404(client: ApiClient, key: UUID) -> Registration:
    row = db.session.scalar(_registrations().where(Registration.id == key))
    if row is None or row.mode != "normal" or not row.path.startswith(client.path):
        raise NotYours
    return row


def _registrations() -> Select[Any]:
    return (
        select(Registration)
        .join(Registration.version)
        .options(contains_eager(Registration.version), *WITHOUT_STATE)
    )


def clients() -> Listing:
    statement = (
        select(ApiClient)
        .options(joinedload(ApiClient.place), joinedload(ApiClient.maker))
        .where(within(ApiClient.path, "api.manage"))
    )
    return listing(statement, sorts={"name": ApiClient.name, "when": ApiClient.created_at}, default="-when")


def client_or_404(key: UUID) -> ApiClient:
    row = db.session.get(ApiClient, key, options=[joinedload(ApiClient.place), joinedload(ApiClient.maker)])
    if row is None:
        raise NotYours
    return row
