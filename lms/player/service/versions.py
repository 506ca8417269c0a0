"""What becomes of versions: published, archived, brought back, removed when nobody needs them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, exists, or_, select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.findable import refresh
from lms.player.models import Assignment, Package, PackageFile, PackageVersion, Registration
from lms.player.service import previews


def allow_hosts(package: Package, hosts: list[str]) -> None:
    """Where its pages may look besides their own files; everything else stays closed to them."""
    if hosts != package.hosts:
        package.hosts = hosts
        audit.record("package.hosts_allowed", package, path=package.path, names=" ".join(hosts))


def publish(version: PackageVersion, by: UUID) -> None:
    """From now on this is what teachers give. Those who play an older version go on with it."""
    if version.state != "ready":
        raise Refused(_("Only a version that was inspected and accepted can be published."))
    version.state, version.published_by, version.published_at = "published", by, clock.now()
    version.package.current_id = version.id
    version.package.archived_at = None
    audit.record("package.published", version, path=version.package.path, number=version.number)
    refresh("package", version.package_id)
    db.session.flush()


def archive(version: PackageVersion) -> None:
    """Nobody is given it any more; whoever has begun it finishes it."""
    if version.state != "published":
        raise Refused(_("Only a published version can be archived."))
    version.state = "archived"
    _choose_current(version.package)
    audit.record("package.archived", version, path=version.package.path, number=version.number)


def bring_back(version: PackageVersion) -> None:
    if version.state != "archived":
        raise Refused(_("Only an archived version can be brought back."))
    version.state = "published"
    _choose_current(version.package)
    audit.record("package.brought_back", version, path=version.package.path, number=version.number)


def is_needed(version: PackageVersion) -> bool:
    """Somebody was given it or has begun it. A preview records nothing and holds nothing."""
    given = exists().where(Assignment.version_id == version.id)
    begun = exists().where(Registration.version_id == version.id, Registration.mode != "browse")
    return bool(db.session.scalar(select(or_(given, begun))))


def remove(version: PackageVersion) -> bool:
    """True when the package went with its last version."""
    if version.state == "inspecting":
        raise Refused(_("The package is being inspected. Wait until that is done."))
    if is_needed(version):
        raise Refused(_("Pupils were given this version, so their work needs it. Archive it instead."))
    package = version.package
    audit.record("package.removed", version, path=package.path, number=version.number)
    previews.forget(select(Registration.id).where(Registration.version_id == version.id))
    db.session.execute(delete(PackageFile).where(PackageFile.version_id == version.id))
    if package.current_id == version.id:
        package.current_id = None
    db.session.delete(version)
    db.session.flush()
    db.session.expire(package)
    if package.versions:
        _choose_current(package)
        return False
    refresh("package", package.id)
    db.session.delete(package)
    db.session.flush()
    return True


def describe(package: Package, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(package, name, value)
    audit.record("package.described", package, path=package.path)
    refresh("package", package.id)


def _choose_current(package: Package) -> None:
    """The newest published version; with none left, the package is archived."""
    refresh("package", package.id)
    published = [one for one in package.versions if one.state == "published"]
    package.current_id = published[-1].id if published else None
    archived = any(one.state == "archived" for one in package.versions)
    package.archived_at = clock.now() if archived and not published else None
