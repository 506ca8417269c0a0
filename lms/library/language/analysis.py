"""From a text to (position, key), the one analysis of both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lms.library.language import kazakh
from lms.library.language.letters import mended
from lms.library.language.russian import russian_keys
from lms.library.language.sounds import noun_key
from lms.library.language.words import can_be_kazakh, can_be_russian, is_cyrillic, texts_of

LAST_POSITION = 16_000  # PostgreSQL counts no further; long works are indexed page by page
_ENOUGH = 8  # words that tell the language of a line
_KAZAKH_LETTER = re.compile(r"[әғқңөұүһі]")


@lru_cache(maxsize=200_000)
def keys_of(word: str, language: str | None) -> tuple[str, ...]:
    """Every key under which the index holds the word."""
    keys: frozenset[str] = frozenset()
    if can_be_kazakh(word, language):
        keys |= kazakh.index_keys(word)
    if can_be_russian(word, language):
        keys |= russian_keys(word)
    return tuple(sorted(keys)) or (noun_key(word),)


def analysed(text: str, language: str | None = None, first: int = 0) -> Iterator[tuple[int, str]]:
    """(position, key) for every word of the text; all keys of one word stand at its position."""
    position = first
    for line in mended(text).splitlines():
        words = texts_of(line)
        spoken = line_language(words, language)
        for word in words:
            place = min(position, LAST_POSITION)
            for key in keys_of(word, spoken):
                yield place, key
            position += 1


def said(title: str) -> Iterator[tuple[int, str]]:
    """The words of a title as they were written: what is suggested while somebody types."""
    return ((place, f"t:{word}") for place, word in enumerate(texts_of(mended(title))))


def line_language(words: list[str], declared: str | None) -> str | None:
    """The declared language, unless the line is long enough to tell otherwise: records quote each other's languages."""
    cyrillic = [word for word in words if is_cyrillic(word)]
    if len(cyrillic) < _ENOUGH:
        return declared
    share = sum(bool(_KAZAKH_LETTER.search(word)) for word in cyrillic) / len(cyrillic)
    if share == 0:
        return "ru" if declared != "kk" else None
    return "kk" if declared != "ru" and share > 0.55 else declared if share > 0.2 else None
