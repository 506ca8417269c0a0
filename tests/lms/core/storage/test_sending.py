"""A stored file as an answer: RFC 9110 §13 and §14, step by step."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.test import TestResponse

from lms.core import storage
from lms.core.db import edge
from lms.core.settings import load_settings

DATA = bytes(range(256)) * 4


class Reader:
    """Somebody who asks for the file with these headers."""

    def __init__(self, app: Flask, digest: str) -> None:
        self.app, self.digest = app, digest

    def asks(self, method: str = "GET", name: str = "lesson.mp4", **headers: str) -> TestResponse:
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        with self.app.test_request_context(base_url="http://localhost:8000", method=method, headers=named):
            answer: Response
            try:
                answer = storage.send(self.digest, name, "video/mp4")
            except Exception as error:
                answer = self.app.make_response(self.app.handle_user_exception(error))
            body = b"".join(answer.iter_encoded())
            answer.close()
            return TestResponse([body], answer.status, answer.headers, request=None)  # type: ignore[arg-type]


@pytest.fixture
def reader(app: Flask) -> Reader:
    with edge():
        return Reader(app, storage.keep(io.BytesIO(DATA), "video/mp4").digest)


def test_the_whole_file_may_be_kept_for_ever(reader: Reader) -> None:
    answer = reader.asks()
    assert (answer.status_code, answer.data) == (200, DATA)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["ETag"] == f'"{reader.digest}"'
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_head_says_the_length_and_sends_nothing(reader: Reader) -> None:
    answer = reader.asks("HEAD")
    assert answer.headers["Content-Length"] == str(len(DATA))
    assert answer.data == b""


@pytest.mark.parametrize(
    ("wanted", "span"),
    [("bytes=0-99", (0, 100)), ("bytes=1000-", (1000, 1024)), ("bytes=-24", (1000, 1024)),
     ("bytes=0-", (0, 1024)), ("bytes=1000-9999", (1000, 1024))],
)  # fmt: skip
def test_a_range_is_answered_with_206(reader: Reader, wanted: str, span: tuple[int, int]) -> None:
    answer = reader.asks(Range=wanted)
    assert answer.status_code == 206
    assert answer.data == DATA[slice(*span)]
    assert answer.headers["Content-Range"] == f"bytes {span[0]}-{span[1] - 1}/1024"
    assert answer.headers["Content-Length"] == str(span[1] - span[0])


def test_a_range_behind_the_end_is_answered_with_416_and_the_length(reader: Reader) -> None:
    answer = reader.asks(Range="bytes=1024-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */1024"


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "lines=1-2", "bytes=x-y", "bytes=9-1"])
def test_what_is_not_one_range_of_bytes_is_answered_with_the_whole(reader: Reader, wanted: str) -> None:
    assert reader.asks(Range=wanted).data == DATA


def test_if_range_with_the_same_bytes_goes_on_and_with_others_starts_anew(reader: Reader) -> None:
    same = reader.asks(Range="bytes=1000-", If_Range=f'"{reader.digest}"')
    other = reader.asks(Range="bytes=1000-", If_Range='"another"')
    dated = reader.asks(Range="bytes=1000-", If_Range="Sat, 21 Nov 2026 06:00:00 GMT")
    assert [same.status_code, other.status_code, dated.status_code] == [206, 200, 200]


def test_a_browser_that_has_it_gets_304(reader: Reader) -> None:
    answer = reader.asks(If_None_Match=f'"{reader.digest}"')
    assert (answer.status_code, answer.data) == (304, b"")


def test_a_name_in_kazakh_letters_reaches_new_and_old_browsers(reader: Reader) -> None:
    given = reader.asks(name='Әуен "1".mp4').headers["Content-Disposition"]
    assert (
        given == "inline; filename=\"______1_.mp4\"; filename*=UTF-8''%D3%98%D1%83%D0%B5%D0%BD%20%221%22.mp4"
    )


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/zip"])
def test_what_a_browser_would_run_is_a_download(app: Flask, kind: str) -> None:
    with edge():
        digest = storage.keep(io.BytesIO(b"<script>alert(1)</script>"), kind).digest
    with app.test_request_context(base_url="http://localhost:8000"):
        answer = storage.send(digest, "page", kind)
        answer.close()
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.fixture
def behind_nginx(app: Flask) -> Iterator[None]:
    before = app.extensions["settings"]
    more: dict[str, Any] = {"accel_prefix": "/stored/"}
    app.extensions["settings"] = load_settings({}, data=before.data, **more)
    yield
    app.extensions["settings"] = before


def test_behind_nginx_only_the_place_of_the_file_is_sent(reader: Reader, behind_nginx: None) -> None:
    answer = reader.asks(Range="bytes=0-9")
    digest = reader.digest
    assert answer.headers["X-Accel-Redirect"] == f"/stored/{digest[:2]}/{digest[2:4]}/{digest}"
    assert answer.status_code == 200
    assert answer.data == b""


def test_a_file_nobody_kept_is_not_found(app: Flask) -> None:
    assert Reader(app, "0" * 64).asks().status_code == 404
