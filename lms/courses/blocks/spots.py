"""A picture or map with numbered places and what is to be known of each."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Attached, Line, Number, Rich, Rows


class SpotsKind(Kind):
    code = "spots"
    title = _l("Picture with marked places")
    group = "media"
    about = _l("A map or a scheme with numbered places and a text for each.")
    fields = (
        Attached("file", _l("Picture"), needed=True, family="picture"),
        Line("alt", _l("What the picture shows"), needed=True),
        Rows(
            "spots", _l("Marked places"), needed=True,
            of=(
                Line("title", _l("Name of the place"), needed=True),
                Number("x", _l("From the left, per cent"), highest=100, usual=50),
                Number("y", _l("From the top, per cent"), highest=100, usual=50),
                Rich("html", _l("What is to be known")),
            ),
        ),
    )  # fmt: skip

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("picture", content["alt"], file=content["file"])
        for number, one in enumerate(content["spots"], 1):
            yield Piece("strong", f"{number}. {one['title']}")
            yield Piece("html", one["html"])
