"""Packages: what there is, and putting one on the shelf."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, request

from lms.core.errors import NotYours
from lms.core.security import takes_uploads
from lms.player.api import schemas
from lms.player.api.base import blueprint, client, for_programs
from lms.player.models import PackageVersion
from lms.player.queries import programs as queries
from lms.player.service import shelf

ZIP = {"application/zip", "application/octet-stream", "application/x-zip-compressed"}
BODY = {"requestBody": {"required": True, "content": {
    "application/zip": {"schema": {"type": "string", "contentMediaType": "application/zip"}}}}}  # fmt: skip


@blueprint.get("/packages")
@for_programs("packages.read")
@blueprint.arguments(schemas.After, location="query")
@blueprint.response(200, schemas.PackagePage)
def packages(wanted: dict[str, Any]) -> Any:
    """Published packages of the program's place and of the places above it

    Scope: packages.read
    """
    rows = queries.packages(client(), wanted.get("after"))
    shown = [
        {name: getattr(one, name) for name in ("id", "title_kk", "title_ru", "subject", "grade", "language")}
        | {"version": number}
        for one, number in rows
    ]
    return {"packages": shown, "next": rows[-1][0].id if len(rows) == queries.PER_PAGE else None}


@blueprint.post("/packages")
@takes_uploads
@for_programs("packages.write")
@blueprint.arguments(schemas.Upload, location="query")
@blueprint.doc(**BODY)
@blueprint.response(202, schemas.VersionAnswer)
def put_package(wanted: dict[str, Any]) -> Any:
    """Put a package on the shelf of the program's place; the body is the zip file itself

    It is inspected behind the answer: ask for the version until it is no longer `inspecting`. Publishing it stays with
    a methodologist. Scope: packages.write
    """
    size = request.content_length
    if request.mimetype not in ZIP or not size:
        abort(400)
    package = queries.package_or_404(client(), wanted["package"]) if "package" in wanted else None
    if package is not None and not package.path.startswith(client().path):
        raise NotYours
    upload = shelf.received_whole(client().made_by, wanted["name"], request.stream, size)
    return _shown(shelf.put_on_shelf(client().place, upload, client().made_by, package))


@blueprint.get("/package-versions/<uuid:version_id>")
@for_programs("packages.read")
@blueprint.response(200, schemas.VersionAnswer)
def package_version(version_id: UUID) -> Any:
    """Where a version stands, and what its inspection found

    Scope: packages.read
    """
    return _shown(queries.version_or_404(client(), version_id))


def _shown(version: PackageVersion) -> dict[str, Any]:
    return {
        "id": version.id, "package": version.package_id, "number": version.number, "state": version.state,
        "findings": [{name: one.get(name) for name in ("code", "level", "where")} for one in version.findings],
    }  # fmt: skip
