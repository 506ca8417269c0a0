"""A thing in three dimensions that is turned: a still picture first, the model itself when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Attached, Line, Text


class SolidKind(Kind):
    code = "solid"
    title = _l("3-D model")
    group = "science"
    about = _l("A thing that is turned and looked at from all sides, out of a .glb file.")
    fields = (
        Attached("file", _l("Model"), needed=True, family="solid"),
        Attached(
            "poster", _l("Still picture"), needed=True, family="picture",
            hint=_l("Made of the model below, or a picture of your own. It is seen first, on paper and where models cannot be drawn."),
        ),
        Line("title", _l("What the model shows"), needed=True),
        Text(
            "about", _l("What can be seen in it, in words"), needed=True,
            hint=_l("For those who cannot use it, and for paper."),
        ),
    )  # fmt: skip

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("strong", content["title"])
        yield Piece("picture", content["title"], file=content["poster"])
        yield Piece("lines", content["about"])
        yield Piece("note", _("A still picture of a model that can be turned on a screen."))
