"""Answers against the key of a question of a lesson, and words gathered into a cloud."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

LONGEST = 200
_NUMBER = re.compile(r"[-+−]?\d{1,15}([.,]\d{1,15})?")


def cleaned(kind: str, given: object, options: int = 0) -> list[str] | None:
    """An answer as it is kept, or None when it is none."""
    if kind in ("single", "multiple"):
        places = given if isinstance(given, list) else [given]
        chosen = sorted({str(one) for one in places})
        good = all(one.isascii() and one.isdigit() and int(one) < options for one in chosen)
        return chosen if chosen and good and (kind == "multiple" or len(chosen) == 1) else None
    text = " ".join(str(given).split())[:LONGEST] if isinstance(given, (str, int, float)) else ""
    if kind == "number":
        return [text] if _NUMBER.fullmatch(text) else None
    return [text] if text else None


def right(kind: str, key: Sequence[str], answer: Sequence[str]) -> bool | None:
    """None when nothing is right or wrong about it: a cloud, or a question without a key."""
    if kind == "cloud" or not key:
        return None
    if kind in ("single", "multiple"):
        return sorted(key) == sorted(answer)
    if kind == "number":
        return any(_value(one) == _value(answer[0]) for one in key)
    return folded(answer[0]) in {folded(one) for one in key}


def _value(text: str) -> float | None:
    """2,50 is 2.5 and −3 is -3; a key that is no number equals nothing."""
    plain = text.strip().replace(",", ".").replace("−", "-")
    return float(plain) if _NUMBER.fullmatch(text.strip()) else None


def folded(text: str) -> str:
    """Capital letters, dots at the end and spaces are not what is asked about."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(" .!?«»\"'")


def cloud(answers: Iterable[str], most: int = 40) -> list[tuple[str, int, int]]:
    """(word, times, size 1–5), the most frequent first."""
    counts = Counter(filter(None, (folded(one) for one in answers)))
    if not counts:
        return []
    top = max(counts.values())
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    return [(word, times, 1 + round(4 * (times - 1) / max(top - 1, 1))) for word, times in ordered]
