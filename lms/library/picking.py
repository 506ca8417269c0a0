"""Which of the scored documents are shown, in which order, and how many there are of each kind."""

from __future__ import annotations

import heapq
from collections import Counter

from lms.library.asking import ENOUGH, Question
from lms.library.records import Chosen, Found, facet_counts, order_of, passes
from lms.library.scoring import Segment, matches


def scored_segments(
    question: Question, segments: list[Segment], chosen: Chosen
) -> list[tuple[Segment, dict[int, float]]]:
    """Documents with all the words; with enough of them when those are too few."""
    needed = len(question.words)
    per_segment = [(segment, segment.gathered(question)) for segment in segments]
    while True:
        scored = [(segment, matches(segment, gathered, needed, chosen)) for segment, gathered in per_segment]
        if needed == question.enough_words or sum(len(scores) for _, scores in scored) >= ENOUGH:
            return scored
        needed = question.enough_words


def all_of(segment: Segment, chosen: Chosen) -> dict[int, float]:
    lines = {line: passes(line, chosen) for line in set(segment.facets)} if chosen else {}
    gone = set(segment.leaf.segment().deleted_docs())
    numbers = (number for number in range(len(segment.ids)) if number not in gone)
    return {number: 0.0 for number in numbers if not chosen or lines[segment.facets[number]]}


def found_in(scored: list[tuple[Segment, dict[int, float]]], limit: int, offset: int, order: str) -> Found:
    lines: Counter[str] = Counter()
    for segment, scores in scored:
        lines.update(map(segment.facets.__getitem__, scores))
    best = _best(scored, limit + offset, order)[offset:]
    return Found(tuple(best), sum(len(scores) for _, scores in scored), facet_counts(lines))


def _best(scored: list[tuple[Segment, dict[int, float]]], count: int, order: str) -> list[str]:
    rows = (
        (order_of(segment.orders[number], order) if order else "", -score, segment.ids[number])
        for segment, scores in scored
        for number, score in scores.items()
    )
    # Equal scores in the order of ids, so that pages never overlap.
    return [one for *_, one in heapq.nsmallest(count, rows)] if count else []
