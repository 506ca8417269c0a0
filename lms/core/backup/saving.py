"""`lms backup`: one snapshot of the rows, then the files they name."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from lms.core import clock
from lms.core.backup.manifest import NAME, Manifest, secret_fingerprint
from lms.core.backup.tables import TableNote, kept_tables, lines
from lms.core.backup.targets import Damaged, Target, target
from lms.core.backup.values import SetDigest
from lms.core.db import db, edge
from lms.core.installation import installation
from lms.core.storage import Blob, store
from lms.core.storage.chunks import pieces


@dataclass(frozen=True)
class Saved:
    digest: str
    rows: int
    files: int
    file_bytes: int
    new_files: int


def back_up(path: Path) -> Saved:
    """The rows are of one moment. Files never change and are swept a day late, so they may be read after."""
    with edge():
        ours = installation().id.hex
    to = target(path)
    done = False
    try:
        with _snapshot() as rows:
            revision = str(rows.scalar(sa.text("SELECT version_num FROM alembic_version")))
            manifest = Manifest(ours, clock.now().isoformat(), revision, secret_fingerprint())
            manifest.tables = [_save_table(rows, note, to) for note in kept_tables()]
            new = sum(_save_file(to, *file, manifest) for file in _files(rows))
        with to.write(NAME) as file:
            file.write(manifest.text())
        done = True
    finally:
        to.close(done)
    count = sum(note.rows for note in manifest.tables)
    return Saved(manifest.digest(), count, manifest.files, manifest.file_bytes, new)


@contextmanager
def _snapshot() -> Iterator[sa.Connection]:
    """SQLite reads from one moment as long as a transaction is open; PostgreSQL does when asked to."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


def _save_table(rows: sa.Connection, note: TableNote, to: Target) -> TableNote:
    digest = SetDigest()
    with (
        to.write(f"tables/{note.name}.jsonl.gz") as part,
        gzip.GzipFile(fileobj=part, mode="wb", compresslevel=6, mtime=0) as packed,
    ):
        for line in lines(rows, note):
            digest.add(line)
            packed.write(line + b"\n")
    return replace(note, rows=digest.count, digest=digest.text())


def _files(rows: sa.Connection) -> Iterator[tuple[str, int]]:
    found = rows.execute(sa.select(Blob.digest, Blob.size).execution_options(yield_per=1000))
    with found:
        yield from ((row.digest, row.size) for row in found)


def _save_file(to: Target, digest: str, size: int, manifest: Manifest) -> bool:
    """In a folder only what is new is written: the name says what the bytes are."""
    manifest.files += 1
    manifest.file_bytes += size
    name = f"files/{digest[:2]}/{digest[2:4]}/{digest}"
    if to.size(name) == size:
        return False
    try:
        file = store().open(digest)
    except FileNotFoundError as error:
        raise Damaged(f"the stored file {digest} is missing; see `lms doctor`") from error
    with closing(file), to.write(name) as part:
        for piece in pieces(file):
            part.write(piece)
    return True
