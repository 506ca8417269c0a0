"""`lms restore`: onto an empty database and an empty store, every digest checked, under a new identity."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import downgrade, upgrade

from lms.core.backup.manifest import Manifest, read_manifest, secret_fingerprint
from lms.core.backup.tables import ROWS, TableNote, digest_of
from lms.core.backup.targets import Damaged, Source, source
from lms.core.backup.values import SetDigest, from_line
from lms.core.db import db, edge
from lms.core.installation import renew
from lms.core.storage import store


class NotEmpty(Exception):
    """There is something already, and nothing is ever overwritten."""


@dataclass(frozen=True)
class Restored:
    saved_digest: str
    restored_digest: str
    rows: int
    files: int
    installation: UUID
    same_secret: bool


def restore(path: Path) -> Restored:
    """A failure leaves no rows behind; files that are there already are only digests of what they hold."""
    _must_be_empty()
    parts = source(path)
    try:
        manifest = read_manifest(parts)
        _must_be_known(manifest.revision)
        files = _restore_files(parts, manifest)
        _make_tables(manifest.revision)
        with db.engine.begin() as connection:
            _restore_rows(connection, parts, manifest)
            found = _restored_digest(connection, manifest)
            if found != manifest.digest():
                raise Damaged("what was restored differs from what was saved")
    finally:
        parts.close()
    upgrade()
    with edge():
        ours = renew(UUID(manifest.installation))
    count = sum(note.rows for note in manifest.tables)
    same = manifest.secret == secret_fingerprint()
    return Restored(manifest.digest(), found, count, files, ours.id, same)


def _must_be_empty() -> None:
    with db.engine.connect() as connection:
        for name in sa.inspect(connection).get_table_names():
            if name == "alembic_version":
                continue
            if connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))):
                raise NotEmpty(f"the table {name} is not empty; restore goes only onto an empty database")


def _must_be_known(revision: str) -> None:
    folder = ScriptDirectory(str(current_app.config["MIGRATIONS"]))
    if revision not in {one.revision for one in folder.walk_revisions()}:
        raise Damaged(
            f"it was made by another version of the program, whose tables ({revision}) are unknown here"
        )


def _make_tables(revision: str) -> None:
    """The tables of the version that saved, empty."""
    with db.engine.connect() as connection:
        there = sa.inspect(connection).has_table("alembic_version")
    if there:
        downgrade(revision="base")
    upgrade(revision=revision)


def _restore_files(parts: Source, manifest: Manifest) -> int:
    """First the files: rows that name them must find them."""
    note = next(one for one in manifest.tables if one.name == "blob")
    columns = list(note.columns)
    count = 0
    for row in _rows(parts, note):
        named = dict(zip(columns, row, strict=True))
        _restore_file(parts, named["digest"], named["size"])
        count += 1
    return count


def _restore_file(parts: Source, digest: str, size: int) -> None:
    if store().size(digest) == size:
        return
    sha = hashlib.sha256()
    with parts.read(f"files/{digest[:2]}/{digest[2:4]}/{digest}") as file, TemporaryFile() as spool:
        while piece := file.read(256 * 1024):
            sha.update(piece)
            spool.write(piece)
        if sha.hexdigest() != digest:
            raise Damaged(f"the file {digest} has been changed")
        spool.seek(0)
        store().put(digest, spool, size)


def _restore_rows(connection: sa.Connection, parts: Source, manifest: Manifest) -> None:
    for note in reversed(manifest.tables):
        connection.execute(sa.delete(note.table()))  # what migrations put in by themselves
    for note in manifest.tables:
        _fill(connection, parts, note)
    for note in manifest.tables:
        if note.late:
            _fill_late(connection, parts, note)
        _set_sequence(connection, note)


def _fill(connection: sa.Connection, parts: Source, note: TableNote) -> None:
    table, digest, columns = note.table(), SetDigest(), list(note.columns)
    for rows in _in_batches(_rows(parts, note, digest)):
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        connection.execute(sa.insert(table), [{**row, **dict.fromkeys(note.late)} for row in named])
    if (digest.count, digest.text()) != (note.rows, note.digest):
        raise Damaged(f"the table {note.name} has been changed")


def _fill_late(connection: sa.Connection, parts: Source, note: TableNote) -> None:
    table, columns = note.table(), list(note.columns)
    statement = sa.update(table).where(*(table.c[name] == sa.bindparam(f"key_{name}") for name in note.key))
    statement = statement.values({name: sa.bindparam(f"late_{name}") for name in note.late})
    for rows in _in_batches(_rows(parts, note)):
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        changes = [
            {f"key_{name}": row[name] for name in note.key}
            | {f"late_{name}": row[name] for name in note.late}
            for row in named
            if any(row[name] is not None for name in note.late)
        ]
        if changes:
            connection.execute(statement, changes)


def _set_sequence(connection: sa.Connection, note: TableNote) -> None:
    """PostgreSQL counts on from where its own counter stands, not from the largest number there is."""
    if connection.dialect.name != "postgresql" or len(note.key) != 1 or note.columns[note.key[0]] != "int":
        return
    sequence = connection.scalar(sa.func.pg_get_serial_sequence(note.name, note.key[0]))
    if sequence:
        highest = sa.select(sa.func.coalesce(sa.func.max(note.table().c[note.key[0]]), 0) + 1)
        connection.execute(sa.select(sa.func.setval(sequence, highest.scalar_subquery(), False)))


def _restored_digest(connection: sa.Connection, manifest: Manifest) -> str:
    """Read back from the database, not from what was just written to it."""
    found = Manifest(**{**vars(manifest), "tables": []})
    for note in manifest.tables:
        digest = digest_of(connection, note)
        found.tables.append(TableNote(**{**vars(note), "rows": digest.count, "digest": digest.text()}))
    return found.digest()


def _rows(parts: Source, note: TableNote, digest: SetDigest | None = None) -> Iterator[list[Any]]:
    kinds = list(note.columns.values())
    try:
        with parts.read(f"tables/{note.name}.jsonl.gz") as part, gzip.GzipFile(fileobj=part) as packed:
            for line in packed:
                if digest:
                    digest.add(line.rstrip(b"\n"))
                yield from_line(kinds, line)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise Damaged(f"the table {note.name} cannot be read") from error


def _in_batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    batch: list[list[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS:
            yield batch
            batch = []
    if batch:
        yield batch
