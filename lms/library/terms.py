"""Words of a subject in both languages: a question in one finds what is written in the other.

data/terms.tsv holds subject, Kazakh, Russian. A term of several words counts only when all of them stand
together in the question; its words are paired one by one, or all of them with the one word of the other language.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lms.library.language.analysis import keys_of
from lms.library.language.russian import russian_keys
from lms.library.language.sounds import noun_key

FILE = Path(__file__).parent / "data" / "terms.tsv"


@dataclass(frozen=True)
class Term:
    asked: tuple[str, ...]  # one key for each word as it stands in the list
    found: tuple[frozenset[str], ...]  # keys of the other language, for each word


@cache
def term_rows() -> list[tuple[str, str, str]]:
    with FILE.open(encoding="utf-8") as lines:
        return [(row[0], row[1], row[2]) for row in csv.reader(lines, delimiter="\t") if len(row) == 3][1:]


@cache
def _terms() -> dict[str, list[Term]]:
    """By the key of their first word."""
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for _subject, kazakh, russian in term_rows():
        kk, ru = kazakh.split(), russian.replace("ё", "е").split()
        for asked, other in (
            ([noun_key(one) for one in kk], [russian_keys(one) for one in ru]),
            ([_lemma(one) for one in ru], [frozenset({noun_key(one)}) for one in kk]),
        ):
            paired = _paired(len(asked), other)
            if paired:
                found[asked[0]].append(Term(tuple(asked), paired))
    return dict(found)


def all_terms() -> Iterator[Term]:
    return (term for terms in _terms().values() for term in terms)


def _lemma(word: str) -> str:
    """The key under which the word itself stands, whatever else it may be a form of."""
    keys = russian_keys(word)
    own = f"r:{word}"
    return own if own in keys else min(keys)


def _paired(count: int, other: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    if len(other) == count:
        return tuple(other)
    return tuple(other) * count if len(other) == 1 else ()


def others(words: Sequence[str]) -> dict[str, frozenset[str]]:
    """For words of a question, keys of what the other language calls it."""
    keys = [set(keys_of(word, None)) | {noun_key(word)} for word in words]
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for place in range(len(words)):
        for term in _beginning_with(keys[place]):
            here = keys[place : place + len(term.asked)]
            if len(here) == len(term.asked) and all(
                key in some for key, some in zip(term.asked, here, strict=True)
            ):
                for step, more in enumerate(term.found):
                    found[words[place + step]] |= more
    return dict(found)


def _beginning_with(keys: set[str]) -> Iterator[Term]:
    for key in keys:
        yield from _terms().get(key, ())
