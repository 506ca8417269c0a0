"""A film with subtitles and its words."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Attached, Line, Text


class VideoKind(Kind):
    code = "video"
    title = _l("Film")
    group = "media"
    fields = (
        Attached("file", _l("Film"), needed=True, family="video"),
        Attached("subtitles", _l("Subtitles"), family="subtitles", hint=_l("A .vtt or .srt file.")),
        Line("title", _l("What the film shows"), needed=True),
        Text(
            "transcript",
            _l("What is seen and said"),
            needed=True,
            hint=_l("For those who cannot see or hear it, and for paper."),
        ),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("strong", content["title"])
        yield Piece("lines", content["transcript"])
