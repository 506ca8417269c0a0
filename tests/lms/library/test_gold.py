"""Words are found by any of their forms, and by no other word's."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from lms.library.index import Index
from lms.library.terms import term_rows
from tests.lms.library.gold import HERE, Entry, Score, entries, judged, texts
from tests.lms.library.typing import typed

pytestmark = pytest.mark.pure
SHARED = Path(os.environ.get("LMS_SHARED", HERE.parent.parent.parent.parent / "shared")) / "data"
OWN = {
    "nouns": (entries(HERE / "gold_kazakh_nouns.tsv"), "kk"),
    "verbs": (entries(HERE / "gold_kazakh_verbs.tsv"), "kk"),
    "russian": (entries(HERE / "gold_russian.tsv"), "ru"),
}
KAZAKH = OWN["nouns"][0] + OWN["verbs"][0]
GIVEN = SHARED / "kk_gold_dev.tsv"
SETS: dict[str, tuple[list[Entry], str]] = dict(OWN)
if GIVEN.exists():
    SETS["given"] = (entries(GIVEN, SHARED / "kk_gold_dev_neutral.tsv"), "kk")


def score(folder: Path, gold: list[Entry], language: str | None, way: str = "") -> Score:
    index = Index(folder)
    index.rebuild(texts(gold, language))
    return judged(gold, index.search, partial(typed, way))


def translated(gold: list[Entry]) -> list[Entry]:
    """Forms of what the other language calls a word are found too, and are meant to be: they do not count."""
    forms = {one.lemma: one.must | {one.lemma} for one in gold}
    pairs = {(kk, ru) for _, kk, ru in term_rows()} | {(ru, kk) for _, kk, ru in term_rows()}
    more = {
        one.lemma: frozenset().union(*(forms.get(to, frozenset()) for word, to in pairs if word == one.lemma))
        for one in gold
    }
    return [replace(one, unscored=one.unscored | (more[one.lemma] - one.must)) for one in gold]


@pytest.mark.parametrize("name", SETS)
def test_a_word_is_found_by_its_forms_and_nothing_else_is(tmp_path: Path, name: str) -> None:
    gold, language = SETS[name]
    got = score(tmp_path, gold, language)
    assert got.recall >= 0.99 and got.precision >= 0.98 and got.trap_share <= 0.03, got


def test_all_sets_together_in_one_index_whose_records_name_no_language(tmp_path: Path) -> None:
    """журнал is a word of both languages, so the Russian lemmas with a Kazakh twin do not count here."""
    gold = [one for set_, _ in SETS.values() for one in set_ if one.lemma != "журнал"]
    got = score(tmp_path, translated(gold), None)
    assert got.recall >= 0.99 and got.precision >= 0.98 and got.trap_share <= 0.03, got


@pytest.mark.parametrize(
    "way, least", [("in Russian letters", 0.97), ("in Latin of 2021", 0.93), ("in everyday Latin", 0.93)]
)
def test_kazakh_is_found_however_it_is_typed(tmp_path: Path, way: str, least: float) -> None:
    gold = KAZAKH + (SETS["given"][0] if "given" in SETS else [])
    got = score(tmp_path, gold, "kk", way)
    assert got.recall >= least and got.precision >= 0.98, got


def test_the_own_sets_are_large_enough() -> None:
    pairs = {name: sum(len(one.must) + len(one.must_not) for one in gold) for name, (gold, _) in OWN.items()}
    assert pairs["nouns"] >= 300 and pairs["verbs"] >= 500 and pairs["russian"] >= 150


def test_a_missing_form_and_a_trap_are_noticed(tmp_path: Path) -> None:
    got = score(tmp_path, [Entry("мектеп", frozenset({"кітап"}), frozenset({"мектебі"}))], "kk")
    assert (got.recall, got.precision, got.trap_share) == (0, 0, 1)
