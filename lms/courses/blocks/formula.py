"""A formula on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Formula, Line


class FormulaKind(Kind):
    code = "formula"
    title = _l("Formula")
    group = "science"
    fields = (
        Formula("latex", _l("Formula"), needed=True, hint=_l("In LaTeX, for instance v = \\frac{s}{t}.")),
        Line(
            "about",
            _l("The formula in words"),
            needed=True,
            hint=_l("It is read aloud and printed below the formula."),
        ),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("formula", content["latex"])
        if content["about"]:
            yield Piece("note", content["about"])
