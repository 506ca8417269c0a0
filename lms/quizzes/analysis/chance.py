"""Tails of the normal and the chi-squared distribution, so that numpy is all that is needed.

The incomplete gamma function by its series and its continued fraction: Abramowitz and Stegun 6.5.29 and 6.5.31.
"""

from __future__ import annotations

import math

MOST_TERMS = 500
PRECISION = 1e-12
TINY = 1e-300


def normal_beyond(z: float) -> float:
    """The share of a normal distribution further from its middle than z, on both sides."""
    return math.erfc(abs(z) / math.sqrt(2))


def chi2_beyond(value: float, freedom: int) -> float:
    """The share of a chi-squared distribution above a value."""
    if value <= 0 or freedom <= 0:
        return 1.0
    shape, x = freedom / 2, value / 2
    scale = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    return min(1.0, max(0.0, 1 - _series(shape, x) * scale if x < shape + 1 else _fraction(shape, x) * scale))


def _series(shape: float, x: float) -> float:
    term = total = 1 / shape
    for n in range(1, MOST_TERMS):
        term *= x / (shape + n)
        total += term
        if term < total * PRECISION:
            break
    return total


def _fraction(shape: float, x: float) -> float:
    """Lentz's way through the continued fraction."""
    b = x + 1 - shape
    c, d = 1 / TINY, 1 / b
    found = d
    for n in range(1, MOST_TERMS):
        a = -n * (n - shape)
        b += 2
        d = 1 / ((a * d + b) or TINY)
        c = (b + a / c) or TINY
        found *= d * c
        if abs(d * c - 1) < PRECISION:
            break
    return found
