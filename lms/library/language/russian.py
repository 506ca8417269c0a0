"""Keys of Russian words: every dictionary lemma; a stem for words the dictionary lacks.

Lemmas carry the prefix r: and stems s:, so that Russian сабан never meets a Kazakh key.
"""

from __future__ import annotations

import threading
from functools import lru_cache

import snowballstemmer
from pymorphy3 import MorphAnalyzer


@lru_cache(maxsize=1)
def _dictionary() -> MorphAnalyzer:
    """Loaded when first asked for: it takes a tenth of a second and 20 MB."""
    return MorphAnalyzer(lang="ru")


class _Stemmers(threading.local):
    """One for each thread: a stemmer keeps the word it is at in itself."""

    def __init__(self) -> None:
        self.own = snowballstemmer.stemmer("russian")


_stemmers = _Stemmers()


@lru_cache(maxsize=100_000)
def russian_keys(word: str) -> frozenset[str]:
    dictionary = _dictionary()
    if dictionary.word_is_known(word):
        return frozenset(f"r:{_plain(parse.normal_form)}" for parse in dictionary.parse(word))
    return frozenset({f"s:{_stemmers.own.stemWord(_plain(word))}"})


@lru_cache(maxsize=20_000)
def stems_of_forms(lemma: str) -> frozenset[str]:
    """Stems of all forms of a dictionary word: what a stemmer without the dictionary makes of them."""
    forms = {
        _plain(form.word)
        for parse in _dictionary().parse(lemma)
        if _plain(parse.normal_form) == lemma
        for form in parse.lexeme
    }
    return frozenset(_stemmers.own.stemWord(form) for form in forms | {lemma})


def is_russian(word: str) -> bool:
    return bool(_dictionary().word_is_known(word))


def is_russian_lemma(word: str) -> bool:
    """The word stands in the dictionary as it is, not only as a form of another."""
    return f"r:{_plain(word)}" in russian_keys(word)


def _plain(word: str) -> str:
    return word.replace("ё", "е")
