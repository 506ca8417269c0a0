"""What stands on a sheet, and why a photograph or a line of it needs a person."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

REFUSALS: dict[str, Any] = {
    "too-large": _l("The picture is too large. Take it with fewer megapixels."),
    "not-a-picture": _l("This is not a picture. Take JPEG, PNG or WebP."),
    "too-small": _l("The picture is too small to read bubbles on it."),
    "no-sheet": _l("The four square targets were not found. Photograph the whole sheet, with all its corners."),
    "no-code": _l("The number of the sheet could not be read. Photograph it again, sharply and without a shadow on its top."),
    "unknown-sheet": _l("This sheet does not belong to this test."),
}  # fmt: skip
DOUBTS: dict[str, Any] = {
    "faint": _l("pale or rubbed out"),
    "two_marks": _l("two marks"),
    "unreadable": _l("too dark to read"),
}


def how_to_fill_in() -> list[str]:
    return [
        _("Fill the circle of your answer completely with a dark pen or pencil."),
        _("Do not fold the sheet and do not write on the black squares."),
    ]


def blank_name() -> str:
    return _("Name, class:") + " " + "_" * 40
