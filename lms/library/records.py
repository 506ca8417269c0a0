"""What goes into an index and what comes out, whichever engine holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lms.library.language.analysis import analysed, said

Chosen = Mapping[str, Collection[str]]  # for each facet named, one of the values
NOTHING: Chosen = {}
_SEPARATOR = "\x1f"
ORDERS = ("new", "rating", "title")  # other ways to sort than by how well it fits
TITLE_GAP = 2  # so that no phrase runs from the title into the text


@dataclass(frozen=True)
class Record:
    id: str
    title: str
    text: str
    language: str | None = None  # "kk", "ru", or not known
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)  # for each of ORDERS a text that sorts upwards

    def title_keys(self) -> list[tuple[int, str]]:
        return list(analysed(self.title, self.language))

    def all_keys(self) -> Iterator[tuple[int, str]]:
        """Title and text as one row of (position, key)."""
        title = self.title_keys()
        yield from title
        yield from said(self.title)
        first = title[-1][0] + TITLE_GAP if title else 0
        yield from analysed(self.text, self.language, first)


@dataclass(frozen=True)
class Found:
    ids: tuple[str, ...]  # the best first
    total: int
    facets: Mapping[str, Counter[str]] = field(default_factory=dict)
    read_as: tuple[tuple[str, str], ...] = ()
    keys: frozenset[str] = frozenset()  # any of these in a word means: it was asked for


def order_line(record: Record) -> str:
    return _SEPARATOR.join(record.orders.get(name, "") for name in ORDERS)


def order_of(line: str, name: str) -> str:
    return line.split(_SEPARATOR)[ORDERS.index(name)] if line else ""


def facet_line(record: Record) -> str:
    """All facets of a record as one line, to be counted by whole lines and taken apart once."""
    return _SEPARATOR.join(facet_values(record.facets))


def facet_values(facets: Mapping[str, Iterable[str]]) -> list[str]:
    return [f"{name}={value}" for name, values in sorted(facets.items()) for value in values]


def facet_counts(lines: Mapping[str, int]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for line, number in lines.items():
        for one in filter(None, line.split(_SEPARATOR)):
            name, _, value = one.partition("=")
            counts.setdefault(name, Counter())[value] += number
    return counts


def passes(line: str, chosen: Chosen) -> bool:
    """Whether a record with these facets is among those chosen."""
    has = set(line.split(_SEPARATOR))
    return all(has & set(facet_values({name: values})) for name, values in chosen.items())
