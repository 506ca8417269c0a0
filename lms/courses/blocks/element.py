"""One element of the periodic table: what is the same in every book comes from the table of elements."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Field, Rich

TABLE = Path(__file__).parent.parent / "data" / "elements.tsv"


@dataclass(frozen=True)
class Element:
    number: int
    symbol: str
    mass: str
    period: int
    group: str
    kk: str
    ru: str

    def name(self, language: str) -> str:
        return self.kk if language == "kk" else self.ru


@cache
def elements() -> dict[str, Element]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t")
        found = [
            Element(int(row["number"]), row["symbol"], row["mass"], int(row["period"]), row["group"], row["kk"], row["ru"])
            for row in rows
        ]  # fmt: skip
    return {one.symbol: one for one in found}


class Symbol(Field):
    """A symbol of the table, however it is typed: fe, FE, 26."""

    widget = "element"

    def clean(self, value: Any) -> str:
        text = str(value or "").strip().capitalize()
        by_number = {str(one.number): one.symbol for one in elements().values()}
        return text if text in elements() else by_number.get(text, "")

    def words(self, value: Any) -> Iterator[str]:
        if value in elements():
            yield from (value, elements()[value].kk, elements()[value].ru)


class ElementKind(Kind):
    code = "element"
    title = _l("Chemical element")
    group = "science"
    about = _l("A square of the periodic table.")
    fields = (
        Symbol("symbol", _l("Symbol or number of the element"), needed=True),
        Rich("html", _l("What else is to be known")),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        one = elements().get(content["symbol"])
        if one:
            yield Piece("strong", f"{one.number} {one.symbol} · {one.kk} · {one.ru} · {one.mass}")
        yield Piece("html", content["html"])
