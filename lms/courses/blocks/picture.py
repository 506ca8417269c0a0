"""A picture with a description for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Attached, Choice, Line


class PictureKind(Kind):
    code = "picture"
    title = _l("Picture")
    group = "media"
    fields = (
        Attached("file", _l("Picture"), needed=True, family="picture"),
        Line(
            "alt", _l("What the picture shows"), needed=True,
            hint=_l("For those who cannot see it: what is to be learned from the picture, in a sentence or two."),
        ),
        Line("caption", _l("Caption")),
        Choice("size", _l("Width"), choices=(("whole", _l("As wide as the text")), ("half", _l("Half as wide")))),
    )  # fmt: skip

    def pieces(self, content: Content) -> Iterator[Piece]:
        yield Piece("picture", content["alt"], file=content["file"])
        if content["caption"]:
            yield Piece("note", content["caption"])
