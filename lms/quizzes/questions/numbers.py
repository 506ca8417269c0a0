"""Numbers as people write them: 3,14 · 3.14 · 1 000 · 2/3 · 1,5·10^3 — and how close is close enough."""

from __future__ import annotations

import math
import re
from fractions import Fraction

_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+"
_DECIMAL = rf"(?:{_DIGITS})(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?P<sign>[-+−]?)\s*(?P<whole>{_DECIMAL})(?:\s*/\s*(?P<below>\d+)|(?:[eE](?P<power>[-+−]?\d{{1,3}})"
    rf"|\s*[·*×x]\s*10\s*\^\s*(?P<ten>[-+−]?\d{{1,3}})))?"
)


def number_of(text: str) -> float | None:
    value, rest = split_unit(text)
    return value if not rest else None


def split_unit(text: str) -> tuple[float | None, str]:
    """A number at the beginning, and what stands behind it."""
    text = text.strip()
    found = _NUMBER.match(text[:60])
    if not found:
        return None, text
    return _value(found), text[found.end() :].strip()


def _value(found: re.Match[str]) -> float | None:
    whole = Fraction(re.sub(r"[ \u00a0\u202f]", "", found["whole"]).replace(",", "."))
    if found["below"]:
        if int(found["below"]) == 0:
            return None
        whole /= int(found["below"])
    power = (found["power"] or found["ten"] or "0").replace("−", "-")
    try:
        value = float(whole) * 10.0 ** int(power)
    except OverflowError:
        return None
    return -value if found["sign"] in ("-", "−") else value


def close(given: float, wanted: float, tolerance: float, in_percent: bool) -> bool:
    """The edge of the tolerance counts as inside, whatever binary fractions make of it."""
    room = abs(wanted) * tolerance / 100 if in_percent else tolerance
    return abs(given - wanted) <= room + 1e-9 * max(1.0, abs(wanted)) and math.isfinite(given)


def shown(value: float) -> str:
    """With a decimal comma, without needless zeros."""
    return f"{value:.10g}".replace(".", ",")
