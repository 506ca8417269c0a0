"""Files of a package on the content site."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.cast import Cast
from tests.lms.player.shelving import content_get, laid_out, shelved, with_more

Statements = Callable[[], AbstractContextManager[list[str]]]
PAGE = {"page.html": b"<html><p>1</p></html>", "shared/sco.js": b"let x = 1"}


def test_a_page_comes_with_the_headers_that_hold_it(cast: Cast) -> None:
    answer = content_get(cast, laid_out(cast, PAGE), "page.html")
    assert answer.status_code == 200 and b"<html" in answer.data
    policy = answer.headers["Content-Security-Policy"]
    for rule in ("frame-src 'self'", "worker-src 'none'", "form-action 'self'"):
        assert rule in policy
    assert "connect-src http://content.localhost:8000/c/" in policy
    assert "frame-ancestors 'self' http://localhost:8000" in policy
    assert answer.headers["Permissions-Policy"].startswith("unload=(self)")
    assert answer.headers["Origin-Agent-Cluster"] == "?1"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers


def test_a_service_worker_is_refused(cast: Cast) -> None:
    version = laid_out(cast, PAGE)
    assert content_get(cast, version, "shared/sco.js").status_code == 200
    assert (
        content_get(cast, version, "shared/sco.js", headers={"Service-Worker": "script"}).status_code == 403
    )


def test_files_are_sent_in_ranges_and_only_once(cast: Cast) -> None:
    version = laid_out(cast, {"film.mp4": bytes(range(256)) * 40})
    part = content_get(cast, version, "film.mp4", headers={"Range": "bytes=256-259"})
    assert (part.status_code, part.data, part.headers["Content-Type"]) == (
        206,
        b"\x00\x01\x02\x03",
        "video/mp4",
    )
    assert "Content-Security-Policy" in part.headers
    tag = part.headers["ETag"]
    assert content_get(cast, version, "film.mp4", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "asked", ["Суреттер/тау.html", "%D0%A1%D1%83%D1%80%D0%B5%D1%82%D1%82%D0%B5%D1%80/%D1%82%D0%B0%D1%83.html", "СУРЕТТЕР/Тау.HTML", "Суреттер/тау.html?a=%D1%82&b=1", "./Суреттер//x/../тау.html"]
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(asked: str, cast: Cast) -> None:
    version = laid_out(cast, {"Суреттер/тау.html": "<p>Хан Тәңірі</p>".encode()}, "utf-8")
    answer = content_get(cast, version, asked, follow_redirects=True)
    assert answer.status_code == 200 and "Тәңірі" in answer.text


def test_letters_of_an_old_code_page_are_found(cast: Cast) -> None:
    version = laid_out(cast, {"тест.html": b"<p>1</p>"})
    client = cast.app.test_client()
    name = "тест.html".encode("cp1251").decode("latin-1")
    answer = client.get(
        "/", base_url="http://content.localhost:8000", buffered=True,
        environ_overrides={"PATH_INFO": f"/c/{version.capability}/{name}"},
    )  # fmt: skip
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "asked", ["../secret-key", "%2e%2e/%2e%2e/lms.db", "..%5c..%5clms.db", "no.html", "C:/x", "%00"]
)
def test_what_is_not_in_the_package_is_not_there(asked: str, cast: Cast) -> None:
    assert content_get(cast, laid_out(cast, PAGE), asked).status_code in (404, 308)


def test_an_encoding_is_named_only_where_it_is_known(cast: Cast) -> None:
    version = shelved(
        cast,
        with_more({
            "a.html": "<p>Қазақстан</p>".encode(), "b.html": "<p>Россия</p>".encode("cp1251"),
            "c.js": "x = 'ә'".encode(), "d.неизвестно": b"\x00<script>", "e.html": b"<p>plain</p>",
        }),
    )  # fmt: skip
    kinds = [
        content_get(cast, version, name).headers["Content-Type"]
        for name in ("a.html", "b.html", "c.js", "e.html")
    ]
    assert kinds == ["text/html; charset=utf-8", "text/html", "text/javascript; charset=utf-8", "text/html"]
    unknown = content_get(cast, version, "d.неизвестно")
    assert unknown.headers["Content-Type"] == "application/octet-stream"


def test_the_content_site_is_the_only_one_that_serves_packages(cast: Cast) -> None:
    version = laid_out(cast, PAGE)
    assert cast.visitor().get(f"/c/{version.capability}/page.html").status_code == 404
    other = cast.app.test_client().get(f"/c/{'0' * 32}/page.html", base_url="http://content.localhost:8000")
    assert other.status_code == 404


def test_a_file_costs_two_statements(cast: Cast, statements: Statements) -> None:
    version = laid_out(cast, PAGE)
    with statements() as asked:
        content_get(cast, version, "page.html")
    assert len(asked) <= 2
