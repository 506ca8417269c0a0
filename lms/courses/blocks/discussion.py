"""A question to talk about: each pupil writes, then reads what the others wrote."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rich


class DiscussionKind(Kind):
    code = "discussion"
    title = _l("Question to discuss")
    group = "check"
    about = _l("Each pupil writes an opinion and then reads those of the class.")
    asks = True
    fields = (Line("title", _l("Question"), needed=True), Rich("html", _l("What to think of")))

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("strong", content["title"])
        yield Piece("html", content["html"])
        yield Piece("blank", rows=[[""]] * 4)
