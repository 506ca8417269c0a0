"""A drawing made with finger, mouse or keys: lines on a sheet, marked by a person."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l

from lms.quizzes.questions.base import Answer, Content, Fields
from lms.quizzes.questions.rubric import ByHand

MOST_LETTERS = 60_000
# Strokes only: "12,30 14,33 …", strokes parted by ";", in thousandths of the sheet.
_STROKES = re.compile(r"(?:\d{1,4},\d{1,4}(?: \d{1,4},\d{1,4})*)(?:;\d{1,4},\d{1,4}(?: \d{1,4},\d{1,4})*)*")


class Drawing(ByHand):
    """A picture in `media` lies under the sheet. The answer: {"strokes": "12,30 14,33;…"}."""

    name = "drawing"
    title = _l("Drawing")
    about = _l("A sketch or a graph drawn on the screen; a person marks it.")

    def _answer(self, content: Content, seed: int, fields: Fields) -> Answer | None:
        strokes = (fields.get("strokes") or [""])[0].strip()
        good = len(strokes) <= MOST_LETTERS and _STROKES.fullmatch(strokes)
        return {"strokes": strokes} if good else None

    def said(self, content: Content, answer: Answer | None, seed: int = 0) -> list[str]:
        return [str(answer["strokes"].count(";") + 1)] if answer else []

    def lines_of(self, answer: Answer | None) -> list[str]:
        """For <polyline points="…">."""
        return answer["strokes"].split(";") if answer else []
