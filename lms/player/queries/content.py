"""The file behind an address of the content site. No name from an address ever becomes a path on a disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, select

from lms.core.db import db
from lms.player.models import Package, PackageFile, PackageVersion
from scorm.package.files import fold
from scorm.package.hrefs import BadHref, inside

ENCODINGS = ("utf-8", "cp1251")  # of percent signs, as the reader of manifests tries them


def hosts_of(version_id: UUID) -> list[str]:
    """Outside hosts that the pages of this version's package may reach."""
    found = db.session.scalar(
        select(Package.hosts)
        .join(PackageVersion, PackageVersion.package_id == Package.id)
        .where(PackageVersion.id == version_id)
    )
    return found or []


def file_at(capability: str, raw: bytes, package: UUID | None = None) -> tuple[PackageFile, list[str]] | None:
    """The file, and the outside hosts its package may reach. `raw` is the path as the browser sent it, percent signs
    decoded to bytes. `package`: whose site it came to; a page of one package shown on the site of another would be at
    home there."""
    names = list(dict.fromkeys(_readings(raw)))
    if not names:
        return None
    found = db.session.execute(
        select(PackageFile, Package.hosts)
        .join(PackageVersion, PackageVersion.id == PackageFile.version_id)
        .join(Package, Package.id == PackageVersion.package_id)
        .where(_served(capability, package), PackageFile.path.in_(names))
    )
    by_path = {file.path: (file, hosts) for file, hosts in found}
    exactly = next((by_path[name] for name in names if name in by_path), None)
    return exactly or _in_other_case(capability, package, names)


def _readings(raw: bytes) -> Iterator[str]:
    for encoding in ENCODINGS:
        try:
            yield inside(raw.decode(encoding))
        except (BadHref, UnicodeDecodeError):
            continue


def _served(capability: str, package: UUID | None) -> ColumnElement[bool]:
    mine = PackageVersion.capability == capability
    return mine if package is None else mine & (PackageVersion.package_id == package)


def _in_other_case(
    capability: str, package: UUID | None, names: list[str]
) -> tuple[PackageFile, list[str]] | None:
    """Packages made on Windows write names as they like; there they are found all the same."""
    version = db.session.scalar(select(PackageVersion.id).where(_served(capability, package)))
    if version is None:
        return None
    folded = _folded(version)
    path = next((folded[fold(name)] for name in names if fold(name) in folded), None)
    if path is None:
        return None
    return db.session.get_one(PackageFile, (version, path)), hosts_of(version)


@lru_cache(maxsize=16)
def _folded(version: UUID) -> Mapping[str, str]:
    """The files of a version never change, so this is asked once for each by a process."""
    paths = db.session.scalars(select(PackageFile.path).where(PackageFile.version_id == version))
    return {fold(path): path for path in paths}
