"""`lms library try` as whoever tunes the search uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lms.commands import main

pytestmark = pytest.mark.pure


def attempt(folder: Path, docs: list[object], queries: bytes, *options: str) -> list[dict[str, object]]:
    (folder / "docs.jsonl").write_text("".join(json.dumps(one) + "\n" for one in docs), "utf-8")
    (folder / "queries.txt").write_bytes(queries)
    command = ["library", "try", str(folder / "docs.jsonl"), str(folder / "queries.txt"), *options]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


DOCS: list[object] = [
    {"id": 1, "lang": "kk", "title": "Қысым", "text": "Сұйықтың қысымы"},
    {"id": "b", "lang": "ru", "title": "Давление", "text": "Давление жидкости"},
    {"id": "c", "lang": None, "title": None, "text": "Кітап — книга"},
]


def test_every_query_gets_one_line_with_ranked_ids_and_the_time_it_took(tmp_path: Path) -> None:
    answers = attempt(tmp_path, DOCS, "қысымның\nжидкость\n\nkitap\r\n*\n".encode())
    assert [one["query"] for one in answers] == ["қысымның", "жидкость", "", "kitap", "*"]
    assert [one["ids"] for one in answers] == [[1, "b"], ["b", 1], [], ["c"], []]
    assert all(isinstance(one["ms"], float) for one in answers)


def test_bytes_that_are_no_text_are_a_query_too(tmp_path: Path) -> None:
    answers = attempt(tmp_path, DOCS, b"\xed\xa0\x80\n\xff\xfe\n")
    assert [one["ids"] for one in answers] == [[], []]
    assert [one["query"] for one in attempt(tmp_path, DOCS, b"\xed\xa0\x80\n")] == ["\ud800"]


def test_postgres_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_DATABASE_URL", "")
    (tmp_path / "docs.jsonl").write_text("")
    (tmp_path / "queries.txt").write_text("")
    command = [
        "library",
        "try",
        str(tmp_path / "docs.jsonl"),
        str(tmp_path / "queries.txt"),
        "--engine",
        "postgres",
    ]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1 and "LMS_DATABASE_URL" in result.output
