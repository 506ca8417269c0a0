"""The Wright map: pupils on one side, items on the other, both on the same line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lms.quizzes.analysis.responses import Matrix

STEP = 0.5
FURTHEST = 6.0


@dataclass(frozen=True)
class Shelf:
    low: float
    pupils: int
    items: tuple[int, ...]  # their places in the table


def wright_map(theta: Matrix, difficulty: Matrix) -> tuple[Shelf, ...]:
    """From the hardest and ablest down; what lies beyond stands on the last shelf of its side."""
    theta = theta[~np.isnan(theta)]
    everything = np.concatenate([theta, difficulty[~np.isnan(difficulty)]])
    if not len(everything):
        return ()
    low, high = (
        float(np.clip(one, -FURTHEST, FURTHEST - STEP)) for one in (everything.min(), everything.max())
    )
    shelves = np.arange(np.floor(low / STEP), np.floor(high / STEP) + 1) * STEP
    of_pupils, of_items = _shelf(theta, shelves), _shelf(difficulty, shelves)
    return tuple(
        Shelf(
            float(floor), int((of_pupils == place).sum()), tuple(np.flatnonzero(of_items == place).tolist())
        )
        for place, floor in reversed(list(enumerate(shelves)))
    )


def _shelf(values: Matrix, shelves: Matrix) -> Matrix:
    """NaN stands nowhere."""
    places = np.floor((np.nan_to_num(values, nan=0.0) - shelves[0]) / STEP + 1e-9)
    return np.where(np.isnan(values), -1, np.clip(places, 0, len(shelves) - 1))
