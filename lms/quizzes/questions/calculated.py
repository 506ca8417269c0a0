"""A question whose numbers are drawn for each pupil. The text holds {a}, the answer is an expression of a."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, lines, one
from lms.quizzes.questions.expressions import CONSTANTS, FUNCTIONS, NotAnExpression, parse
from lms.quizzes.questions.number import edited_number, number_fits, typed_number
from lms.quizzes.questions.numbers import number_of, shown

_LETTER = re.compile(r"[^\W\d_]\d?")
MOST_STEPS = 100_000
TRIALS = 25


class Calculated(Kind):
    name = "calculated"
    title = _l("Drawn numbers")
    about = _l("The same task with other numbers for every pupil.")

    def _blank(self) -> Content:
        return {
            "parameters": [], "expression": "", "tolerance": 0, "in_percent": False, "units": [], "unit_needed": False
        }  # fmt: skip

    def _check(self, content: Content) -> list[Any]:
        found: list[Any] = []
        for row in content["parameters"]:
            if not _LETTER.fullmatch(row["name"]) or row["name"] in CONSTANTS or row["name"] in FUNCTIONS:
                found.append(_l("A letter of a formula is one letter, perhaps with a digit; not e."))
            elif not (0 <= _steps(row) <= MOST_STEPS):
                found.append(_l("Give each letter a range and a step, like a = 2 … 9 step 1."))
            elif f"{{{row['name']}}}" not in content["stem"]:
                found.append(_l("The question does not use {%(name)s}.", name=row["name"]))
        if not content["parameters"]:
            found.append(_l("Give each letter a range and a step, like a = 2 … 9 step 1."))
        if not float(content["tolerance"]) >= 0:
            found.append(_l("The tolerance must be a number, 0 or more."))
        return found or self._check_expression(content)

    def _check_expression(self, content: Content) -> list[Any]:
        try:
            values = [self.right(content, seed) for seed in range(TRIALS)]
        except NotAnExpression:
            return [_l("The expression cannot be read.")]
        return [_l("The expression is not defined in the given ranges.")] if None in values else []

    def drawn(self, content: Content, seed: int) -> dict[str, Fraction]:
        chance = Random(f"{seed}/parameters")
        return {row["name"]: _fraction(row["from"]) + chance.randint(0, _steps(row)) * _fraction(row["step"])
                for row in content["parameters"]}  # fmt: skip

    def right(self, content: Content, seed: int) -> float | None:
        values = {name: float(value) for name, value in self.drawn(content, seed).items()}
        return parse(content["expression"], set(values)).value(values)

    def _public(self, content: Content, seed: int) -> Content:
        stem = content["stem"]
        for name, value in self.drawn(content, seed).items():
            stem = stem.replace(f"{{{name}}}", shown(float(value)))
        return {"stem": stem, "unit_needed": bool(content.get("unit_needed"))}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        return one(fields, "text")[:60] or None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        wanted = self.right(content, seed)
        right = wanted is not None and number_fits(str(answer), wanted, content)
        return Mark(self.most(content) if right else 0.0, self.most(content), int(not right), (right,))

    def key(self, content: Content, seed: int = 0) -> list[str]:
        wanted = self.right(content, seed)
        return [] if wanted is None else [shown(wanted)]

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [str(answer)] if answer else []

    def _edited(self, fields: Fields) -> Content:
        return {
            "parameters": [_parameter(line) for line in lines(fields, "parameters")],
            "expression": one(fields, "expression"),
            **edited_number(fields),
        }

    def _typed(self, content: Content) -> Content:
        rows = [
            f"{row['name']} = {shown(float(row['from']))} … {shown(float(row['to']))} / {shown(float(row['step']))}"
            for row in content["parameters"]
        ]
        return {"parameters": rows, **typed_number(content)}


def _fraction(value: Any) -> Fraction:
    return Fraction(str(value))


def _steps(row: dict[str, Any]) -> int:
    """How many steps lie between the ends; -1 when it makes no sense."""
    step = _fraction(row["step"])
    return int((_fraction(row["to"]) - _fraction(row["from"])) / step) if step > 0 else -1


def _parameter(line: str) -> dict[str, Any]:
    """a = 2 … 9 / 0,5: from, to, and the step between."""
    name, _sign, room = line.partition("=")
    room, _slash, step = room.replace("...", "…").partition("/")
    low, _dots, high = room.partition("…")
    given = number_of(step) if step.strip() else 1
    return {"name": name.strip(), "from": number_of(low) or 0, "to": number_of(high) or 0, "step": given or 0}
