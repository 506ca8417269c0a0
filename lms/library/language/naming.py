"""Under which keys a dictionary's word is found, and which of them a form on a page may belong to."""

from __future__ import annotations

from collections.abc import Iterator

from lms.library.language.kazakh import infinitives
from lms.library.language.letters import mended
from lms.library.language.nouns import ladder
from lms.library.language.russian import is_russian_lemma, russian_keys
from lms.library.language.sounds import noun_key
from lms.library.language.words import SMALL_WORDS, can_be_kazakh, can_be_russian, words_of

LONGEST_KEY = 80


def plain_words(text: str) -> list[str]:
    return [word.text for word in words_of(mended(text))]


def entry_keys(text: str, language: str) -> list[str]:
    """One for each word of an entry; words like "and" only where there are no others."""
    words = plain_words(text)
    telling = [word for word in words if word not in SMALL_WORDS] or words
    return [key[:LONGEST_KEY] for word in telling for key in _named(word, language)]


def _named(word: str, language: str) -> list[str]:
    if language != "ru":
        return [noun_key(word)]
    keys = russian_keys(word)
    own = f"r:{word.replace('ё', 'е')}"
    return [own] if is_russian_lemma(word) and own in keys else sorted(keys)


def form_keys(word: str) -> set[str]:
    """Every entry the word can be a form of."""
    return {key[:LONGEST_KEY] for key in _readings(word)}


def _readings(word: str) -> Iterator[str]:
    yield noun_key(word)
    if can_be_kazakh(word, None):
        yield from map(noun_key, ladder(word))
        yield from map(noun_key, infinitives(word))
    if can_be_russian(word, None):
        yield from russian_keys(word)
