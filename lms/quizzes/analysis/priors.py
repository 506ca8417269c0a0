"""What is believed before any answer is seen. Only the 3PL needs it: guessing and slope hardly part otherwise.

log a ~ N(0, 0.5²) and logit c ~ N(−1.4, 0.5²): slopes around 1, guessing around 0.2. As mild as the defaults of
published programs; with 1,000 pupils the answers outweigh them. See Baker and Kim, Item Response Theory (2004), ch. 7.
"""

from __future__ import annotations

import numpy as np

from lms.quizzes.analysis.curves import State
from lms.quizzes.analysis.guard import RASCH, THREE
from lms.quizzes.analysis.responses import Matrix

LOG_SLOPE, SLOPE_SPREAD = 0.0, 0.5
GUESSING, GUESSING_SPREAD = -1.4, 0.5


def worth(state: State) -> float:
    """Logarithm of the prior density, up to a constant."""
    if state.model != THREE:
        return 0.0
    a = (np.log(state.a) - LOG_SLOPE) / SLOPE_SPREAD
    g = (state.g - GUESSING) / GUESSING_SPREAD
    return float(-0.5 * (a @ a + g @ g))


def pull(state: State) -> Matrix:
    """Its gradient: free values × items."""
    count = len(state.d)
    if state.model != THREE:
        return np.zeros((1 if state.model == RASCH else 2, count))
    a = -(np.log(state.a) - LOG_SLOPE) / SLOPE_SPREAD**2 / state.a
    return np.array([a, np.zeros(count), -(state.g - GUESSING) / GUESSING_SPREAD**2])


def curvature(state: State) -> Matrix:
    """What it adds to the information of each item."""
    count = len(state.d)
    if state.model != THREE:
        size = 1 if state.model == RASCH else 2
        return np.zeros((count, size, size))
    found = np.zeros((count, 3, 3))
    found[:, 0, 0] = 1 / (SLOPE_SPREAD * state.a) ** 2
    found[:, 2, 2] = 1 / GUESSING_SPREAD**2
    return found


def bent(state: State) -> Matrix:
    """The same exactly, around an estimate; the steps towards it take the rounder figure, which is never negative."""
    found = curvature(state)
    if state.model == THREE:
        found[:, 0, 0] *= 1 - (np.log(state.a) - LOG_SLOPE)
    return found
