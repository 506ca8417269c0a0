"""Who chose which option: a wrong answer that strong pupils take says more than any coefficient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lms.quizzes.analysis.classical import correlation
from lms.quizzes.analysis.responses import Matrix

FIFTHS = 5
FEWEST_FOR_CURVES = 30
NONE = -1


@dataclass(frozen=True)
class Option:
    place: int
    right: bool
    chosen: int
    share: float
    discrimination: float  # of choosing it, with the score on the other items
    curve: tuple[float, ...]  # the share that chose it in each fifth, from weakest to strongest


def options_of(
    chosen: NDArray[np.int64], count: int, right: Sequence[int], rest: Matrix
) -> tuple[Option, ...]:
    """`chosen` is the place of the option for each pupil, NONE for no answer; `rest` the score on the others."""
    known = ~np.isnan(rest)
    chosen, rest = chosen[known], rest[known]
    groups = fifths(rest)
    return tuple(_option(place, place in right, chosen, rest, groups) for place in range(count))


def fifths(rest: Matrix) -> list[NDArray[np.int64]]:
    """Pupils in five groups by score; equal scores may part, in the order of the table, never by chance."""
    order = np.argsort(rest, kind="stable")
    return list(np.array_split(order, FIFTHS if len(order) >= FEWEST_FOR_CURVES else 1))


def _option(
    place: int, right: bool, chosen: NDArray[np.int64], rest: Matrix, groups: list[NDArray[np.int64]]
) -> Option:
    took = (chosen == place).astype(float)
    curve = tuple(float(took[group].mean()) if len(group) else 0.0 for group in groups)
    share = float(took.mean()) if len(took) else 0.0
    return Option(place, right, int(took.sum()), share, correlation(took, rest), curve)
