"""Putting packages on the shelf: new ones, new versions, repaired ones, ones with a file replaced."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from lms.core import audit
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.jobs import enqueue
from lms.core.storage import Blob
from lms.core.storage.chunks import Readable
from lms.core.storage.folder import Part
from lms.core.uploads import Upload
from lms.core.uploads import service as uploads
from lms.places.models import Place
from lms.player.models import Package, PackageVersion
from lms.player.service.belonging import next_number


def received_whole(owner: UUID, name: str, stream: Readable, size: int) -> Upload:
    """A file that is here already, from a browser without script or a command, as if it had come in pieces."""
    upload = uploads.begin(owner, name[:250] or "file", size)
    while not upload.complete:
        piece = Part(stream, min(uploads.PIECE, size - upload.received))
        uploads.add_piece(upload, upload.received, piece)
    db.session.flush()
    return upload


def put_on_shelf(place: Place, upload: Upload, by: UUID, package: Package | None = None) -> PackageVersion:
    """Into the package named, or into a new one until its manifest says which it belongs to."""
    if package is None:
        package = Package(place_id=place.id, path=place.path, title_kk=_stem(upload.name))
        db.session.add(package)
        db.session.flush()
    version = _next_version(package, by, upload.name, upload.size)
    audit.record("package.uploaded", version, path=package.path, name=upload.name)
    return _inspect(version, package, {"upload": upload.id.hex})


def repair_version(version: PackageVersion, by: UUID) -> PackageVersion:
    """The repaired archive is a version of its own; the one it was made from stays as it came."""
    base = _archive(version)
    fresh = _next_version(version.package, by, version.file_name, version.size)
    audit.record("package.repaired", fresh, path=version.package.path, from_version=version.number)
    return _inspect(fresh, version.package, {"base": base})


def replace_file(version: PackageVersion, path: str, blob: Blob, by: UUID) -> PackageVersion:
    base = _archive(version)
    fresh = _next_version(version.package, by, version.file_name, version.size)
    audit.record(
        "package.file_replaced", fresh, path=version.package.path, from_version=version.number, file=path
    )
    return _inspect(fresh, version.package, {"base": base, "member": path, "replacement": blob.digest})


def job_key(version: PackageVersion) -> str:
    return f"inspect {version.id.hex}"


def _inspect(version: PackageVersion, package: Package, source: dict[str, Any]) -> PackageVersion:
    payload = {"version": version.id.hex, **source}
    enqueue("player.inspect-package", payload, key=job_key(version), path=package.path)
    return version


def _next_version(package: Package, by: UUID, name: str, size: int) -> PackageVersion:
    version = PackageVersion(
        package=package, number=next_number(package), state="inspecting", file_name=name[:200], size=size,
        capability=secrets.token_hex(16), uploaded_by=by,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def _archive(version: PackageVersion) -> str:
    if version.archive is None or version.state in ("inspecting", "refused"):
        raise Refused(_("There is nothing to work on: this version has not been accepted."))
    return version.archive


def _stem(name: str) -> str:
    return (name.rpartition(".")[0] or name)[:200]
