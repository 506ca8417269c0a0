"""The three words of the protocol; see the package's first lines."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, request
from werkzeug.exceptions import BadRequest

from lms.core import limits
from lms.core.permissions import actor, needs
from lms.core.rooms import room
from lms.core.uploads import service
from lms.core.uploads.models import Upload

blueprint = room("uploads", __name__, "/uploads")
AN_HOUR = 60
UPLOADS_AN_HOUR = 20


@blueprint.post("")
@needs("upload.send")
def begin() -> Any:
    """Name and size first: what cannot be taken is refused before the first byte."""
    limits.at_most("upload", str(actor().person_id), UPLOADS_AN_HOUR, AN_HOUR)
    wanted = request.get_json()
    name, size = wanted.get("name"), wanted.get("size")
    if not (isinstance(name, str) and 0 < len(name) <= 250 and isinstance(size, int) and size > 0):
        raise BadRequest
    return _state(service.begin(actor().person_id, name, size)), 201


@blueprint.get("/<uuid:upload_id>")
@needs("upload.send")
def state(upload_id: UUID) -> Any:
    return _state(service.own_or_404(upload_id))


@blueprint.patch("/<uuid:upload_id>")
@needs("upload.send")
def add_piece(upload_id: UUID) -> Any:
    upload = service.own_or_404(upload_id)
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdecimal():
        raise BadRequest
    try:
        service.add_piece(upload, int(offset), request.stream)
    except service.WrongOffset:
        g.rollback = True
        return _state(upload), 409
    return _state(upload)


def _state(upload: Upload) -> dict[str, Any]:
    return {"id": str(upload.id), "offset": upload.received, "size": upload.size, "most": service.PIECE}
