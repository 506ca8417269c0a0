"""Plain values: a sheet, its lines, a cell cleaned, a refusal that names its reason."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
# A telephone number and a negative number begin like a formula and are none.
HARMLESS = re.compile(r"[+-][\d\s().,-]*")


class SheetRefused(Exception):
    """The whole file is refused; `code` and `facts` become a sentence in the reader's language."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Line:
    number: int  # as the person sees it in their own program; the header is line 1
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str = "utf-8"
    notes: tuple[str, ...] = field(default=())


def is_formula(cell: str) -> bool:
    """Would a spreadsheet run this cell instead of showing it?"""
    return cell[:1] in {"=", "@", "+", "-"} and not HARMLESS.fullmatch(cell)


def cleaned(cell: str) -> str:
    """One spelling for each letter, no invisible characters, plain single spaces."""
    visible = INVISIBLE.sub("", unicodedata.normalize("NFC", cell))
    return " ".join("".join(" " if unicodedata.category(one) == "Cc" else one for one in visible).split())


def sheet_of(rows: list[tuple[int, list[str]]], most: int, encoding: str = "utf-8") -> Sheet:
    """The first line with text is the header; empty lines are passed over and keep the numbers of the others."""
    kept = [Line(number, tuple(cleaned(cell) for cell in cells)) for number, cells in rows]
    kept = [line for line in kept if any(line.cells)]
    if len(kept) < 2:
        raise SheetRefused("no_rows")
    if len(kept) - 1 > most:
        raise SheetRefused("too_many_rows", most=most)
    wide = max(place for place, title in enumerate(kept[0].cells, start=1) if title)
    return Sheet(
        kept[0].cells[:wide], tuple(Line(one.number, _fitted(one.cells, wide)) for one in kept[1:]), encoding
    )


def _fitted(cells: tuple[str, ...], wide: int) -> tuple[str, ...]:
    """As wide as the header; what stands beyond it has no title and so no meaning."""
    return cells[:wide] + ("",) * (wide - len(cells))
