"""Text as it was meant: what scanners, PDF and old fonts did to Kazakh letters is undone before words are cut.

The order matters: letter-spaced words are joined while runs of spaces still tell words apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

KAZAKH = "әғқңөұүһі"
CYRILLIC = "а-яёіїәғқңөұүһӊəА-ЯЁІЇӘҒҚҢӨҰҮҺӉƏ"

_ALWAYS = str.maketrans("əƏӊӉїЇ", "әӘңҢіІ")
# Latin letters that look like one Cyrillic letter; Y and h are how Ү and һ came out of old fonts.
_TWINS = str.maketrans("iIYhHaAeEoOpPcCxXyKMTB", "іІҮһНаАеЕоОрРсСхХуКМТВ")
_MIXED = re.compile(
    rf"(?<![{CYRILLIC}A-Za-z])(?:[{CYRILLIC}]+[A-Za-z]|[A-Za-z]+[{CYRILLIC}])[{CYRILLIC}A-Za-z]*"
)
_LATIN = re.compile(r"[A-Za-z]")
_SPACED = re.compile(
    rf"(?<![{CYRILLIC}A-Za-z])(?:[{CYRILLIC}i][ \t]){{2,}}[{CYRILLIC}i](?![{CYRILLIC}A-Za-z])"
)
_CUT = re.compile(rf"(?<![{CYRILLIC}])([{CYRILLIC}]+)[-‐‑][ \t]*\r?\n[ \t]*([{CYRILLIC}]+)")
_WORD = re.compile(rf"[{CYRILLIC}]+")
_UNSEEN = re.compile(
    "[\0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def mended(text: str) -> str:
    """The text with its letters, spaces and hyphens put right; case and line breaks stay."""
    return _cuts_joined(_twins_replaced(_spaced_joined(_cleaned(text))))


def _cleaned(text: str) -> str:
    """No lone surrogate, no mark nobody sees (soft hyphens, joiners, direction marks), plain spaces."""
    kept = _UNSEEN.sub("", text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).translate(_ALWAYS)


def _spaced_joined(text: str) -> str:
    """`С а б а қ` is one word; two spaces separate words."""
    return _SPACED.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    letters = found[0].split()
    return found[0] if len(letters) == 3 and letters[1] == "и" else "".join(letters)


def _twins_replaced(text: str) -> str:
    return _MIXED.sub(lambda found: _twin(found[0]), text)


def _twin(word: str) -> str:
    """A word of both alphabets becomes Cyrillic, but only when no Latin letter would remain."""
    meant = word.translate(_TWINS)
    return word if _LATIN.search(meant) else meant


def _cuts_joined(text: str) -> str:
    """A word cut at a line's end is joined, unless its halves are words elsewhere and the whole is not."""
    if not _CUT.search(text):
        return text
    known = _words_apart_from_cuts(text)

    def join(found: re.Match[str]) -> str:
        left, right = found[1], found[2]
        if not right[0].islower():
            return found[0]
        whole = left + right
        compound = known[left.lower()] and known[right.lower()] and not known[whole.lower()]
        return f"{left}-{right}\n" if compound else f"{whole}\n"

    return _CUT.sub(join, text)


def _words_apart_from_cuts(text: str) -> Counter[str]:
    return Counter(found[0].lower() for found in _WORD.finditer(_CUT.sub(" ", text)))
