"""A question on paper as plain pieces, which PDF and Word each draw in their way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lms.quizzes.queries.taking import Drawn
from lms.quizzes.questions.base import letter, words

BLANK = "________"
LINES = {
    "essay": 12,
    "formula": 1,
    "number": 1,
    "calculated": 1,
    "short_text": 1,
    "file": 1,
    "audio": 1,
    "drawing": 10,
}


@dataclass(frozen=True)
class Piece:
    """`shape`: markup, option (with its sign), table, picture, lines. Markup may hold formulas."""

    shape: str
    text: str = ""
    sign: str = ""
    rows: list[list[str]] = field(default_factory=list)
    count: int = 0


def pieces_of(one: Drawn) -> Iterator[Piece]:
    shown = one.shown
    yield Piece("markup", shown["stem"])
    for file in shown["media"]:
        if file["type"].startswith("image/"):
            yield Piece("picture", file["alt"], file["file"])
    yield from _answer(one.kind.name, shown)


def _answer(kind: str, shown: dict[str, Any]) -> Iterator[Piece]:
    if kind == "true_false":
        yield Piece("choice")
    elif kind in ("matching", "classification"):
        for place, row in enumerate(shown["rows"], 1):
            yield Piece("option", f"{row['text']} — {BLANK}", f"{place}.")
        yield from _lettered(shown["values"])
    elif kind == "ordering":
        for row in shown["steps"]:
            yield Piece("option", row["text"], "☐")
    elif kind == "gaps":
        yield Piece(
            "markup", "".join(_gap(shown, place, piece) for place, piece in enumerate(shown["pieces"]))
        )
    elif kind == "table":
        rows = [[cell.get("given", BLANK) for cell in row] for row in shown["rows"]]
        yield Piece("table", rows=[shown["head"], *rows])
    elif "options" in shown:
        yield from _lettered(shown["options"])
    elif kind in LINES:
        yield Piece("lines", count=LINES[kind])


def _lettered(rows: list[dict[str, Any]]) -> Iterator[Piece]:
    for place, row in enumerate(rows):
        yield Piece("option", row["text"], f"{letter(place)})")


def _gap(shown: dict[str, Any], place: int, piece: str) -> str:
    if place % 2 == 0:
        return piece
    options = " / ".join(text for _key, text in shown["gaps"][piece].get("options", []))
    return f"{BLANK} ({options})" if options else BLANK


def key_line(one: Drawn) -> str:
    """The right answer in words, with the letters of the options as this paper has them."""
    texts = [row["text"] for row in one.shown.get("options", [])]
    plain = {text: letter(place) for place, text in enumerate(texts)}
    said = one.key
    letters = [sign for text, sign in plain.items() if words(text) in said] if not one.kind.by_hand else []
    return " · ".join(filter(None, (", ".join(letters), "; ".join(said))))
