"""A statement that is true or false."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields, Kind, Mark, one


class TrueFalse(Kind):
    name = "true_false"
    title = _l("True or false")
    about = _l("A statement to agree or disagree with.")
    sheet = True

    def sheet_lines(self, content: Content) -> list[tuple[int, bool]]:
        return [(2, False)]

    def from_sheet(self, marks: Sequence[Sequence[int]]) -> dict[str, list[str]]:
        return {"choice": [("true", "false")[marks[0][0]]] if len(marks[0]) == 1 else []}

    def _blank(self) -> Content:
        return {"right": True}

    def _check(self, content: Content) -> list[Any]:
        return [] if isinstance(content["right"], bool) else [_l("Say whether the statement is true.")]

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        return {"true": True, "false": False}.get(one(fields, "choice"))

    def _mark(self, content: Content, answer: Answer, seed: int) -> Mark:
        right = answer is content["right"]
        return Mark(self.most(content) if right else 0.0, self.most(content), int(not right), (right,))

    def key(self, content: Content, seed: int = 0) -> list[str]:
        return self.said(content, content["right"])

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [] if answer is None else [_("True") if answer else _("False")]

    def _edited(self, fields: Fields) -> Content:
        return {"right": {"true": True, "false": False}.get(one(fields, "right"))}
