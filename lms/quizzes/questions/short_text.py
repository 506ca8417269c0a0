"""A word or a few, compared with the listed variants."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, lines, one
from lms.quizzes.questions.texts import fits, tolerance_of

LONGEST_ANSWER = 500


class ShortText(Kind):
    name = "short_text"
    title = _l("Short answer")
    about = _l("A word or a few; case and Kazakh letters typed as Russian ones need not matter.")

    def _blank(self) -> Content:
        return {"answers": [], "ignore_case": True, "ignore_letters": True}

    def _check(self, content: Content) -> list[Any]:
        return (
            [] if any(one.strip() for one in content["answers"]) else [_l("Write at least one right answer.")]
        )

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        return one(fields, "text")[:LONGEST_ANSWER] or None

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        right = fits(
            str(answer),
            content["answers"],
            content.get("ignore_case", True),
            content.get("ignore_letters", True),
        )
        return Mark(self.most(content) if right else 0.0, self.most(content), int(not right), (right,))

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return list(content["answers"])

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [str(answer)] if answer else []

    def _edited(self, fields: Fields) -> Content:
        return {"answers": lines(fields, "answers"), **tolerance_of(fields)}
