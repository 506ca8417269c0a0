"""Events in the order of time."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Line, Rich, Rows


class TimelineKind(Kind):
    code = "timeline"
    title = _l("Timeline")
    group = "order"
    about = _l("Events with their dates, the earliest first.")
    fields = (
        Rows(
            "events", _l("Events"), needed=True, least=2,
            of=(
                Line("when", _l("When"), needed=True),
                Line("title", _l("What happened"), needed=True),
                Rich("html", _l("More about it")),
            ),
        ),
    )  # fmt: skip

    def pieces(self, content: Content) -> Iterator[Piece]:
        for one in content["events"]:
            yield Piece("strong", f"{one['when']}. {one['title']}")
            yield Piece("html", one["html"])
