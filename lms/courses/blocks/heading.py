"""A heading inside a lesson."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Choice, Line


class HeadingKind(Kind):
    code = "heading"
    title = _l("Heading")
    group = "text"
    fields = (
        Line("text", _l("Heading"), needed=True),
        Choice("level", _l("Size"), choices=(("2", _l("Part")), ("3", _l("Smaller part")))),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece(f"heading{content['level']}", content["text"])
