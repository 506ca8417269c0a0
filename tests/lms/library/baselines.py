"""What a search without morphology would find: exact words, words cut to five letters, and letter trigrams; all by BM25."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from lms.library.records import Record

K1, B = 1.2, 0.75
Cut = Callable[[str], list[str]]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def prefixes(text: str) -> list[str]:
    return [word[:5] for word in words(text)]


def trigrams(text: str) -> list[str]:
    return [f" {word} "[at : at + 3] for word in words(text) for at in range(len(word))]


BASELINES: dict[str, Cut] = {"exact words": words, "five letters": prefixes, "trigrams": trigrams}


def searcher(records: Iterable[Record], cut: Cut) -> Callable[[str], Sequence[str]]:
    texts = {one.id: Counter(cut(f"{one.title} {one.text}")) for one in records}
    average = sum(text.total() for text in texts.values()) / len(texts)
    postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, text in texts.items():
        for term, count in text.items():
            postings[term][name] = count

    def search(typed: str) -> Sequence[str]:
        scores: Counter[str] = Counter()
        for term in cut(typed):
            found = postings.get(term, {})
            rarity = math.log(1 + (len(texts) - len(found) + 0.5) / (len(found) + 0.5))
            for name, count in found.items():
                length = 1 - B + B * texts[name].total() / average
                scores[name] += rarity * count * (K1 + 1) / (count + K1 * length)  # type: ignore[assignment]
        return [name for name, _ in sorted(scores.items(), key=lambda row: (-row[1], row[0]))]

    return search
