"""Words of a text, where each stands, and which languages each can be of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 64  # a longer run of letters is no word of any language; it is cut, not dropped
_WORD = re.compile(r"[^\W_]+(?:[’'ʼ`][^\W_]+)*")
_ONLY_KAZAKH = re.compile(r"[әғқңөұүһі]")
_NEVER_KAZAKH = re.compile(r"[ъщё]")
_CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]")
_ONLY_CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]+")
LATIN = re.compile(r"[a-zäğıñöşūüåáǵńóúý’'ʼ`ʹ]+")

# Words that carry no question of their own, in both languages.
SMALL_WORDS = frozenset(
    [
        "және",
        "мен",
        "пен",
        "бен",
        "немесе",
        "үшін",
        "туралы",
        "бойынша",
        "арқылы",
        "деген",
        "бұл",
        "сол",
        "осы",
        "ол",
        "де",
        "да",
        "қалай",
        "қандай",
        "не",
        "бір",
        "и",
        "в",
        "во",
        "на",
        "с",
        "со",
        "о",
        "об",
        "по",
        "для",
        "из",
        "к",
        "ко",
        "от",
        "до",
        "у",
        "за",
        "а",
        "но",
        "или",
        "что",
        "как",
        "это",
        "не",
        "при",
        "под",
        "над",
        "без",
        "же",
        "ли",
        "бы",
    ]
)


@dataclass(frozen=True, slots=True)
class Word:
    text: str  # lower case
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    for found in _WORD.finditer(text):
        yield Word(found[0].lower()[:LONGEST], found.start(), found.end())


def texts_of(line: str) -> list[str]:
    """The same words without their places."""
    return [found.lower()[:LONGEST] for found in _WORD.findall(line)]


def is_cyrillic(word: str) -> bool:
    return bool(_ONLY_CYRILLIC.fullmatch(word))


def is_latin(word: str) -> bool:
    return bool(LATIN.fullmatch(word)) and not _CYRILLIC.search(word)


def can_be_kazakh(word: str, language: str | None) -> bool:
    """A letter Kazakh writes only in Russian words settles it; else the record's language, when known."""
    if _ONLY_KAZAKH.search(word):
        return True
    return language != "ru" and is_cyrillic(word) and not (language is None and _NEVER_KAZAKH.search(word))


def can_be_russian(word: str, language: str | None) -> bool:
    return is_cyrillic(word) and not _ONLY_KAZAKH.search(word) and language != "kk"


def written_in(title: str) -> str:
    """Where nobody says the language: letters only Kazakh has, other Cyrillic, or neither."""
    small = title.lower()
    if _ONLY_KAZAKH.search(small):
        return "kk"
    return "ru" if _CYRILLIC.search(small) else "en" if re.search("[a-z]", small) else "kk"
