"""Work for home, whose answer the teacher reads."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rich


class HomeworkKind(Kind):
    code = "homework"
    title = _l("Homework")
    group = "check"
    about = _l("The pupil answers in writing, the teacher reads it.")
    asks = True
    fields = (
        Line("title", _l("Homework"), needed=True),
        Rich("html", _l("What is to be done"), needed=True),
        Line("criteria", _l("How it is judged")),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("strong", content["title"])
        yield Piece("html", content["html"])
        if content["criteria"]:
            yield Piece("note", content["criteria"])
        yield Piece("blank", rows=[[""]] * 4)
