"""Two pictures of one place or thing at two times."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Attached, Line


class BeforeAfterKind(Kind):
    code = "before-after"
    title = _l("Before and after")
    group = "media"
    about = _l("Two pictures to compare.")
    fields = (
        Attached("before", _l("First picture"), needed=True, family="picture"),
        Line("before_alt", _l("What the first picture shows"), needed=True),
        Attached("after", _l("Second picture"), needed=True, family="picture"),
        Line("after_alt", _l("What the second picture shows"), needed=True),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        for side in ("before", "after"):
            yield Piece("picture", content[f"{side}_alt"], file=content[side])
            yield Piece("note", content[f"{side}_alt"])
