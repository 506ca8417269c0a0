"""A number, with a tolerance and perhaps a unit."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, lines, one, ticked
from lms.quizzes.questions.numbers import close, number_of, shown, split_unit


class Number(Kind):
    name = "number"
    title = _l("A number")
    about = _l("A number with a tolerance; units are converted.")

    def _blank(self) -> Content:
        return {"value": None, "tolerance": 0, "in_percent": False, "units": [], "unit_needed": False}

    def _check(self, content: Content) -> list[Any]:
        found: list[Any] = []
        if not isinstance(content["value"], int | float) or isinstance(content["value"], bool):
            found.append(_l("Write the right number."))
        if not float(content["tolerance"]) >= 0:
            found.append(_l("The tolerance must be a number, 0 or more."))
        if any(not row["text"] or not float(row["factor"]) > 0 for row in content["units"]):
            found.append(_l("Write each unit as “km = 1000”: a name and a positive number."))
        if content["unit_needed"] and not content["units"]:
            found.append(_l("Name the units that may be written."))
        return found

    def _public(self, content: Content, seed: int) -> Content:
        return {"unit_needed": bool(content.get("unit_needed"))}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        return one(fields, "text")[:60] or None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        right = number_fits(str(answer), float(content["value"]), content)
        return Mark(self.most(content) if right else 0.0, self.most(content), int(not right), (right,))

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return [_with_unit(float(content["value"]), content)]

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [str(answer)] if answer else []

    def _edited(self, fields: Fields) -> Content:
        return {"value": number_of(one(fields, "value")), **edited_number(fields)}

    def _typed(self, content: Content) -> Content:
        value = content.get("value")
        return {"value": "" if value is None else shown(float(value)), **typed_number(content)}


def number_fits(given: str, wanted: float, content: Content) -> bool:
    """The factor of a unit says how many of the first unit it is: with м = 1 a km is 1000."""
    value, unit = split_unit(given)
    if value is None:
        return False
    factor = _factor(unit, content)
    if factor is None:
        return False
    return close(value * factor, wanted, float(content.get("tolerance", 0)), bool(content.get("in_percent")))


def _factor(unit: str, content: Content) -> float | None:
    if not unit:
        return None if content.get("unit_needed") else 1.0
    known = {_bare(row["text"]): float(row["factor"]) for row in content.get("units", [])}
    return known.get(_bare(unit))


def _bare(unit: str) -> str:
    return "".join(unit.split()).rstrip(".").replace("^2", "²").replace("^3", "³").casefold()


def _with_unit(value: float, content: Content) -> str:
    unit = next((row["text"] for row in content.get("units", []) if float(row["factor"]) == 1), "")
    room = float(content.get("tolerance", 0))
    percent = "%" if content.get("in_percent") else ""
    return f"{shown(value)}{f' ± {shown(room)}{percent}' if room else ''} {unit}".strip()


def edited_number(fields: Fields) -> Content:
    tolerance = number_of(one(fields, "tolerance") or "0")
    return {
        "tolerance": -1 if tolerance is None else tolerance,
        "in_percent": one(fields, "in_percent") == "percent",
        "units": [_unit(line) for line in lines(fields, "units")],
        "unit_needed": ticked(fields, "unit_needed"),
    }


def _unit(line: str) -> dict[str, Any]:
    name, _sign, factor = line.partition("=")
    return {"text": name.strip(), "factor": number_of(factor) or 0 if factor.strip() else 1}


def typed_number(content: Content) -> Content:
    units = [f"{row['text']} = {shown(float(row['factor']))}" for row in content.get("units", [])]
    return {"tolerance": shown(float(content.get("tolerance", 0))), "units": units}
