"""Ranking inside one segment of the embedded index: BM25 over words, each word found by any of its keys."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from lms.library.asking import Question, Wanted
from lms.library.postings import numbers_and_times, places
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
        idf, norms = self._idf(wanted), self.norms
        for key, boost in wanted.keys:
            weight = boost * idf * (K1 + 1)
            numbers, often = numbers_and_times(self.leaf, "body", key)
            here = [
                weight * times / (times + norms[number]) for number, times in zip(numbers, often, strict=True)
            ]
            scores = _better(scores, numbers, here) if scores else dict(zip(numbers, here, strict=True))
        return self._with_titles(wanted, scores, TITLE * idf)

    def _with_titles(self, wanted: Wanted, scores: dict[int, float], weight: float) -> dict[int, float]:
        titled: dict[int, float] = {}
        for key, boost in wanted.keys:
            numbers, _ = numbers_and_times(self.leaf, "title", key)
            titled = _better(titled, numbers, repeat(min(boost, 1.0)))
        for number, boost in titled.items():
            scores[number] += weight * boost
        return scores

    def _idf(self, wanted: Wanted) -> float:
        frequency = max(int(self.reader.doc_frequency("body", key)) for key, _ in wanted.keys)
        return math.log(1 + (self.count - min(frequency, self.count) + 0.5) / (frequency + 0.5))

    def _phrase(self, words: tuple[Wanted, ...]) -> set[int]:
        """Documents where each word stands right after the one before."""
        places = [self._positions(word) for word in words]
        together = set.intersection(*(set(one) for one in places))
        return {number for number in together if _in_a_row([one[number] for one in places])}

    def _positions(self, wanted: Wanted) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for key, _ in wanted.keys:
            for number, here in places(self.leaf, "body", key):
                found.setdefault(number, set()).update(here)
        return found


def _better(scores: dict[int, float], numbers: Sequence[int], here: Iterable[float]) -> dict[int, float]:
    for number, score in zip(numbers, here, strict=False):
        if score > scores.get(number, 0.0):
            scores[number] = score
    return scores


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
