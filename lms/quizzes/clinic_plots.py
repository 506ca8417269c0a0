"""Pictures of an analysis as plain numbers for SVG: drawn on the server, so that they print and need no script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lms.quizzes.analysis.report import Analysis

WIDE, HIGH, MARGIN = 240.0, 120.0, 16.0
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 3", "10 2", "4 4", "3 6")


@dataclass(frozen=True)
class Curve:
    letter: str
    right: bool
    points: str  # as SVG writes them
    end: tuple[float, float]  # where its letter stands
    dash: str


def option_curves(choices: Sequence[tuple[str, bool, Sequence[float]]]) -> list[Curve]:
    """(letter, whether right, share in each fifth): lines told apart by dashes, not by colour alone."""
    made = []
    for place, (letter, right, shares) in enumerate(choices):
        if len(shares) < 2:
            continue
        step = (WIDE - 2 * MARGIN) / (len(shares) - 1)
        spots = [
            (MARGIN + n * step, HIGH - MARGIN - share * (HIGH - 2 * MARGIN)) for n, share in enumerate(shares)
        ]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        made.append(
            Curve(letter, right, points, spots[-1], "" if right else DASHES[1 + place % (len(DASHES) - 1)])
        )
    return made


@dataclass(frozen=True)
class Step:
    """One shelf of the Wright map."""

    low: str
    pupils: int
    share: float  # of the fullest shelf
    items: tuple[str, ...]


def wright_steps(found: Analysis) -> list[Step]:
    if found.modern is None:
        return []
    most = max((one.pupils for one in found.modern.wright), default=0) or 1
    names = found.responses.items
    return [
        Step(_logit(one.low), one.pupils, one.pupils / most, tuple(names[place] for place in one.items))
        for one in found.modern.wright
    ]


def _logit(value: float) -> str:
    return f"{'−' if value < 0 else ''}{abs(value):.1f}".replace(".", ",") if math.isfinite(value) else "–"
