"""A recording, with its words."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Attached, Line, Text


class AudioKind(Kind):
    code = "audio"
    title = _l("Recording")
    group = "media"
    fields = (
        Attached("file", _l("Recording"), needed=True, family="audio"),
        Line("title", _l("What is heard"), needed=True),
        Text(
            "transcript",
            _l("The words of the recording"),
            needed=True,
            hint=_l("For those who cannot hear it, and for paper."),
        ),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("strong", content["title"])
        yield Piece("lines", content["transcript"])
