"""One question with an answer at once: it teaches and does not count."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.answers import Answers
from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rich

HOW = _l(
    "One answer on each line, * before the right ones. To be typed by the pupil: = 9,8 ± 0,1 for a number, "
    "= and the words for a word. Pairs: metre -> length. Steps in the right order: 1. first, 2. second. "
    "Gaps: water boils at [[100]] °C, or [[=right|wrong]] to be chosen."
)


class QuestionKind(Kind):
    code = "question"
    title = _l("Question with an answer at once")
    group = "check"
    about = _l("The pupil answers and sees at once whether it is right. It does not count.")
    fields = (
        Rich("ask", _l("Question"), needed=True),
        Answers("answers", _l("Answers"), needed=True, hint=HOW),
        Line("right", _l("What is said to a right answer")),
        Line("wrong", _l("What is said to a wrong answer")),
    )
    asks = True

    def questions(self, content: Content) -> list[Content]:
        return [content]

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield from question_pieces(content, "")


def question_pieces(one: Content, number: str) -> Iterator[Piece]:
    if number:
        yield Piece("strong", number)
    yield Piece("html", one["ask"])
    yield from _room_for(one["answers"])


def _room_for(answers: Content) -> Iterator[Piece]:
    """What is ticked, written or matched on paper."""
    if answers["kind"] == "pairs":
        yield Piece("table", rows=[[pair["left"], "_" * 20] for pair in answers["pairs"]])
        yield Piece("note", "; ".join(answers["values"]))
    elif answers["kind"] == "order":
        yield Piece("lines", "\n".join(f"___ {answers['steps'][place]}" for place in answers["shown"]))
    elif answers["kind"] == "gaps":
        yield Piece("lines", ("_" * 15).join(answers["pieces"]))
        choices = [" / ".join(gap["options"]) for gap in answers["gaps"] if gap["options"]]
        yield from [Piece("note", "; ".join(choices))] if choices else []
    elif answers["options"]:
        yield Piece("options", rows=[[option["text"]] for option in answers["options"]])
    else:
        yield Piece("blank", rows=[[""]])
