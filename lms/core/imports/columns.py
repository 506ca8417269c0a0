"""Which column of a file is which: by its title in Kazakh, Russian or English, however it is spelt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import force_locale

from lms.core.i18n import LANGUAGES
from lms.core.imports.findings import Finding
from lms.core.sheets import Line, Sheet, SheetRefused, is_formula
from lms.core.text import search_key

LOST = re.compile(r"\w\?|\?\w")


@dataclass(frozen=True)
class Column:
    name: str
    title: Any  # lazy text: the heading of the example file and of messages
    also: tuple[str, ...] = ()  # other titles people use
    needed: bool = False
    most: int = 200
    example: str = ""
    secret: bool = False  # never kept in the clear, never shown again in full


def title_key(title: str) -> str:
    return re.sub(r"[\W_]+", "", search_key(title))


def codes_of(labels: Mapping[str, Any]) -> dict[str, str]:
    """What people write for each code: the code itself, or its name in any of our languages."""
    found = {title_key(code): code for code in labels}
    for reader in LANGUAGES:
        with force_locale(reader):
            found |= {title_key(str(text)): code for code, text in labels.items()}
    return found


@dataclass(frozen=True)
class Matched:
    places: dict[str, int]
    unknown: tuple[str, ...]


def matched(header: Sequence[str], columns: Sequence[Column], refused: frozenset[str], titles: dict[str, set[str]]) -> Matched:  # fmt: skip
    """`titles` are the keys of each column's titles in all languages."""
    places: dict[str, int] = {}
    unknown = []
    for place, heading in enumerate(header):
        key = title_key(heading)
        if key in refused:
            raise SheetRefused("refused_column", column=heading)
        found = next((one.name for one in columns if key in titles[one.name]), None)
        if found in places:
            raise SheetRefused("double_column", column=heading)
        if found:
            places[found] = place
        elif heading:
            unknown.append(heading)
    for one in columns:
        if one.needed and one.name not in places:
            raise SheetRefused("missing_column", column=str(one.title))
    return Matched(places, tuple(unknown))


def given(sheet: Sheet, line: Line, where: Matched) -> dict[str, str]:
    def cell(place: int) -> str:
        text = line.cells[place] if place < len(line.cells) else ""
        return "" if text in {"-", "–", "—"} else text

    return {name: cell(place) for name, place in where.places.items()}


def common_faults(row: dict[str, str], columns: Sequence[Column]) -> list[Finding]:
    """What can be wrong with any list: formulas, empty cells, lost letters, novels."""
    found = []
    for one in columns:
        text = row.get(one.name, "")
        if is_formula(text):
            found.append(Finding("formula", one.name, text[:40]))
        elif one.needed and not text:
            found.append(Finding("needed", one.name))
        elif len(text) > one.most:
            found.append(Finding("too_long", one.name, text[:40], {"most": one.most}))
        elif LOST.search(text):
            found.append(Finding("lost_letters", one.name, text[:40]))
    return found


def as_date(text: str) -> date | None:
    """31.12.2015, 31/12/2015 or 2015-12-31; None when it is no day of the calendar."""
    parts = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?: 00:00)?", text)
    turned = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", text)
    try:
        if parts:
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
        return date(int(turned[1]), int(turned[2]), int(turned[3])) if turned else None
    except ValueError:
        return None
