"""Published packages, found by the words of their pages."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.findable import Entry, Findable, Given, add_findable, path_to
from lms.player.models import Package, PackageFile, PackageVersion
from lms.player.queries.giving import given_to

MOST_PAGES, LARGEST_PAGE = 300, 2 * 1024 * 1024


def keys() -> Iterable[UUID]:
    return db.session.scalars(
        select(Package.id).where(Package.current_id.is_not(None), Package.archived_at.is_(None))
    ).all()


def entry(key: UUID) -> Entry | None:
    package = db.session.get(Package, key)
    version = db.session.get(PackageVersion, package.current_id) if package and package.current_id else None
    if package is None or version is None or package.archived_at:
        return None
    facts = {name: getattr(package, name) for name in ("title_kk", "title_ru", "language", "subject")}
    about = "about_ru" if package.language == "ru" else "about_kk"
    return Entry(
        key, str(version.id), package.place_id, package.path, version.published_by or version.uploaded_by,
        {**facts, about: package.description, "grade_from": package.grade, "grade_to": package.grade},
        path_to("player.package", package_id=key), pages=_pages(version),
    )  # fmt: skip


def _pages(version: PackageVersion) -> list[str]:
    """Pages of HTML by their names, each once."""
    rows = db.session.scalars(
        select(PackageFile.digest)
        .where(
            PackageFile.version_id == version.id, PackageFile.media_type.startswith("text/html"),
            PackageFile.size <= LARGEST_PAGE,
        )
        .order_by(PackageFile.path)
        .limit(MOST_PAGES)
    )  # fmt: skip
    return list(dict.fromkeys(rows))


def given(person_id: UUID) -> list[Given]:
    """Which of its pages somebody has reached is the package's own affair, so none counts as open."""
    here = path_to("player.lessons")
    return [Given(str(one.assignment.version_id), here) for one in given_to(person_id) if one.open]


add_findable(Findable("package", keys, entry, given))
