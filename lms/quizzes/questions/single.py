"""One right option of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, keyed, many, one, ticked, words
from lms.quizzes.questions.options import check_options, edited_options, typed_options


class Single(Kind):
    name = "single"
    title = _l("One right option")
    about = _l("Four or five options, one of them right.")
    sheet = True

    def sheet_lines(self, content: Content) -> list[tuple[int, bool]]:
        return [(len(content["options"]), False)]

    def from_sheet(self, marks: Sequence[Sequence[int]]) -> dict[str, list[str]]:
        """Two marks are no answer, as on the screen."""
        return {"choice": [str(place + 1) for place in marks[0]] if len(marks[0]) == 1 else []}

    def _blank(self) -> Content:
        return {"options": [], "right": "", "shuffle": True}

    def _check(self, content: Content) -> list[Any]:
        found = check_options(content["options"], 2)
        if content["right"] not in [one["id"] for one in content["options"]]:
            found.append(_l("Mark the right option."))
        return found

    def _public(self, content: Content, seed: int) -> Content:
        return {"options": [{"key": key, "text": row["text"]} for key, row in _seen(content, seed).items()]}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        row = _seen(content, seed).get(one(fields, "choice"))
        return row["id"] if row else None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        right = answer == content["right"]
        return Mark(self.most(content) if right else 0.0, self.most(content), int(not right), (right,))

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return self.said(content, content["right"])

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [words(row["text"]) for row in content["options"] if row["id"] == answer]

    def _edited(self, fields: Fields) -> Content:
        options, places = edited_options(fields)
        right = [places.get(place, "") for place in many(fields, "right")]
        return {"options": options, "right": right[0] if right else "", "shuffle": ticked(fields, "shuffle")}

    def _typed(self, content: Content) -> Content:
        return {"options": typed_options(content["options"])}


def _seen(content: Content, seed: int) -> dict[str, Any]:
    return keyed(content["options"], seed, "options", content.get("shuffle", True))
