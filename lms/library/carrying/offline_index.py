"""The search of a carrier: keys made by the analysis of the site, and the rules by which a browser reads a question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from lms.library.language.analysis import said
from lms.library.language.nouns import tables
from lms.library.language.russian import stems_of_forms
from lms.library.language.tolerant import spellings
from lms.library.language.verbs import endings
from lms.library.language.words import SMALL_WORDS
from lms.library.records import Record
from lms.library.terms import all_terms

MOST_KEYS = 120_000  # of one resource: a browser on an old computer has to hold them all


def rules() -> dict[str, Any]:
    return {**tables(), **endings(), **spellings(), "small": sorted(SMALL_WORDS)}


def index_of(records: Iterable[Record]) -> dict[str, Any]:
    """{"keys": {key: [document, times, …]}, "titles": {key: [document, …]}, "lengths": […], "stems": {…}}"""
    keys: defaultdict[str, list[int]] = defaultdict(list)
    titles: defaultdict[str, list[int]] = defaultdict(list)
    lengths = []
    for number, record in enumerate(records):
        written = {key for _, key in said(record.title)}
        found = [key for _, key in record.all_keys()][:MOST_KEYS]
        for key, times in Counter(one for one in found if one not in written).items():
            keys[key] += [number, times]
        for key in dict.fromkeys(key for _, key in record.title_keys()):
            titles[key].append(number)
        lengths.append(len(found))
    average = max(1.0, sum(lengths) / max(1, len(lengths)))
    return {
        "keys": dict(keys), "titles": dict(titles), "lengths": [round(one / average, 3) for one in lengths],
        "stems": _stems({*keys, *(key for asked, _found in terms_in(keys) for key in asked)}),
    }  # fmt: skip


def _stems(keys: Collection[str]) -> dict[str, list[str]]:
    """Which dictionary words a Russian stem can be of: there is no dictionary on the stick."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        if key.startswith("r:"):
            for stem in stems_of_forms(key[2:]):
                found[stem].append(key)
    return dict(found)


def terms_in(known: Collection[str]) -> list[Any]:
    """Terms whose other language is among these keys."""
    return [
        [list(term.asked), [sorted(key for key in keys if key in known) for keys in term.found]]
        for term in all_terms()
        if any(key in known for keys in term.found for key in keys)
    ]
