"""Cards with two sides, to learn words, dates and formulas by heart."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from markupsafe import escape

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rows


class CardsKind(Kind):
    code = "cards"
    title = _l("Flash cards")
    group = "check"
    about = _l("A question on one side, the answer on the other.")
    fields = (
        Rows(
            "cards", _l("Cards"), needed=True, least=1,
            of=(
                Line("front", _l("Front"), needed=True),
                Line("back", _l("Back"), needed=True),
            ),
        ),
    )  # fmt: skip

    def pieces(self, content: Content) -> Iterator[Piece]:
        for one in content["cards"]:
            yield Piece("strong", one["front"])
            yield Piece("html", f"<p>{escape(one['back'])}</p>")
