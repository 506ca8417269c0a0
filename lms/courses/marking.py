"""Marking the answers of questions inside a lesson. `exporting/course.js` does the same in a package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lms.core.text import search_key

Answers = dict[str, Any]


def mark(answers: Answers, given: Sequence[str]) -> bool:
    """`given` are numbers of options, or what was typed."""
    kind = answers["kind"]
    if kind in ("one", "many"):
        right = {str(number) for number, one in enumerate(answers["options"]) if one["right"]}
        return bool(right) and {str(one) for one in given} == right
    if kind in ("pairs", "order", "gaps"):
        wanted = _parts(answers)
        return len(given) == len(wanted) and all(map(_fits, given, wanted))
    typed = str(given[0]).strip() if given else ""
    if kind == "number":
        return _near(typed, answers)
    return bool(typed) and search_key(typed) in {search_key(one) for one in answers["accepted"]}


def _parts(answers: Answers) -> list[list[str]]:
    """What fits each part, in the order in which the parts are shown."""
    if answers["kind"] == "pairs":
        places = {text: str(place) for place, text in enumerate(answers["values"])}
        return [[places[one["right"]]] for one in answers["pairs"] if one["right"] in places]
    if answers["kind"] == "order":
        return [[str(step + 1)] for step in answers["shown"]]
    return [list(one["answers"]) for one in answers["gaps"]]


def _fits(said: str, wanted: Sequence[str]) -> bool:
    """Numbers may be written in any way, words without regard to case and to letters a keyboard lacks."""
    number = number_of(str(said))
    if number is not None and any(number_of(one) == number for one in wanted):
        return True
    return bool(str(said).strip()) and search_key(str(said)) in {search_key(one) for one in wanted}


def number_of(text: str) -> float | None:
    """A number with a comma or a point, and with spaces between thousands."""
    try:
        found = float(text.replace("\u00a0", "").replace(" ", "").replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
    return found if abs(found) < 1e300 else None


def _near(typed: str, answers: Answers) -> bool:
    value = number_of(typed)
    wanted = [number_of(one) for one in answers["accepted"]]
    room = float(answers["tolerance"]) + 1e-9
    return value is not None and any(one is not None and abs(value - one) <= room for one in wanted)


def share(questions: Sequence[Any], given: Sequence[Sequence[str]]) -> float:
    """How much of a check is right, 0…1."""
    if not questions:
        return 0.0
    right = sum(mark(one["answers"], reply) for one, reply in zip(questions, given, strict=False))
    return right / len(questions)
