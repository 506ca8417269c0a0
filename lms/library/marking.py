"""What is shown of a text that was found: its best piece, with the words that were asked for marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lms.library.language.analysis import keys_of
from lms.library.language.letters import mended
from lms.library.language.words import words_of

LENGTH = 220  # characters of a piece
_LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


def marked(text: str, keys: frozenset[str], language: str | None = None) -> list[Piece]:
    """The whole text in pieces."""
    return list(_pieces(text, _hits(text, keys, language), 0, len(text)))


def best_piece(text: str, keys: frozenset[str], language: str | None = None) -> list[Piece]:
    """Where most of what was asked for stands together; nothing when none of it does."""
    text = " ".join(mended(text[:_LONGEST_TEXT]).split())
    hits = _hits(text, keys, language)
    if not hits:
        return []
    start = max(
        hits,
        key=lambda one: (len({word for at, _, word in hits if one[0] <= at < one[0] + LENGTH - 40}), -one[0]),
    )[0]
    first = _word_start(text, max(0, start - 40))
    last = _word_end(text, min(len(text), first + LENGTH))
    pieces = list(_pieces(text, [hit for hit in hits if first <= hit[0] and hit[1] <= last], first, last))
    before = [Piece("… ")] if first else []
    return [*before, *pieces, *([Piece(" …")] if last < len(text) else [])]


def _hits(text: str, keys: frozenset[str], language: str | None) -> list[tuple[int, int, str]]:
    return [
        (word.start, word.end, word.text)
        for word in words_of(text)
        if not keys.isdisjoint(keys_of(word.text, language))
    ]


def _pieces(text: str, hits: list[tuple[int, int, str]], first: int, last: int) -> Iterator[Piece]:
    at = first
    for start, end, _ in hits:
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], True)
        at = end
    if at < last:
        yield Piece(text[at:last])


def _word_start(text: str, at: int) -> int:
    space = text.rfind(" ", 0, at + 1)
    return space + 1 if at and space >= 0 else at if at else 0


def _word_end(text: str, at: int) -> int:
    space = text.find(" ", at)
    return space if 0 <= space < at + 30 else at
