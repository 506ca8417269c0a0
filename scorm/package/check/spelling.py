"""How the standard spells <schemaversion>, and which other spellings can only mean one of its own."""

from __future__ import annotations

import re

from scorm.package.model import Edition

SPELLED: dict[Edition, str] = {
    "1.2": "1.2",
    "2004 2nd": "CAM 1.3",
    "2004 3rd": "2004 3rd Edition",
    "2004 4th": "2004 4th Edition",
}
_PUNCTUATION = re.compile(r"\W+")


def meant(written: str, edition: Edition) -> str | None:
    """The right spelling, where what is written is the same but for case, spaces, "SCORM" and "Edition"."""
    right = SPELLED[edition]
    if written == right or written in SPELLED.values() or _plain(written) != _plain(right):
        return None
    return right


def _plain(written: str) -> str:
    words = _PUNCTUATION.sub("", written.casefold())
    return words.replace("scorm", "").replace("edition", "")
