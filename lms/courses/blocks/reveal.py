"""A question or a hint whose answer is opened by the reader."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rich


class RevealKind(Kind):
    code = "reveal"
    title = _l("Hidden text")
    group = "order"
    about = _l("An answer or a hint that the pupil opens.")
    fields = (
        Line("summary", _l("What is seen at first"), needed=True),
        Rich("html", _l("What is opened"), needed=True),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("strong", content["summary"])
        yield Piece("html", content["html"])
