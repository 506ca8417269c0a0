"""Every form of common school words, put together by rule, comes back to its word and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.library.index import Index
from tests.lms.library.gold import HERE, Entry, Score, judged, texts
from tests.lms.library.paradigms import Word, noun, verb
from tests.lms.library.typing import typed

pytestmark = pytest.mark.pure
# A stem whose base changes before a vowel stands with that base; loans that take soft endings have a mark.
NOUNS = (HERE / "school_nouns.txt").read_text("utf-8").split()
VERBS = (HERE / "school_verbs.txt").read_text("utf-8").split()


def nouns(some: list[str]) -> list[Word]:
    return [_noun(*one.partition("/")[::2]) for one in some]


def _noun(lemma: str, base: str) -> Word:
    front = True if lemma[-1] == "*" or base == "педагог" else False if lemma[-1] == "-" else None
    return noun(lemma.rstrip("*-"), front, base)


def found(folder: Path, words: list[Word], asked: list[Word], way: str = "") -> Score:
    """Of all the words' forms in one index, what these find."""
    gold = {one.lemma: Entry(one.lemma, one.forms - {one.lemma}, frozenset()) for one in words}
    index = Index(folder)
    index.rebuild(texts(list(gold.values()), "kk"))
    return judged([gold[one.lemma] for one in asked], lambda word, _: index.search(word, 5000), lambda word: typed(way, word))  # fmt: skip


def test_nouns_and_verbs_in_some_of_their_forms(tmp_path: Path) -> None:
    words = nouns(NOUNS[::5]) + [verb(stem) for stem in VERBS[::6]]
    got = found(tmp_path, words, words)
    assert got.recall >= 0.995 and got.precision >= 0.99, got


@pytest.mark.soak
@pytest.mark.parametrize(
    "way, least", [("", 0.998), ("in Russian letters", 0.97), ("in everyday Latin", 0.93)]
)
def test_every_form_of_every_word(tmp_path: Path, way: str, least: float) -> None:
    kinds = nouns(NOUNS), [verb(stem) for stem in VERBS]
    for asked, exact in zip(kinds, (0.99, 0.98), strict=True):
        got = found(tmp_path, kinds[0] + kinds[1], asked, way)
        assert got.recall >= least and got.precision >= exact, got
