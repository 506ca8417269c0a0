"""Files by the hash of their content, in a folder and in S3."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from lms.core import storage
from lms.core.db import db, edge
from lms.core.settings import load_settings
from lms.core.storage import sweeping
from lms.core.storage.models import MARK
from lms.people.models import Person
from tests.cast import Cast

WORDS = "Тіл – жанның айнасы. ".encode() * 1000


@pytest.fixture(params=["folder", "s3"])
def store(request: Any, app: Flask, tmp_path: Path) -> Iterator[storage.Store]:
    before = app.extensions["store"]
    more: dict[str, Any] = {"data": str(tmp_path)}
    if request.param == "s3":
        more |= {"storage_url": "s3://files/school", "s3_endpoint": request.getfixturevalue("s3")}
    app.extensions["store"] = storage.make_store(load_settings({}, **more))
    yield app.extensions["store"]
    app.extensions["store"] = before


def kept(data: bytes, media_type: str = "text/plain") -> storage.Blob:
    with edge():
        return storage.keep(io.BytesIO(data), media_type)


def read(digest: str, *window: int) -> bytes:
    file = storage.open_blob(digest, *window)
    try:
        return file.read()
    finally:
        file.close()


def test_what_is_kept_is_read_back_whole_and_in_part(store: storage.Store) -> None:
    blob = kept(WORDS)
    assert (blob.digest, blob.size) == (hashlib.sha256(WORDS).hexdigest(), len(WORDS))
    assert read(blob.digest) == WORDS
    assert read(blob.digest, 10, 30) == WORDS[10:30]
    assert read(blob.digest, len(WORDS) - 5) == WORDS[-5:]


def test_the_same_bytes_are_kept_once_with_the_kind_first_seen(store: storage.Store) -> None:
    first, second = kept(WORDS, "text/plain"), kept(WORDS, "text/html")
    assert first.digest == second.digest
    assert second.media_type == "text/plain"


def test_an_empty_file_is_a_file(store: storage.Store) -> None:
    assert read(kept(b"").digest) == b""


def test_a_file_that_went_missing_says_so_and_is_written_anew_when_kept_again(store: storage.Store) -> None:
    digest = kept(WORDS).digest
    store.remove(digest)
    assert store.size(digest) is None
    with pytest.raises(storage.BlobMissing):
        read(digest)
    kept(WORDS)
    assert read(digest) == WORDS


def test_a_failed_request_leaves_no_row(store: storage.Store) -> None:
    with pytest.raises(ZeroDivisionError), edge():
        digest = storage.keep(io.BytesIO(WORDS)).digest
        raise ZeroDivisionError
    assert db.session.get(storage.Blob, digest) is None


def test_a_needed_column_is_marked() -> None:
    assert storage.needed().column.info == {MARK: True}


def test_the_sweep_takes_what_nobody_needs_after_a_day(
    store: storage.Store, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "needing_columns", lambda: [Person.__table__.c.email])
    needed, forgotten = kept(b"needed").digest, kept(b"forgotten").digest
    with edge():
        cast.person("teacher").email = needed
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        assert storage.sweep() == 0  # only marked
        clock.shift(timedelta(hours=23))
        assert storage.sweep() == 0
        clock.shift(timedelta(hours=2))
        assert storage.sweep() == 1
    assert read(needed) == b"needed"
    assert store.size(forgotten) is None


def test_what_is_kept_again_within_the_day_stays(
    store: storage.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "needing_columns", lambda: [Person.__table__.c.email])
    digest = kept(b"wanted after all").digest
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        storage.sweep()
        clock.shift(timedelta(hours=20))
        kept(b"wanted after all")
        storage.sweep()
        clock.shift(timedelta(hours=10))
        assert storage.sweep() == 0
    assert read(digest) == b"wanted after all"
