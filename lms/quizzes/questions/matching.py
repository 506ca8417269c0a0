"""Rows on the left, values on the right; more values than rows are welcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, many, ticked
from lms.quizzes.questions.options import MOST_OPTIONS
from lms.quizzes.questions.pairs import Pairs
from lms.quizzes.questions.scoring import EACH, check_scoring, edited_scoring, most_of, scored
from lms.quizzes.questions.typed import from_html, inline

SIDES = Pairs("rows", "values", "value")


class Matching(Kind):
    name = "matching"
    title = _l("Matching")
    about = _l("Each row on the left gets one value from the right; extra values may mislead.")
    sheet = True

    def sheet_lines(self, content: Content) -> list[tuple[int, bool]]:
        return [(len(content["values"]), False)] * len(content["rows"])

    def from_sheet(self, marks: Sequence[Sequence[int]]) -> dict[str, list[str]]:
        return {f"row{row}": [str(line[0] + 1)] for row, line in enumerate(marks, 1) if len(line) == 1}

    def _blank(self) -> Content:
        return {"rows": [], "values": [], "shuffle": True, "scoring": EACH}

    def most(self, content: Content) -> float:
        return most_of(content)

    def _check(self, content: Content) -> list[Any]:
        found = check_scoring(content)
        if not 2 <= len(content["rows"]) <= MOST_OPTIONS or not SIDES.whole(content):
            found.append(_l("Write at least two rows, each with the value that belongs to it."))
        if len({row["text"] for row in content["values"]}) < len(content["values"]):
            found.append(_l("Two options are the same."))
        return found

    def _public(self, content: Content, seed: int) -> Content:
        return SIDES.public(content, seed, mix_values=True)

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        return SIDES.answer(content, seed, fields, mix_values=True)

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        return scored(content, SIDES.details(content, answer))

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return SIDES.said(content, lambda place: content["rows"][place]["value"])

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return SIDES.said(content, lambda place: answer[place]) if answer else []

    def _edited(self, fields: Fields) -> Content:
        """Rows of the form are pairs; a pair without a left side is a value that belongs to nobody."""
        rows: list[Content] = []
        values: dict[str, str] = {}
        for left, right in zip(many(fields, "left"), many(fields, "right"), strict=False):
            if right and inline(right) not in values:
                values[inline(right)] = f"v{len(values) + 1}"
            if left:
                rows.append({"text": inline(left), "value": values.get(inline(right), "")})
        sides = {"rows": rows, "values": [{"id": key, "text": text} for text, key in values.items()]}
        return {**sides, "shuffle": ticked(fields, "shuffle"), **edited_scoring(fields, EACH)}

    def _typed(self, content: Content) -> Content:
        names = {row["id"]: from_html(row["text"]) for row in content["values"]}
        used = {row["value"] for row in content["rows"]}
        pairs = [(from_html(row["text"]), names.get(row["value"], "")) for row in content["rows"]]
        return {"pairs": pairs + [("", text) for key, text in names.items() if key not in used]}
