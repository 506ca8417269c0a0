"""Pages are packed for those who can unpack them, and their size gives nothing away."""

from __future__ import annotations

import gzip

from tests.cast import Cast

PACKED = {"Accept-Encoding": "gzip"}


def test_a_page_is_packed_when_the_browser_takes_it(cast: Cast) -> None:
    plain, packed = cast.visitor().get("/sign-in"), cast.visitor().get("/sign-in", headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert b"<!doctype html>" in gzip.decompress(packed.data)
    assert len(packed.data) < len(plain.data) * 0.7
    assert "Content-Encoding" not in plain.headers


def test_the_same_page_leaves_in_many_sizes(cast: Cast) -> None:
    browser = cast.visitor()
    assert len({len(browser.get("/sign-in", headers=PACKED).data) for _ in range(30)}) > 10


def test_a_short_answer_is_left_alone(cast: Cast) -> None:
    assert "Content-Encoding" not in cast.visitor().get("/healthz", headers=PACKED).headers
