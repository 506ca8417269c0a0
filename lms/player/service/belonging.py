"""Which package a new version belongs to, and what its manifest says of it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from lms.core import audit
from lms.core.db import db
from lms.core.errors import Refused
from lms.player.models import Package, PackageVersion

LANGUAGES = ("kk", "ru")
LONGEST_TITLE, LONGEST_DESCRIPTION = 200, 4_000


def next_number(package: Package) -> int:
    found = db.session.scalar(
        select(func.max(PackageVersion.number)).where(PackageVersion.package_id == package.id)
    )
    return (found or 0) + 1


def twin_of(version: PackageVersion) -> Package | None:
    """A package of the same place with the same manifest identifier, while this one is a fresh package of its own.

    Only a person knows whether it is the next version of that package: authoring tools give many packages one name.
    """
    mine = version.package
    if version.number != 1 or version.state != "ready" or not mine.identifier or len(mine.versions) > 1:
        return None
    return db.session.scalars(
        select(Package)
        .where(
            Package.place_id == mine.place_id,
            Package.identifier == mine.identifier,
            Package.archived_at.is_(None),
            Package.id != mine.id,
        )
        .order_by(Package.created_at)
        .limit(1)
    ).first()


def join(version: PackageVersion) -> None:
    """Somebody said so: it becomes the next version of the package with the same identifier."""
    mine, other = version.package, twin_of(version)
    if other is None:
        raise Refused(
            _("There is no other package with this identifier, or this version is not alone any more.")
        )
    version.number = next_number(other)
    version.package_id = other.id
    db.session.flush()
    db.session.expire(mine)
    db.session.expire(other)
    db.session.refresh(version)
    audit.record("package.joined", version, path=other.path, number=version.number)
    db.session.delete(mine)
    db.session.flush()


def describe(version: PackageVersion, found: dict[str, Any]) -> None:
    """A new package is called as its manifest says; later versions leave what people have written alone."""
    package = version.package
    if not package.identifier:
        package.identifier = found["identifier"]
    if version.number != 1:
        return
    titles = _by_language(found["title"], LONGEST_TITLE)
    if titles["kk"] or titles["ru"]:
        package.title_kk, package.title_ru = titles["kk"], titles["ru"]
    about = _by_language(found["description"], LONGEST_DESCRIPTION)
    package.description = about["kk"] or about["ru"]
    package.language = _language(found["languages"], titles)


def _by_language(texts: dict[str, str], longest: int) -> dict[str, str]:
    """What is in neither language, or in none that is named, stands in the first one that is free."""
    clean = {
        code.lower()[:2]: " ".join(text.split())[:longest] for code, text in texts.items() if text.strip()
    }
    both = {code: clean.get(code, "") for code in LANGUAGES}
    if not any(both.values()):
        both["kk"] = next(iter(clean.values()), "")
    return both


def _language(named: list[str], titles: dict[str, str]) -> str:
    codes = [one.lower()[:2] for one in named]
    known = next((one for one in codes if one in LANGUAGES), "")
    return known or ("ru" if titles["ru"] and not titles["kk"] else "kk")
