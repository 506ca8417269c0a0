"""The search on the stick cuts words as the site does: the same keys for every word of the gold sets."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from lms.library.asking import Asker
from lms.library.carrying.offline_index import index_of, rules, terms_in
from lms.library.language.analysis import keys_of
from lms.library.language.tolerant import Lexicon
from lms.library.records import Record
from tests.lms.library.gold import texts
from tests.lms.library.test_gold import OWN, SETS
from tests.lms.library.typing import typed
from tests.scorm.adapter.peers import NODE

pytestmark = pytest.mark.pure
HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ASKING = ROOT / "lms" / "web" / "assets" / "library" / "asking.ts"
KAZAKH = ["nouns", "verbs", *(["given"] if "given" in SETS else [])]


class Offline:
    """The browser's half, asked through Node."""

    def __init__(self, records: list[Record]) -> None:
        self.index = index_of(records)
        self.counts = {key: len(row) // 2 for key, row in self.index["keys"].items()}

    def told(self, words: list[str], language: str | None) -> list[dict[str, Any]]:
        given = {
            "rules": rules(), "counts": self.counts, "stems": self.index["stems"], "words": words,
            "terms": terms_in(self.index["keys"]), "language": language,
        }  # fmt: skip
        answer = subprocess.run(
            [NODE, str(HERE / "offline_analysis.mjs"), str(ASKING)],
            cwd=ROOT, input=json.dumps(given), capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert answer.returncode == 0, answer.stderr
        found: list[dict[str, Any]] = json.loads(answer.stdout)
        return found


@pytest.mark.parametrize("name", KAZAKH)
def test_every_kazakh_form_has_the_keys_it_has_on_the_site(name: str) -> None:
    gold, language = SETS[name]
    words = sorted({form for one in gold for form in {one.lemma} | one.must | one.must_not})
    offline = Offline([Record("1", "", " ".join(words), language)])
    for word, told in zip(words, offline.told(words, "kk"), strict=True):
        assert told["index"] == sorted(keys_of(word, "kk")), word


@pytest.mark.parametrize("name", KAZAKH)
@pytest.mark.parametrize("way", ["", "in Russian letters", "in everyday Latin"])
def test_a_question_finds_offline_what_it_finds_on_the_site(name: str, way: str) -> None:
    """Every document is one form: recall and precision as in the gold test, however it is typed."""
    gold, language = SETS[name]
    records = texts(gold, language)
    offline = Offline(records)
    place = {number: record.id for number, record in enumerate(records)}
    told = offline.told([partial(typed, way)(one.lemma) for one in gold], None)
    found = wanted = wrong = 0
    for one, asked in zip(gold, told, strict=True):
        rows = [offline.index["keys"].get(key, []) for key in asked["query"]]
        here = {place[number] for row in rows for number in row[::2]}
        found += len(here & one.must)
        wanted += len(one.must)
        wrong += len(here - one.must - one.unscored - {one.lemma})
    recall, precision = found / wanted, found / (found + wrong)
    assert recall >= (0.99 if not way else 0.93) and precision >= 0.97, (recall, precision)


def test_russian_words_are_found_without_the_dictionary() -> None:
    gold, _ = OWN["russian"]
    records = texts(gold, "ru")
    offline = Offline(records)
    found = wanted = 0
    for one, asked in zip(gold, offline.told([one.lemma for one in gold], None), strict=True):
        here = {
            records[number].id for key in asked["query"] for number in offline.index["keys"].get(key, [])[::2]
        }
        found += len(here & one.must)
        wanted += len(one.must)
    assert found / wanted >= 0.97, found / wanted


def test_the_keys_asked_for_are_the_same_as_on_the_site() -> None:
    gold, language = OWN["nouns"]
    records = texts(gold, language)
    offline = Offline(records)
    counts = Counter(offline.counts)
    asker = Asker(counts.__getitem__, Lexicon.of(counts.items()))
    words = [one.lemma for one in gold]
    for word, told in zip(words, offline.told(words, None), strict=True):
        known = set(counts) | {word}
        assert known & set(told["query"]) == known & asker.ask(word).keys, word
