"""Words of somebody else, with their name."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rich


class QuotationKind(Kind):
    code = "quotation"
    title = _l("Quotation")
    group = "text"
    fields = (
        Rich("html", _l("Quotation"), needed=True),
        Line("source", _l("Whose words, and where from"), needed=True),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("quote", content["html"])
        yield Piece("note", content["source"])
