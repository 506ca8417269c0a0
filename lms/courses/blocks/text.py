"""Running text with emphasis, lists, links and formulas in the line."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Rich


class TextKind(Kind):
    code = "text"
    title = _l("Text")
    group = "text"
    about = _l("Paragraphs, lists, small headings and formulas in the line.")
    fields = (Rich("html", _l("Text"), needed=True),)

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("html", content["html"])
