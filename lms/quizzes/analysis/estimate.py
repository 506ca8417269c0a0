"""Rasch, 2PL and 3PL by marginal maximum likelihood: Bock and Aitkin (1981), Psychometrika 46, 443–459.

Pupils are integrated out over fixed points; the expectation step counts right and wrong answers at every point,
the maximisation step moves each item by Fisher scoring. Groups (entry and exit, pilot and control) may differ in
mean and spread while items are held in common, which links tests that share anchor items: Bock and Zimowski (1997).
Steps are accelerated by SQUAREM: Varadhan and Roland (2008), Scandinavian Journal of Statistics 35, 335–353.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lms.quizzes.analysis.curves import POINTS, State, probability, slopes, start
from lms.quizzes.analysis.guard import RASCH, THREE, TWO
from lms.quizzes.analysis.priors import curvature, pull, worth
from lms.quizzes.analysis.responses import Matrix

TOLERANCE = 1e-5
MOST_STEPS = 1500
LONGEST_STEP = 0.7
LEAST_SLOPE, MOST_SLOPE = 0.05, 8.0
Groups = NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """What the expectation step finds."""

    worth: float  # log-likelihood, with priors where the model has them
    right: Matrix  # items × points
    wrong: Matrix
    mass: Matrix  # groups × points: how many pupils stand where
    posterior: Matrix  # pupils × points


@dataclass(frozen=True)
class Answers:
    """Marks laid out for counting."""

    marks: Matrix
    groups: Groups

    @cached_property
    def right(self) -> Matrix:
        return (self.marks == 1).astype(float)

    @cached_property
    def wrong(self) -> Matrix:
        return (self.marks == 0).astype(float)


@dataclass(frozen=True)
class Estimated:
    state: State
    counts: Counts
    steps: int
    converged: bool


def estimate(marks: Matrix, model: str, groups: Groups | None = None) -> Estimated:
    """Marks are 0, 1 or NaN; every item has both right and wrong answers, every pupil has at least one."""
    who = np.zeros(len(marks), dtype=np.int64) if groups is None else groups
    answers = Answers(marks, who)
    begun = start(model, np.nanmean(marks, axis=0), int(who.max()) + 1)
    return _climb(begun, answers)


def _climb(state: State, answers: Answers) -> Estimated:
    steps, jump = 0, 1.0
    while steps < MOST_STEPS:
        one, first = step(state, answers)
        two, second = step(one, answers)
        steps += 2
        begin, middle, end = state.packed(), one.packed(), two.packed()
        if np.abs(end - middle).max() < TOLERANCE:
            return Estimated(two, expect(two, answers), steps, True)
        ahead, jump = _ahead(begin, middle, end, jump)
        leap = _bounded(two.unpacked(ahead))
        landed, there = step(leap, answers)
        steps += 1
        if (
            np.isfinite(there.worth)
            and there.worth >= first.worth - 1e-9
            and there.worth >= second.worth - 1.0
        ):
            state, jump = landed, jump * 2
        else:
            state, jump = two, max(1.0, jump / 2)
    return Estimated(state, expect(state, answers), steps, False)


def _ahead(begin: Matrix, middle: Matrix, end: Matrix, most: float) -> tuple[Matrix, float]:
    """Where two steps of the same way would lead if one went on; never further than `most` allows."""
    first, turn = middle - begin, (end - middle) - (middle - begin)
    length = float(np.sqrt((first**2).sum() / max(1e-300, (turn**2).sum())))
    length = float(np.clip(length, 1.0, 4 * most))
    return begin + 2 * length * first + length**2 * turn, most


def step(state: State, answers: Answers) -> tuple[State, Counts]:
    counts = expect(state, answers)
    return _groups_moved(_items_moved(state, counts), counts), counts


def expect(state: State, answers: Answers) -> Counts:
    chance = probability(state)
    with np.errstate(divide="ignore"):
        height = np.log(state.weights())[answers.groups]
    height += answers.right @ np.log(chance)
    height += answers.wrong @ np.log1p(-chance)
    top = height.max(axis=1, keepdims=True)
    np.exp(height - top, out=height)
    whole = height.sum(axis=1, keepdims=True)
    height /= whole
    mass = np.array([height[answers.groups == one].sum(axis=0) for one in range(len(state.mean))])
    likelihood = float((top + np.log(whole)).sum()) + worth(state)
    return Counts(likelihood, answers.right.T @ height, answers.wrong.T @ height, mass, height)


def gradient(state: State, counts: Counts) -> Matrix:
    """Of the log-likelihood by what is free: by Fisher's identity that of the expected complete one."""
    by_items = _item_gradients(state, counts)
    sd = np.exp(state.log_sd)[:, None]
    away = (POINTS[None] - state.mean[:, None]) / sd
    by_mean = (counts.mass * away / sd).sum(axis=1)[1:]
    by_sd = (counts.mass * (away**2 - 1)).sum(axis=1)[state.first_free_sd :]
    return np.concatenate([by_items.ravel(), by_mean, by_sd])


def _item_gradients(state: State, counts: Counts) -> Matrix:
    """Free values × items."""
    chance = probability(state)
    balance = counts.right / chance - counts.wrong / (1 - chance)
    return np.array([(balance * one).sum(axis=1) for one in slopes(state)]) + pull(state)


def _items_moved(state: State, counts: Counts) -> State:
    chance, ways = probability(state), slopes(state)
    weight = (counts.right + counts.wrong) / (chance * (1 - chance))
    force = _item_gradients(state, counts)
    size = len(ways)
    matrix = np.empty((len(state.d), size, size))
    for row in range(size):
        for column in range(size):
            matrix[:, row, column] = (weight * ways[row] * ways[column]).sum(axis=1)
    matrix += curvature(state) + 1e-8 * np.eye(size)
    move = np.asarray(np.linalg.solve(matrix, force.T[:, :, None])[:, :, 0], dtype=float)
    longest = np.abs(move).max(axis=1, keepdims=True)
    move *= np.minimum(1.0, LONGEST_STEP / np.maximum(longest, 1e-300))
    return _bounded(_moved(state, move))


def _moved(state: State, move: Matrix) -> State:
    if state.model == RASCH:
        return replace(state, d=state.d + move[:, 0])
    state = replace(state, a=state.a + move[:, 0], d=state.d + move[:, 1])
    return replace(state, g=state.g + move[:, 2]) if state.model == THREE else state


def _bounded(state: State) -> State:
    """A slope of 0 has no difficulty. Below 0 it may go in the 2PL: that is how a wrong key shows."""
    a = np.clip(state.a, LEAST_SLOPE if state.model == THREE else -MOST_SLOPE, MOST_SLOPE)
    if state.model == TWO:
        a = np.where(np.abs(a) < 1e-3, np.where(a < 0, -1e-3, 1e-3), a)
    sd = np.clip(state.log_sd, -3.0, 1.2)
    return replace(state, a=a, d=np.clip(state.d, -25, 25), g=np.clip(state.g, -6, 2), log_sd=sd)


def _groups_moved(state: State, counts: Counts) -> State:
    size = counts.mass.sum(axis=1)
    mean = counts.mass @ POINTS / size
    mean[0] = state.mean[0]
    spread = (counts.mass * (POINTS[None] - mean[:, None]) ** 2).sum(axis=1) / size
    log_sd = np.concatenate(
        [state.log_sd[: state.first_free_sd], 0.5 * np.log(spread)[state.first_free_sd :]]
    )
    return replace(state, mean=mean, log_sd=log_sd)
