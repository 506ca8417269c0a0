"""Stored files: there, of the right size, and with the bytes their name promises."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import func, select

from lms.core.db import db
from lms.core.doctor.findings import Finding, error, ok
from lms.core.storage import Blob, open_blob, store
from lms.core.storage.chunks import pieces

SAMPLE = 50
SHOWN = 5


def present(full: bool) -> Iterator[Finding]:
    """All are looked for; the bytes of some, or with `full` of all, are read."""
    total = db.session.scalar(select(func.count()).select_from(Blob)) or 0
    wrong = [(digest, "is missing") for digest, size in _all() if store().size(digest) != size]
    missing = {digest for digest, _why in wrong}
    read = [digest for digest in _to_read(full) if digest not in missing]
    wrong += [(digest, "has been changed") for digest in read if _content_digest(digest) != digest]
    for digest, why in wrong[:SHOWN]:
        yield error(f"the file {digest} {why}", "Copy it from a backup (files/ab/cd/…) into the store.")
    if len(wrong) > SHOWN:
        yield error(
            f"{len(wrong) - SHOWN} more files are missing or changed", "Restore the files of a backup."
        )
    if not wrong:
        yield ok(f"{total} files are there, {len(read)} were read and are unchanged")


def _all() -> list[tuple[str, int]]:
    return [(digest, size) for digest, size in db.session.execute(select(Blob.digest, Blob.size))]


def _to_read(full: bool) -> list[str]:
    statement = select(Blob.digest)
    return list(db.session.scalars(statement if full else statement.order_by(func.random()).limit(SAMPLE)))


def _content_digest(digest: str) -> str:
    sha = hashlib.sha256()
    with closing(open_blob(digest)) as file:
        for piece in pieces(file):
            sha.update(piece)
    return sha.hexdigest()
