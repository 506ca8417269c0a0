"""Files of resources: as they came, by range; subtitles as WebVTT; a QR code that leads here."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import segno
from flask import Response, current_app, url_for

from lms.core import storage
from lms.core.errors import NotYours
from lms.core.permissions import needs
from lms.library.queries import resources as queries
from lms.library.reading.papers import as_vtt
from lms.library.views.base import blueprint

OWN = "private, max-age=3600"  # seen only by those who may; the browser keeps it for a lesson
MOST_SUBTITLES = 2 * 1024 * 1024


@blueprint.get("/files/<uuid:file_id>")
@needs("library.see")
def file(file_id: UUID) -> Response:
    found, _resource = queries.file_or_404(file_id)
    return storage.send(found.digest, found.name, found.media_type, cache=OWN)


@blueprint.get("/files/<uuid:file_id>/download")
@needs("library.see")
def download(file_id: UUID) -> Response:
    found, _resource = queries.file_or_404(file_id)
    return storage.send(found.digest, found.name, found.media_type, download=True, cache=OWN)


@blueprint.get("/files/<uuid:file_id>/subtitles.vtt")
@needs("library.see")
def subtitles(file_id: UUID) -> Response:
    found, _resource = queries.file_or_404(file_id)
    if found.role != "subtitles" or found.size > MOST_SUBTITLES:
        raise NotYours
    with storage.open_blob(found.digest) as source:  # type: ignore[attr-defined]
        text = as_vtt(source.read())
    return Response(text, mimetype="text/vtt", headers={"Cache-Control": OWN})


@blueprint.get("/resources/<uuid:resource_id>/qr.svg")
@needs("library.see")
def qr(resource_id: UUID) -> Any:
    """For a worksheet or a wall: the code leads to the resource's page."""
    found = queries.resource_or_404(resource_id)
    address = current_app.extensions["settings"].site + url_for("library.resource", resource_id=found.id)
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=6, border=3)
    return Response(out.getvalue(), mimetype="image/svg+xml")
