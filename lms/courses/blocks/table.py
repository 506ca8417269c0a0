"""A table with a caption and heads."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Choice, Grid, Line


class TableKind(Kind):
    code = "table"
    title = _l("Table")
    group = "text"
    fields = (
        Line("caption", _l("What the table is about"), needed=True),
        Grid("rows", _l("Table"), needed=True, hint=_l("One line for each row, cells parted by |.")),
        Choice(
            "heads", _l("Heads"),
            choices=(("row", _l("The first row")), ("both", _l("The first row and the first column")), ("none", _l("None"))),
        ),
    )  # fmt: skip

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("note", content["caption"])
        yield Piece("table", rows=content["rows"], header=content["heads"] != "none")
