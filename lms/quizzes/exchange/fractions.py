"""Shares of a mark, as other programs give them to options, and our three ways of scoring."""

from __future__ import annotations

from collections.abc import Sequence

NEAR = 0.6  # Moodle rounds 33.33333


def several_scoring(fractions: Sequence[float]) -> tuple[str, bool]:
    """(how it is scored here, whether that is the same as there). Right ones share 100; wrong ones cost as much as one
    right one brings, or all of it."""
    right = [one for one in fractions if one > 0]
    wrong = [one for one in fractions if one <= 0]
    if not right:
        return "all", False
    share = 100 / len(right)
    even = all(abs(one - share) < NEAR for one in right)
    if even and all(abs(one + share) < NEAR for one in wrong):
        return "each", True
    if even and wrong and all(one <= -99 for one in wrong):
        return "all", False
    return "each", False


def fractions_of(right: Sequence[bool]) -> list[float]:
    share = round(100 / max(1, sum(right)), 5)
    return [share if one else -share for one in right]
