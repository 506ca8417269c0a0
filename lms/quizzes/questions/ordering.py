"""Steps to be put in order."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, keyed, lines, one, words
from lms.quizzes.questions.options import MOST_OPTIONS, check_options
from lms.quizzes.questions.scoring import ALL, check_scoring, edited_scoring, most_of, scored
from lms.quizzes.questions.typed import from_html, inline


class Ordering(Kind):
    name = "ordering"
    title = _l("Putting in order")
    about = _l("Steps, events or numbers to be put in order.")

    def _blank(self) -> Content:
        return {"steps": [], "scoring": ALL}

    def most(self, content: Content) -> float:
        return most_of(content)

    def _check(self, content: Content) -> list[Any]:
        return check_options(content["steps"], 3) + check_scoring(content)

    def _public(self, content: Content, seed: int) -> Content:
        return {"steps": [{"key": key, "text": row["text"]} for key, row in _seen(content, seed).items()]}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        """Each step is given a number; the answer is for each place the id of its step."""
        seen, places = _seen(content, seed), [""] * len(content["steps"])
        for key, row in seen.items():
            number = one(fields, f"step{key}")
            if number.isdigit() and 1 <= int(number) <= len(places):
                # Two steps with one number: the place is spoilt, for nobody knows which was meant.
                places[int(number) - 1] = "?" if places[int(number) - 1] else row["id"]
        return places if any(places) else None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        return scored(
            content, [row["id"] == said for row, said in zip(content["steps"], answer, strict=True)]
        )

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return [f"{place}. {words(row['text'])}" for place, row in enumerate(content["steps"], 1)]

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        names = {row["id"]: words(row["text"]) for row in content["steps"]}
        return [f"{place}. {names.get(key, '…')}" for place, key in enumerate(answer or (), 1)]

    def _edited(self, fields: Fields) -> Content:
        steps = [
            {"id": f"s{place}", "text": inline(text)} for place, text in enumerate(lines(fields, "steps"), 1)
        ]
        return {"steps": steps[: MOST_OPTIONS + 1], **edited_scoring(fields)}

    def _typed(self, content: Content) -> Content:
        return {"steps": [from_html(row["text"]) for row in content["steps"]]}


def _seen(content: Content, seed: int) -> dict[str, Any]:
    return keyed(content["steps"], seed, "steps")
