"""Several right options. Mistakes: right ones left out, and wrong ones chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, keyed, many, ticked, words
from lms.quizzes.questions.options import check_options, edited_options, typed_options
from lms.quizzes.questions.scoring import MISTAKES, TABLE, check_scoring, edited_scoring, most_of, scored


class Several(Kind):
    """With T right options, c of them chosen and w wrong ones chosen: mistakes = (T − c) + w."""

    name = "several"
    title = _l("Several right options")
    about = _l("Up to six options, some of them right; scored by the number of mistakes if you like.")
    sheet = True

    def sheet_lines(self, content: Content) -> list[tuple[int, bool]]:
        return [(len(content["options"]), True)]

    def from_sheet(self, marks: Sequence[Sequence[int]]) -> dict[str, list[str]]:
        return {"choice": [str(place + 1) for place in marks[0]]}

    def _blank(self) -> Content:
        return {"options": [], "shuffle": True, "scoring": MISTAKES, "table": dict(TABLE)}

    def most(self, content: Content) -> float:
        return most_of(content)

    def _check(self, content: Content) -> list[Any]:
        found = check_options(content["options"], 3) + check_scoring(content)
        if not any(row["right"] for row in content["options"]):
            found.append(_l("Mark the right options."))
        return found

    def _public(self, content: Content, seed: int) -> Content:
        return {"options": [{"key": key, "text": row["text"]} for key, row in _seen(content, seed).items()]}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        seen = _seen(content, seed)
        return sorted({seen[key]["id"] for key in many(fields, "choice") if key in seen}) or None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        right = [row["id"] for row in content["options"] if row["right"]]
        return scored(content, [key in answer for key in right], len(set(answer) - set(right)))

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return [words(row["text"]) for row in content["options"] if row["right"]]

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [words(row["text"]) for row in content["options"] if row["id"] in (answer or ())]

    def _edited(self, fields: Fields) -> Content:
        options, places = edited_options(fields)
        right = {places.get(place) for place in many(fields, "right")}
        return {
            "options": [{**row, "right": row["id"] in right} for row in options],
            "shuffle": ticked(fields, "shuffle"),
            **edited_scoring(fields),
        }

    def _typed(self, content: Content) -> Content:
        return {"options": typed_options(content["options"])}


def _seen(content: Content, seed: int) -> dict[str, Any]:
    return keyed(content["options"], seed, "options", content.get("shuffle", True))
