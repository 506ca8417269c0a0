"""Files that arrive in pieces."""

from __future__ import annotations

from contextlib import closing
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from lms.core import clock, storage, uploads
from lms.core.db import db, edge
from lms.core.uploads import service
from lms.core.uploads.models import Upload
from tests.cast import SITE, Browser, Cast

CONTENT = "Ойда жақсы ой болсын. ".encode() * 400


def begins(browser: Browser, size: int = len(CONTENT), name: str = "сабақ.zip") -> TestResponse:
    return sends(browser, "POST", "/uploads", json={"name": name, "size": size})


def adds(browser: Browser, key: str, offset: int, piece: bytes) -> TestResponse:
    more = {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"}
    return sends(browser, "PATCH", f"/uploads/{key}", data=piece, headers=more)


def sends(browser: Browser, method: str, path: str, **more: Any) -> TestResponse:
    headers = {"Origin": SITE, "X-CSRFToken": browser.token, **more.pop("headers", {})}  # type: ignore[attr-defined]
    return browser.client.open(path, method=method, base_url=SITE, headers=headers, **more)


@pytest.fixture
def sender(cast: Cast) -> Browser:
    browser = cast.signed_in("teacher")
    browser.token = browser.csrf_token()  # type: ignore[attr-defined]
    return browser


def test_pieces_become_the_file(sender: Browser, cast: Cast) -> None:
    key = begins(sender).get_json()["id"]
    assert adds(sender, key, 0, CONTENT[:1000]).get_json()["offset"] == 1000
    assert adds(sender, key, 1000, CONTENT[1000:]).get_json()["offset"] == len(CONTENT)
    with edge():
        upload = db.session.get_one(Upload, UUID(key))
        assert upload.complete
        blob = uploads.take(upload)
    with closing(storage.open_blob(blob.digest)) as file:  # type: ignore[type-var]
        assert file.read() == CONTENT
    assert not service.path_of(upload.id).exists()


def test_after_a_break_the_server_says_where_to_go_on(sender: Browser) -> None:
    key = begins(sender).get_json()["id"]
    adds(sender, key, 0, CONTENT[:1000])
    assert sender.get(f"/uploads/{key}").get_json()["offset"] == 1000
    again = adds(sender, key, 0, CONTENT[:1000])
    assert (again.status_code, again.get_json()["offset"]) == (409, 1000)


def test_bytes_that_were_never_acknowledged_are_written_again(sender: Browser) -> None:
    """The server was killed between disk and row: the file is longer than the row says."""
    key = begins(sender).get_json()["id"]
    adds(sender, key, 0, CONTENT[:1000])
    path = service.path_of(UUID(key))
    with path.open("ab") as file:
        file.write(b"half a piece")
    adds(sender, key, 1000, CONTENT[1000:])
    assert path.read_bytes() == CONTENT


def test_somebody_elses_upload_does_not_exist(sender: Browser, cast: Cast) -> None:
    key = begins(sender).get_json()["id"]
    other = cast.signed_in("director")
    other.token = other.csrf_token()  # type: ignore[attr-defined]
    assert adds(other, key, 0, b"x").status_code == 404
    assert other.get(f"/uploads/{key}").status_code == 404


@pytest.mark.parametrize("size", [0, -5, "12", None, 10**12])
def test_a_size_that_cannot_be_is_refused_before_the_first_byte(sender: Browser, size: Any) -> None:
    assert begins(sender, size).status_code in (400, 413)
    assert db.session.query(Upload).count() == 0


def test_more_than_was_announced_is_refused(sender: Browser) -> None:
    key = begins(sender, 10).get_json()["id"]
    assert adds(sender, key, 0, b"x" * 11).status_code == 413
    assert sender.get(f"/uploads/{key}").get_json()["offset"] == 0


def test_the_twenty_first_upload_within_an_hour_waits(sender: Browser) -> None:
    assert [begins(sender).status_code for _ in range(21)] == [201] * 20 + [429]


def test_what_nobody_went_on_with_is_swept(sender: Browser) -> None:
    old, fresh = (begins(sender).get_json()["id"] for _ in range(2))
    with edge():
        row = db.session.get_one(Upload, UUID(old))
        row.touched_at = clock.now() - service.KEPT_FOR - service.KEPT_FOR
    with edge():
        assert uploads.sweep() == 1
    assert not service.path_of(UUID(old)).exists()
    assert service.path_of(UUID(fresh)).exists()
