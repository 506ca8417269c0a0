"""Answers against the key of a question of a lesson, and words gathered into a cloud."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from lms.lessons.parts import PARTED, Part

LONGEST = 200
_NUMBER = re.compile(r"[-+−]?\d{1,15}([.,]\d{1,15})?")


def cleaned(kind: str, given: object, options: int = 0) -> list[str] | None:
    """An answer as it is kept, or None when it is none."""
    if kind in ("single", "multiple"):
        places = given if isinstance(given, list) else [given]
        chosen = sorted({str(one) for one in places})
        good = all(one.isascii() and one.isdigit() and int(one) < options for one in chosen)
        return chosen if chosen and good and (kind == "multiple" or len(chosen) == 1) else None
    if kind in PARTED:
        return None  # `filled` takes them part by part
    text = " ".join(str(given).split())[:LONGEST] if isinstance(given, (str, int, float)) else ""
    if kind == "number":
        return [text] if _NUMBER.fullmatch(text) else None
    return [text] if text else None


def filled(parts: Sequence[Part], given: object) -> list[str] | None:
    """An answer to a question of several parts: every place is filled in, with one of its choices where it has some."""
    if not isinstance(given, list) or len(given) != len(parts):
        return None
    texts = [" ".join(str(one).split())[:LONGEST] for one in given]
    known = all(not part.choices or part.said(text) in part.choices and text.isdigit()
                for part, text in zip(parts, texts, strict=True))  # fmt: skip
    return texts if known and all(texts) else None


def right(kind: str, key: Sequence[str], answer: Sequence[str]) -> bool | None:
    """None when nothing is right or wrong about it: a cloud, or a question without a key."""
    if kind == "cloud" or not key:
        return None
    if kind in ("single", "multiple"):
        return sorted(key) == sorted(answer)
    if kind == "number":
        return any(_value(one) == _value(answer[0]) for one in key)
    if kind in PARTED:
        return len(key) == len(answer) and all(map(fits, key, answer))
    return folded(answer[0]) in {folded(one) for one in key}


def fits(wanted: str, said: str) -> bool:
    """One part: the place of what is right, or any of the words that may be typed there."""
    ways = wanted.split("|")
    value = _value(said)
    return folded(said) in {folded(one) for one in ways} or (
        value is not None and any(_value(one) == value for one in ways)
    )


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
