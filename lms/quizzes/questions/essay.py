"""A long answer in one's own words, marked by a person."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, one
from lms.quizzes.questions.numbers import number_of
from lms.quizzes.questions.rubric import ByHand

LONGEST_ESSAY = 20_000


class Essay(ByHand):
    name = "essay"
    title = _l("Essay")
    about = _l("A long answer; a person marks it by criteria.")

    def _blank(self) -> Content:
        return {"least_words": 0, "most_words": 0}

    def _check(self, content: Content) -> list[Any]:
        least, most = int(content.get("least_words", 0)), int(content.get("most_words", 0))
        return [_l("The least number of words is above the most.")] if most and least > most else []

    def _public(self, content: Content, seed: int) -> Content:
        return {name: int(content.get(name, 0)) for name in ("least_words", "most_words")}

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        return one(fields, "text")[:LONGEST_ESSAY] or None

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return str(answer).splitlines() if answer else []

    def _edited(self, fields: Fields) -> Content:
        return {name: int(number_of(one(fields, name)) or 0) for name in ("least_words", "most_words")}
