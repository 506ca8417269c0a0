"""Questions about the shelf: what a person sees of it, and what two versions differ in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.jobs import Job
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, reach, within
from lms.core.text import search_key
from lms.places.models import Place
from lms.player.models import Package, PackageFile, PackageVersion
from lms.player.service.shelf import job_key

SHOWN = ("published", "unpublished", "archived")


def packages() -> Listing:
    """Two statements: each package with its newest version."""
    newest = (
        select(func.max(PackageVersion.number))
        .where(PackageVersion.package_id == Package.id)
        .correlate(Package)
        .scalar_subquery()
    )
    statement: Any = (
        select(Package, PackageVersion)
        .join(PackageVersion, and_(PackageVersion.package_id == Package.id, PackageVersion.number == newest))
        .options(joinedload(Package.place))
        .where(_visible())
    )
    return listing(
        statement,
        sorts={"name": Package.sort_key, "grade": Package.grade, "when": PackageVersion.created_at},
        filters={
            "q": lambda text: Package.search.contains(search_key(text), autoescape=True),
            "state": _shown,
            "language": lambda code: Package.language == code,
            "grade": lambda grade: Package.grade == (int(grade) if grade.isdecimal() else -1),
        },
        default="-when",
    )


def package_or_404(package_id: UUID, permission: str = "package.see") -> Package:
    package = db.session.get(Package, package_id, options=[joinedload(Package.place)])
    if package is None or not _may(package, permission):
        raise NotYours
    return package


def version_or_404(version_id: UUID, permission: str = "package.see") -> PackageVersion:
    version = db.session.get(
        PackageVersion,
        version_id,
        options=[
            joinedload(PackageVersion.package).joinedload(Package.place),
            joinedload(PackageVersion.uploader),
            joinedload(PackageVersion.publisher),
        ],
    )
    if version is None or not _may(version.package, permission) or not _open_to_asker(version):
        raise NotYours
    return version


def versions(package: Package) -> Sequence[PackageVersion]:
    """The newest first."""
    rows = db.session.scalars(
        select(PackageVersion)
        .options(joinedload(PackageVersion.uploader), joinedload(PackageVersion.publisher))
        .where(PackageVersion.package_id == package.id)
        .order_by(PackageVersion.number.desc())
    )
    return [one for one in rows if _open_to_asker(one)]


def files(version: PackageVersion) -> Sequence[PackageFile]:
    return db.session.scalars(
        select(PackageFile).where(PackageFile.version_id == version.id).order_by(PackageFile.path)
    ).all()


def file_count(version: PackageVersion) -> tuple[int, int]:
    """How many, and how many bytes unpacked."""
    count, size = db.session.execute(
        select(func.count(), func.sum(PackageFile.size)).where(PackageFile.version_id == version.id)
    ).one()
    return count, int(size or 0)


def inspection_job(version: PackageVersion) -> Job | None:
    return db.session.scalar(select(Job).where(Job.key == job_key(version)))


def places_to_put() -> Sequence[Place]:
    """Where the asker may put a package: the places they work at."""
    paths = reach("package.upload")
    return db.session.scalars(
        select(Place).where(Place.path.in_(paths)).order_by(func.length(Place.path))
    ).all()


def own_packages(place_ids: Sequence[UUID]) -> Sequence[Package]:
    """Those a new version may be added to."""
    return db.session.scalars(
        select(Package)
        .where(Package.place_id.in_(place_ids), Package.archived_at.is_(None))
        .order_by(Package.sort_key)
        .limit(500)
    ).all()


def _visible() -> ColumnElement[bool]:
    """All of one's own places; of the places above, what is published there for everybody below."""
    return or_(
        within(Package.path, "package.see"),
        and_(Package.path.in_(_above()), Package.current_id.is_not(None)),
    )


def _may(package: Package, permission: str) -> bool:
    if may(permission, package.path):
        return True
    return permission == "package.see" and package.current_id is not None and package.path in _above()


def _open_to_asker(version: PackageVersion) -> bool:
    """Of a package from above only what is published: its drafts are for those who work on it."""
    return version.published_at is not None or may("package.see", version.package.path)


def _above() -> list[str]:
    """Paths of the places above the asker's own."""
    found = set()
    for grant in actor().grants:
        parts = grant.path.strip("/").split("/")
        found |= {"/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts))}
    return sorted(found)


def _shown(state: str) -> ColumnElement[bool]:
    if state == "archived":
        return Package.archived_at.is_not(None)
    if state == "published":
        return Package.current_id.is_not(None)
    return and_(Package.current_id.is_(None), Package.archived_at.is_(None))
