"""Something done step after step."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rich, Rows


class StepsKind(Kind):
    code = "steps"
    title = _l("Steps")
    group = "order"
    about = _l("An experiment or a solution, step by step.")
    fields = (
        Rows(
            "steps", _l("Steps"), needed=True, least=2,
            of=(
                Line("title", _l("Step"), needed=True),
                Rich("html", _l("What is done")),
            ),
        ),
    )  # fmt: skip

    def pieces(self, content: Content) -> Iterator[Piece]:
        for one in content["steps"]:
            yield Piece("strong", one["title"])
            yield Piece("html", one["html"])
