"""Does the model describe the answers? Infit and outfit by residuals; S-X² by score groups.

Infit and outfit: Wright and Masters, Rating Scale Analysis (1982), ch. 5; standardised by Wilson and Hilferty.
S-X²: Orlando and Thissen (2000), Applied Psychological Measurement 24, 50–64, on pupils who had every item; the
distribution of scores by the recursion of Lord and Wingersky (1984).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lms.quizzes.analysis.chance import chi2_beyond
from lms.quizzes.analysis.curves import State, probability
from lms.quizzes.analysis.guard import RASCH, THREE
from lms.quizzes.analysis.responses import Matrix

FEWEST_EXPECTED = 1.0
FEWEST_COMPLETE = 200


@dataclass(frozen=True)
class Fit:
    infit: Matrix
    outfit: Matrix
    infit_z: Matrix
    outfit_z: Matrix
    s_x2: Matrix
    freedom: Matrix
    p: Matrix


def fit(marks: Matrix, theta: Matrix, state: State) -> Fit:
    infit, outfit, infit_z, outfit_z = _residuals(marks, theta, state)
    whole = marks[~np.isnan(marks).any(axis=1)]
    nothing = np.full(len(state.d), np.nan)
    s_x2, freedom, p = nothing, nothing, nothing
    if len(whole) >= FEWEST_COMPLETE and marks.shape[1] >= 4:
        s_x2, freedom, p = _by_scores(whole, state)
    return Fit(infit, outfit, infit_z, outfit_z, s_x2, freedom, p)


def _residuals(marks: Matrix, theta: Matrix, state: State) -> tuple[Matrix, ...]:
    placed = ~np.isnan(theta)
    marks, theta = marks[placed], theta[placed]
    there = (~np.isnan(marks)).astype(float)
    chance = probability(state, theta).T
    variance = chance * (1 - chance)
    # A pupil's place was found from these very answers, so each lies nearer to it than by chance: by its own part
    # of what the pupil's answers tell. Without this a test of five items would seem to fit too well.
    before = np.exp(-2 * state.log_sd[0]) if state.model == THREE else 0.0  # expected values lean on it, too
    told = there * variance * state.a**2
    variance_seen = variance * (
        1 - np.minimum(0.9, told / np.maximum(told.sum(axis=1, keepdims=True) + before, 1e-9))
    )
    surprise = there * (np.where(np.isnan(marks), 0.0, marks) - chance) ** 2
    fourth = variance * ((1 - chance) ** 3 + chance**3)
    count, weight = np.maximum(there.sum(axis=0), 1), np.maximum((there * variance_seen).sum(axis=0), 1e-9)
    infit = surprise.sum(axis=0) / weight
    outfit = (surprise / variance_seen).sum(axis=0) / count
    infit_sd = np.sqrt((there * (fourth - variance**2)).sum(axis=0)) / weight
    outfit_sd = np.sqrt(np.maximum((there * fourth / variance**2).sum(axis=0) / count**2 - 1 / count, 1e-12))
    return infit, outfit, _standardised(infit, infit_sd), _standardised(outfit, outfit_sd)


def _standardised(square: Matrix, deviation: Matrix) -> Matrix:
    deviation = np.clip(deviation, 1e-6, 1.4)  # the cube root leaves its use where the spread is larger
    return np.asarray((np.cbrt(square) - 1) * 3 / deviation + deviation / 3)


def score_distribution(chance: Matrix) -> Matrix:
    """Scores × points: how likely each score of these items is at each point."""
    found = np.zeros((len(chance) + 1, chance.shape[1]))
    found[0] = 1.0
    for item in chance:
        found[1:] = found[1:] * (1 - item) + found[:-1] * item
        found[0] *= 1 - item
    return found


def _without_each(chance: Matrix) -> Matrix:
    """Items × scores × points: the same with one item left out."""
    count = len(chance)
    found = np.zeros((count, count + 1, chance.shape[1]))
    found[:, 0] = 1.0
    for place, item in enumerate(chance):
        others = np.arange(count) != place
        before = found[others]
        after = before * (1 - item)
        after[:, 1:] += before[:, :-1] * item
        found[others] = after
    return found


def _by_scores(whole: Matrix, state: State) -> tuple[Matrix, Matrix, Matrix]:
    chance, weights = probability(state), state.weights().mean(axis=0)
    count = len(chance)
    of_all = score_distribution(chance) @ weights
    without = _without_each(chance)
    score = whole.sum(axis=1).astype(int)
    size = np.bincount(score, minlength=count + 1).astype(float)
    free = {RASCH: 1, THREE: 3}.get(state.model, 2)
    found = []
    for item in range(count):
        share = (without[item, : count - 1] * chance[item] @ weights) / of_all[1:count]
        right = np.bincount(score, whole[:, item], minlength=count + 1)
        groups = _joined(
            size[1:count],
            np.asarray(right[1:count], dtype=float),
            size[1:count] * np.clip(share, 1e-9, 1 - 1e-9),
        )
        value = sum((r - e) ** 2 / (e * (1 - e / n)) for n, r, e in groups)
        freedom = len(groups) - free
        tail = chi2_beyond(value, freedom) if freedom > 0 else float("nan")
        found.append((value, freedom, tail))
    s_x2, degrees, p = np.array(found, dtype=float).T
    return s_x2, degrees, p


def _joined(size: Matrix, right: Matrix, expected: Matrix) -> list[tuple[float, float, float]]:
    """Neighbouring scores together until both right and wrong are expected at least once."""
    groups: list[tuple[float, float, float]] = []
    n = r = e = 0.0
    for one in zip(size, right, expected, strict=True):
        n, r, e = n + one[0], r + one[1], e + one[2]
        if min(e, n - e) >= FEWEST_EXPECTED:
            groups.append((n, r, e))
            n = r = e = 0.0
    if n and groups:
        last = groups.pop()
        groups.append((last[0] + n, last[1] + r, last[2] + e))
    return groups
