"""A model or virtual laboratory: an HTML5 page in a zip, shown from the content site."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Attached, Line, Number, Text


class ModelKind(Kind):
    code = "model"
    title = _l("Interactive model")
    group = "science"
    about = _l("A zip with an HTML page and all it needs.")
    fields = (
        Attached("file", _l("Model"), needed=True, family="model"),
        Line("title", _l("What the model shows"), needed=True),
        Text(
            "about",
            _l("What can be seen in it, in words"),
            needed=True,
            hint=_l("For those who cannot use it, and for paper."),
        ),
        Number("height", _l("Height on the page, in points"), lowest=160, highest=1200, usual=420),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("strong", content["title"])
        yield Piece("lines", content["about"])
