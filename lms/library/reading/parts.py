"""A part of a text that can be named to a reader: page 12, slide 3, minute 5."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lms.library.language.letters import mended

MOST_PARTS = 2_000
LONGEST_PART = 20_000  # characters; what is longer is cut into several
MOST_WORDS = 6_000_000  # characters of one file


@dataclass(frozen=True)
class Part:
    unit: str  # page, slide, part, minute
    place: int
    words: str


class Unreadable(Exception):
    """The file is damaged, locked with a password, or not what its name says."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def tidied(parts: Iterable[Part]) -> Iterator[Part]:
    """Letters mended, empty parts left out, nothing without end."""
    count = size = 0
    for part in parts:
        words = "\n".join(filter(None, (" ".join(line.split()) for line in mended(part.words).splitlines())))
        for start in range(0, len(words), LONGEST_PART):
            piece = words[start : start + LONGEST_PART]
            count, size = count + 1, size + len(piece)
            if count > MOST_PARTS or size > MOST_WORDS:
                return
            yield Part(part.unit, part.place, piece)
