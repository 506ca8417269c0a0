"""Criteria by which a person marks: each with its levels and their points (descriptors)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Content, Fields, Kind, many
from lms.quizzes.questions.numbers import number_of, shown
from lms.quizzes.questions.typed import from_html, inline


class ByHand(Kind):
    """Marked by a person: the points of the chosen levels are added up; without a rubric they are simply given."""

    by_hand = True

    def blank(self) -> Content:
        return {**super().blank(), "rubric": []}

    def most(self, content: Content) -> float:
        rubric = content.get("rubric") or []
        return float(sum(most_of_row(row) for row in rubric)) if rubric else super().most(content)

    def check(self, content: Content) -> list[Any]:
        found = super().check(content)
        try:
            return found + check_rubric(content.get("rubric") or [])
        except (KeyError, TypeError, ValueError):
            return [*found, _l("The question is not whole.")]

    def edited(self, fields: Fields) -> Content:
        return {**super().edited(fields), "rubric": edited_rubric(fields)}

    def typed(self, content: Content) -> Content:
        rows = [
            (from_html(row["text"]), "\n".join(_written(level) for level in row["levels"]))
            for row in content.get("rubric") or []
        ]
        return {**super().typed(content), "rubric_rows": rows}


def most_of_row(row: Content) -> float:
    return max((float(level["points"]) for level in row["levels"]), default=0.0)


def check_rubric(rubric: list[Content]) -> list[Any]:
    bad = any(not row["text"] or not row["levels"] or most_of_row(row) <= 0 for row in rubric)
    low = any(float(level["points"]) < 0 for row in rubric for level in row["levels"])
    return (
        [_l("Each criterion needs a name and levels with points, like “2 = complete”.")] if bad or low else []
    )


def edited_rubric(fields: Fields) -> list[Content]:
    """A criterion and its levels, one a line: 2 = complete."""
    rows = zip(many(fields, "criterion"), many(fields, "levels"), strict=False)
    return [
        {"text": inline(name), "levels": [_level(line) for line in levels.splitlines() if line.strip()]}
        for name, levels in rows
        if name
    ]


def _level(line: str) -> Content:
    points, _sign, text = line.partition("=")
    found = number_of(points)
    return {"points": -1 if found is None else found, "text": inline(text)}


def _written(level: Content) -> str:
    return f"{shown(float(level['points']))} = {from_html(level['text'])}"
