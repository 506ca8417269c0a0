"""Lines of a program."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Text


class CodeKind(Kind):
    code = "code"
    title = _l("Program code")
    group = "science"
    fields = (
        Line("language", _l("Programming language")),
        Text("code", _l("Program"), needed=True),
        Line("about", _l("What the program does"), needed=True),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("code", content["code"])
        yield Piece("note", content["about"])
