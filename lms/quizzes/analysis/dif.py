"""Differential functioning: is an item harder for one group than for equally able pupils of another?

Mantel and Haenszel (1959) with score groups, the standard error of Robins, Breslow and Greenland (1986), and the
classes A, B, C of Educational Testing Service (Zieky 1993): C is large and sure, B is noticeable, A is neither.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lms.quizzes.analysis.chance import chi2_beyond
from lms.quizzes.analysis.classical import scores
from lms.quizzes.analysis.responses import Matrix

FEWEST = 100  # in each group
DELTA = -2.35
BANDS = 20
Table = tuple[float, float, float, float]


@dataclass(frozen=True)
class Differential:
    odds: float  # above 1: easier for the reference group
    delta: float  # below 0: harder for the focal group
    error: float  # of delta
    chi2: float
    p: float
    grade: str  # A, B, C; empty where nothing can be said


NOTHING = Differential(math.nan, math.nan, math.nan, math.nan, math.nan, "")


def differential(marks: Matrix, focal: NDArray[np.bool_]) -> list[Differential] | None:
    """None when a group is too small. Items found unequal are left out of the matching score, once."""
    present = (~np.isnan(marks)).any(axis=1)
    if min((focal & present).sum(), (~focal & present).sum()) < FEWEST:
        return None
    marks, focal = marks[present], focal[present]
    first = [_one(marks, focal, item, []) for item in range(marks.shape[1])]
    unequal = [item for item, one in enumerate(first) if one.grade == "C"]
    if not unequal or len(unequal) > marks.shape[1] / 2:
        return first
    return [_one(marks, focal, item, unequal) for item in range(marks.shape[1])]


def _one(marks: Matrix, focal: NDArray[np.bool_], item: int, unequal: list[int]) -> Differential:
    """The item itself always counts in the matching score: Holland and Thayer (1988)."""
    left_out = [one for one in unequal if one != item]
    matching = scores(np.delete(marks, left_out, axis=1))
    given = ~np.isnan(marks[:, item]) & ~np.isnan(matching)
    return _summed(list(_tables(marks[given, item], focal[given], matching[given])))


def _tables(mark: Matrix, focal: NDArray[np.bool_], matching: Matrix) -> Iterator[Table]:
    """Right and wrong of the reference group, right and wrong of the focal group, score by score."""
    values = np.unique(matching)
    if len(values) > 3 * BANDS:
        values = np.unique(np.quantile(matching, np.linspace(0, 1, BANDS + 1)[:-1]))
    group = np.searchsorted(values, matching, side="right") - 1
    right = mark == 1
    kinds = [right & ~focal, ~right & ~focal, right & focal, ~right & focal]
    counted = np.array([np.bincount(group[kind], minlength=len(values)) for kind in kinds], dtype=float)
    for a, b, c, d in counted.T:
        if a + b and c + d and a + c and b + d:
            yield float(a), float(b), float(c), float(d)


def _summed(tables: list[Table]) -> Differential:
    r = s = pr = mixed = qs = observed = expected = variance = 0.0
    for a, b, c, d in tables:
        n = a + b + c + d
        r, s = r + a * d / n, s + b * c / n
        pr += (a + d) * a * d / n**2
        mixed += ((a + d) * b * c + (b + c) * a * d) / n**2
        qs += (b + c) * b * c / n**2
        observed, expected = observed + a, expected + (a + b) * (a + c) / n
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n**2 * (n - 1))
    if not (r and s and variance):
        return NOTHING
    chi2 = max(0.0, abs(observed - expected) - 0.5) ** 2 / variance
    error = math.sqrt(pr / (2 * r**2) + mixed / (2 * r * s) + qs / (2 * s**2))
    delta, p = DELTA * math.log(r / s), chi2_beyond(chi2, 1)
    return Differential(r / s, delta, -DELTA * error, chi2, p, _grade(delta, -DELTA * error, p))


def _grade(delta: float, error: float, p: float) -> str:
    """C: at least 1.5 and surely above 1; B: at least 1 and surely not 0."""
    if abs(delta) >= 1.5 and abs(delta) - 1.645 * error > 1:
        return "C"
    return "B" if abs(delta) >= 1 and p < 0.05 else "A"
