"""From rights and mistakes to points: all or nothing, part by part, or by a table of mistakes."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Content, Fields, Mark, many, one

ALL, EACH, MISTAKES = "all", "each", "mistakes"
MODES = {
    ALL: _l("All or nothing"),
    EACH: _l("Part by part"),
    MISTAKES: _l("By the number of mistakes"),
}
TABLE = {"0": 2, "1": 1}  # no mistake 2 points, one mistake 1, else none


def most_of(content: Content) -> float:
    if content.get("scoring") == MISTAKES:
        return float(max(content["table"].values()))
    return float(content.get("points", 1))


def scored(content: Content, details: list[bool], extra: int = 0) -> Mark:
    """`details`: every part that had to be right; `extra`: what was chosen though it is wrong."""
    right, total = sum(details), len(details)
    mistakes, most = total - right + extra, most_of(content)
    mode = content.get("scoring", ALL)
    if mode == MISTAKES:
        points = float(content["table"].get(str(mistakes), 0))
    elif mode == EACH:
        points = most * max(0, right - extra) / total if total else 0.0
    else:
        points = most if mistakes == 0 else 0.0
    return Mark(round(points, 4), most, mistakes, tuple(details))


def check_scoring(content: Content) -> list[Any]:
    mode = content.get("scoring", ALL)
    if mode not in MODES:
        return [_l("Choose how it is scored.")]
    if mode != MISTAKES:
        return []
    table = content["table"]
    points = [float(table[key]) for key in sorted(table, key=int)]
    # More mistakes are never worth more, and a right answer is worth something.
    falling = all(a >= b for a, b in zip(points, points[1:], strict=False))
    good = "0" in table and points and points[0] > 0 and falling and min(points) >= 0
    return [] if good else [_l("In the table of mistakes the points must fall from a right answer on.")]


def edited_scoring(fields: Fields, default: str = ALL) -> Content:
    mode = one(fields, "scoring") or default
    if mode != MISTAKES:
        return {"scoring": mode}
    given = [text.replace(",", ".") for text in many(fields, "table")]
    table = {str(place): _number(text) for place, text in enumerate(given) if text}
    return {"scoring": mode, "table": table or dict(TABLE)}


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return -1
    return int(found) if found == int(found) else found
