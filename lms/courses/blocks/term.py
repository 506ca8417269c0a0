"""A term with its meaning and its name in the other language."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from lms.courses.blocks.base import Content, Kind, Piece
from lms.courses.blocks.fields import Rich, Word


class TermKind(Kind):
    code = "term"
    title = _l("Term")
    group = "text"
    fields = (
        Word("term", _l("Term"), needed=True),
        Word("other", _l("The term in the other language")),
        Rich("meaning", _l("Meaning"), needed=True),
    )

    def pieces(self, content: Content) -> Iterator[Piece]:
        other = f" ({content['other']})" if content["other"] else ""
        yield Piece("strong", content["term"] + other)
        yield Piece("html", content["meaning"])
