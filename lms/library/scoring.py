"""Ranking inside one segment of the embedded index: BM25 over words, each word found by any of its keys."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lms.library.asking import Question, Wanted
from lms.library.records import Chosen, passes

K1, B = 1.2, 0.6
TITLE = 1.5  # how much a word in the title counts beside the same word in the text
COMPLETE = 2.0  # how steeply documents that lack words fall behind


@dataclass
class Gathered:
    """What one segment has for a question: a score per document and word, and who must not be shown."""

    words: list[dict[int, float]]
    allowed: set[int] | None  # documents with every phrase, when phrases were asked for
    barred: set[int]


@dataclass
class Segment:
    ids: list[str]
    facets: list[str]
    lengths: list[float]  # against the average
    orders: list[str]
    leaf: Any = None
    reader: Any = None
    count: int = 1
    norms: list[float] = field(default_factory=list)

    def on(self, leaf: Any, reader: Any, count: int) -> Segment:
        """The same facts bound to the reader of one request."""
        if not self.norms:
            self.norms = [K1 * (1 - B + B * length) for length in self.lengths]
        return Segment(self.ids, self.facets, self.lengths, self.orders, leaf, reader, count, self.norms)

    def gathered(self, question: Question) -> Gathered:
        words = [self._word(one) for one in question.words]
        allowed: set[int] | None = None
        for phrase in question.phrases:
            here = self._phrase(phrase)
            allowed = here if allowed is None else allowed & here
        barred = set(self.leaf.segment().deleted_docs())
        for phrase in question.without:
            barred |= self._phrase(phrase) if len(phrase) > 1 else set(self._word(phrase[0]))
        return Gathered(words, allowed, barred)

    def _word(self, wanted: Wanted) -> dict[int, float]:
        """The best of the word's keys counts, not their sum: they are one word."""
        scores: dict[int, float] = {}
        for key, boost in wanted.keys:
            weight = boost * self._idf(wanted)
            for number, times in self._postings("body", key):
                score = weight * times * (K1 + 1) / (times + self.norms[number])
                if score > scores.get(number, 0.0):
                    scores[number] = score
        return self._with_titles(wanted, scores)

    def _with_titles(self, wanted: Wanted, scores: dict[int, float]) -> dict[int, float]:
        titled: dict[int, float] = {}
        for key, boost in wanted.keys:
            for number, _ in self._postings("title", key):
                titled[number] = max(min(boost, 1.0), titled.get(number, 0.0))
        weight = TITLE * self._idf(wanted)
        for number, boost in titled.items():
            scores[number] += weight * boost
        return scores

    def _idf(self, wanted: Wanted) -> float:
        frequency = max(int(self.reader.doc_frequency("body", key)) for key, _ in wanted.keys)
        return math.log(1 + (self.count - min(frequency, self.count) + 0.5) / (frequency + 0.5))

    def _postings(self, name: str, key: str) -> Iterator[tuple[int, float]]:
        if (name, key) not in self.leaf:
            return
        matcher = self.leaf.postings(name, key)
        while matcher.is_active():
            yield matcher.id(), matcher.weight()
            matcher.next()

    def _phrase(self, words: tuple[Wanted, ...]) -> set[int]:
        """Documents where each word stands right after the one before."""
        places = [self._positions(word) for word in words]
        together = set.intersection(*(set(one) for one in places))
        return {number for number in together if _in_a_row([one[number] for one in places])}

    def _positions(self, wanted: Wanted) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for key, _ in wanted.keys:
            if ("body", key) not in self.leaf:
                continue
            matcher = self.leaf.postings("body", key)
            while matcher.is_active():
                found.setdefault(matcher.id(), set()).update(matcher.value_as("positions"))
                matcher.next()
        return found


def _in_a_row(places: list[set[int]]) -> bool:
    return any(all(start + step in one for step, one in enumerate(places)) for start in places[0])


def matches(segment: Segment, gathered: Gathered, needed: int, chosen: Chosen) -> dict[int, float]:
    """Scores of the documents that have at least so many of the words."""
    total = len(gathered.words)
    candidates: set[int] = set().union(*gathered.words) if needed < total else _in_all(gathered.words)
    candidates -= gathered.barred
    if gathered.allowed is not None:
        candidates &= gathered.allowed
    if chosen:
        lines = {line: passes(line, chosen) for line in {segment.facets[number] for number in candidates}}
        candidates = {number for number in candidates if lines[segment.facets[number]]}
    scores: dict[int, float] = {}
    for number in candidates:
        parts = [word[number] for word in gathered.words if number in word]
        if len(parts) >= needed:
            scores[number] = sum(parts) * (len(parts) / total) ** COMPLETE
    return scores


def _in_all(words: list[dict[int, float]]) -> set[int]:
    first, *others = sorted(words, key=len)
    return set(first).intersection(*others)
