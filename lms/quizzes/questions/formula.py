"""An expression equal to the wanted one, however it is written: both are calculated at a dozen points."""

from __future__ import annotations

import math
import re
from random import Random
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, lines, one
from lms.quizzes.questions.expressions import CONSTANTS, FUNCTIONS, Expression, NotAnExpression, parse
from lms.quizzes.questions.numbers import number_of, shown

POINTS, ENOUGH = 16, 4
_LETTER = re.compile(r"[^\W\d_]\d?")


class Formula(Kind):
    name = "formula"
    title = _l("Formula")
    about = _l("An expression; 2(x+1) and 2x+2 are the same answer.")

    def _blank(self) -> Content:
        return {"expression": "", "variables": [{"name": "x", "from": -5, "to": 5}]}

    def _check(self, content: Content) -> list[Any]:
        found: list[Any] = []
        for row in content["variables"]:
            if not _LETTER.fullmatch(row["name"]) or row["name"] in CONSTANTS or row["name"] in FUNCTIONS:
                found.append(_l("A letter of a formula is one letter, perhaps with a digit; not e."))
            if not float(row["from"]) < float(row["to"]):
                found.append(_l("Give each letter a range, like x = -5 … 5."))
        if found:
            return found
        try:
            wanted = parse(content["expression"], _letters(content))
        except NotAnExpression:
            return [_l("The expression cannot be read.")]
        values = [wanted.value(point) for point in points(content)]
        if sum(value is not None for value in values) < ENOUGH:
            found.append(_l("The expression is not defined in the given ranges."))
        return found

    def _public(self, content: Content, seed: int) -> Content:
        return {"letters": [row["name"] for row in content["variables"]]}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        return one(fields, "text")[:300] or None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        right = same(str(answer), content)
        return Mark(self.most(content) if right else 0.0, self.most(content), int(not right), (right,))

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return [content["expression"]]

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [str(answer)] if answer else []

    def _edited(self, fields: Fields) -> Content:
        return {
            "expression": one(fields, "expression"),
            "variables": [_range(line) for line in lines(fields, "variables")],
        }

    def _typed(self, content: Content) -> Content:
        return {"variables": [as_range(row) for row in content["variables"]]}


def same(given: str, content: Content) -> bool:
    letters = _letters(content)
    try:
        mine, wanted = parse(given, letters), parse(content["expression"], letters)
    except NotAnExpression:
        return False
    return _equal(mine, wanted, points(content))


def _equal(mine: Expression, wanted: Expression, where: list[dict[str, float]]) -> bool:
    pairs = [(mine.value(point), wanted.value(point)) for point in where]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    if len(both) < ENOUGH or any((a is None) != (b is None) for a, b in pairs):
        return False
    return all(math.isclose(a, b, rel_tol=1e-7, abs_tol=1e-9) for a, b in both)


def points(content: Content) -> list[dict[str, float]]:
    """The same points every time: a mark never depends on chance."""
    chance = Random("points of a formula")
    return [
        {row["name"]: chance.uniform(float(row["from"]), float(row["to"])) for row in content["variables"]}
        for _point in range(POINTS)
    ]


def _letters(content: Content) -> set[str]:
    return {row["name"] for row in content["variables"]}


def _range(line: str) -> dict[str, Any]:
    name, _sign, room = line.partition("=")
    low, _dots, high = room.replace("...", "…").partition("…")
    return {"name": name.strip(), "from": number_of(low) or 0, "to": number_of(high) or 0}


def as_range(row: dict[str, Any]) -> str:
    return f"{row['name']} = {shown(float(row['from']))} … {shown(float(row['to']))}"
