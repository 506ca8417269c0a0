"""The check at the end of a part: several questions whose result counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.answers import Answers
from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rich, Rows
from lms.courses.blocks.question import HOW, question_pieces


class CheckKind(Kind):
    code = "check"
    title = _l("Knowledge check")
    group = "check"
    about = _l("Several questions whose result counts.")
    fields = (
        Line("title", _l("Title of the check"), needed=True),
        Rows(
            "questions", _l("Questions"), needed=True,
            of=(
                Rich("ask", _l("Question"), needed=True),
                Answers("answers", _l("Answers"), needed=True, hint=HOW),
                Line("why", _l("Why this is right")),
            ),
        ),
    )  # fmt: skip
    scored = True
    asks = True

    def questions(self, content: Content) -> list[Any]:
        found: list[Any] = content["questions"]
        return found

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("heading3", content["title"])
        for number, one in enumerate(content["questions"], 1):
            yield from question_pieces(one, f"{number}.")
