"""Several texts side by side, of which one is read at a time."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rich, Rows


class TabsKind(Kind):
    code = "tabs"
    title = _l("Tabs")
    group = "order"
    about = _l("Several views of one thing, each under its own name.")
    fields = (
        Rows(
            "tabs", _l("Tabs"), needed=True, least=2,
            of=(
                Line("title", _l("Name of the tab"), needed=True),
                Rich("html", _l("Text"), needed=True),
            ),
        ),
    )  # fmt: skip

    def pieces(self, content: Content) -> Iterator[Piece]:
        for one in content["tabs"]:
            yield Piece("strong", one["title"])
            yield Piece("html", one["html"])
