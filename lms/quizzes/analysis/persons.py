"""Where each pupil stands, and how surely: the expected value, and Warm's weighted likelihood.

The expected value (EAP) is best for one pupil and pulls towards the group; Warm's estimate (1989, Psychometrika 54,
427–450) does not pull, so it is what means and growth of groups are made of. With guessing only the first is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lms.quizzes.analysis.curves import POINTS, State
from lms.quizzes.analysis.guard import THREE
from lms.quizzes.analysis.responses import Matrix

MOST_ROUNDS = 60
FURTHEST = 8.0


@dataclass(frozen=True)
class Places:
    theta: Matrix
    error: Matrix


def expected(posterior: Matrix) -> Places:
    theta = posterior @ POINTS
    return Places(theta, np.sqrt(np.maximum(posterior @ POINTS**2 - theta**2, 0.0)))


def weighted_likelihood(marks: Matrix, state: State) -> Places:
    """NaN for a pupil who was given nothing."""
    if state.model == THREE:
        raise ValueError("with guessing the likelihood may have two tops")
    there = (~np.isnan(marks)).astype(float)
    right = np.where(marks == 1, 1.0, 0.0) @ state.a
    theta = np.zeros(len(marks))
    for _round in range(MOST_ROUNDS):
        force, information = _force(theta, right, there, state)
        move = np.clip(force / np.maximum(information, 1e-6), -1.0, 1.0)
        theta = np.clip(theta + move, -FURTHEST, FURTHEST)
        if np.abs(move).max(initial=0.0) < 1e-6:
            break
    _force_here, information = _force(theta, right, there, state)
    nothing = there.sum(axis=1) == 0
    error = 1 / np.sqrt(np.maximum(information, 1e-6))
    return Places(np.where(nothing, np.nan, theta), np.where(nothing, np.nan, error))


def _force(theta: Matrix, right: Matrix, there: Matrix, state: State) -> tuple[Matrix, Matrix]:
    chance = 1 / (1 + np.exp(-np.clip(theta[:, None] * state.a[None] + state.d[None], -35, 35)))
    product = chance * (1 - chance)
    information = (there * product) @ state.a**2
    skew = (there * product * (1 - 2 * chance)) @ state.a**3
    return right - (there * chance) @ state.a + skew / (2 * np.maximum(information, 1e-9)), information


def reliability(places: Places) -> float:
    """The part of the differences between pupils that is not error."""
    theta, error = places.theta[~np.isnan(places.theta)], places.error[~np.isnan(places.theta)]
    if len(theta) < 2:
        return float("nan")
    true, noise = float(theta.var(ddof=1)), float((error**2).mean())
    return true / (true + noise) if true + noise > 0 else float("nan")
