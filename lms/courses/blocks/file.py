"""A file to take along."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Attached, Line


class FileKind(Kind):
    code = "file"
    title = _l("File")
    group = "media"
    about = _l("A document or a sheet to take along.")
    fields = (
        Attached("file", _l("File"), needed=True, family="file"),
        Line("title", _l("What the file is"), needed=True),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("note", content["title"])
