"""Begin, add a piece, take over, sweep."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from werkzeug.exceptions import RequestEntityTooLarge

from lms.core import clock, storage
from lms.core.db import after_commit, db
from lms.core.errors import NotYours
from lms.core.permissions import actor
from lms.core.settings import Settings
from lms.core.storage import Blob
from lms.core.storage.chunks import Readable
from lms.core.uploads.models import Upload

PIECE = 8 * 1024 * 1024  # the largest; browsers begin small and grow with the line
KEPT_FOR = timedelta(days=2)


class WrongOffset(Exception):
    """The piece does not begin where the last one ended."""


def begin(owner_id: UUID, name: str, size: int) -> Upload:
    settings: Settings = current_app.extensions["settings"]
    if size > settings.upload_limit_mb * 1024 * 1024:
        raise RequestEntityTooLarge
    upload = Upload(owner_id=owner_id, name=name, size=size, received=0)
    db.session.add(upload)
    db.session.flush()
    path_of(upload.id).touch()
    return upload


def own_or_404(upload_id: UUID) -> Upload:
    upload = db.session.get(Upload, upload_id, with_for_update=True)
    if upload is None or upload.owner_id != actor().person_id:
        raise NotYours
    return upload


def finished_or_404(upload_id: UUID) -> Upload:
    upload = own_or_404(upload_id)
    if not upload.complete:
        raise NotYours
    return upload


def add_piece(upload: Upload, offset: int, piece: Readable) -> None:
    """On disk first, then in the row: after a kill the row is right and the file is cut back to it."""
    if offset != upload.received:
        raise WrongOffset
    body = piece.read(PIECE + 1)
    if len(body) > PIECE or upload.received + len(body) > upload.size:
        raise RequestEntityTooLarge
    with open(path_of(upload.id), "r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    upload.received += len(body)
    upload.touched_at = clock.now()


def take(upload: Upload) -> Blob:
    """The complete file becomes a stored one; its pieces go when that is certain."""
    with open(path_of(upload.id), "rb") as file:
        blob = storage.keep(file)
    forget(upload)
    return blob


def forget(upload: Upload) -> None:
    path = path_of(upload.id)
    db.session.delete(upload)
    after_commit(lambda: path.unlink(missing_ok=True))


def sweep() -> int:
    """Uploads nobody went on with for two days."""
    old = db.session.scalars(select(Upload).where(Upload.touched_at < clock.now() - KEPT_FOR)).all()
    for upload in old:
        forget(upload)
    return len(old)


def path_of(upload_id: UUID) -> Path:
    settings: Settings = current_app.extensions["settings"]
    folder = settings.data_folder / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / upload_id.hex
