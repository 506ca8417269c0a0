"""Keeping and reading stored files."""

from __future__ import annotations

import hashlib
from tempfile import TemporaryFile
from typing import IO

from flask import Flask, current_app
from sqlalchemy import update

from lms.core.db import db, insert_once
from lms.core.settings import Settings
from lms.core.storage.chunks import Readable, pieces
from lms.core.storage.models import Blob
from lms.core.storage.stores import Store, make_store


class BlobMissing(Exception):
    """A row says a file is kept, and the store has none: a case for `lms doctor`."""


def init_storage(app: Flask, settings: Settings) -> None:
    app.extensions["store"] = make_store(settings)


def store() -> Store:
    found: Store = current_app.extensions["store"]
    return found


def keep(stream: Readable, media_type: str = "application/octet-stream") -> Blob:
    """Read the stream to its end and keep it, in this request's transaction."""
    unfinished = current_app.extensions["settings"].data_folder / "incoming"
    unfinished.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=unfinished) as spool:
        digest, size = _copied(stream, spool)
        _put_unless_there(digest, spool, size)
        blob = _row(digest, size, media_type)
        # From here the row is locked until the commit. A sweep may have been faster than that.
        _put_unless_there(digest, spool, size)
    return blob


def _put_unless_there(digest: str, spool: IO[bytes], size: int) -> None:
    if store().size(digest) != size:
        spool.seek(0)
        store().put(digest, spool, size)


def _copied(stream: Readable, target: IO[bytes]) -> tuple[str, int]:
    sha, size = hashlib.sha256(), 0
    for piece in pieces(stream):
        sha.update(piece)
        size += len(piece)
        target.write(piece)
    return sha.hexdigest(), size


def _row(digest: str, size: int, media_type: str) -> Blob:
    values = {"digest": digest, "size": size, "media_type": media_type[:120]}
    needed_again = update(Blob).where(Blob.digest == digest).values(unneeded_since=None)
    while not insert_once(Blob, values, "digest"):
        if db.session.execute(needed_again).rowcount:  # type: ignore[attr-defined]
            break  # else a sweep that was just removing it has now done so
    return db.session.get_one(Blob, digest, populate_existing=True)


def open_blob(digest: str, start: int = 0, end: int | None = None) -> Readable:
    try:
        return store().open(digest, start, end)
    except FileNotFoundError as error:
        raise BlobMissing(digest) from error
