"""The item response function and everything an estimation needs of it, for many items and points at once.

P(θ) = c + (1 − c) / (1 + exp(−(a·θ + d))),   b = −d / a       (logistic metric, no factor of 1.7)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lms.quizzes.analysis.guard import RASCH, THREE
from lms.quizzes.analysis.responses import Matrix

POINTS: Matrix = np.linspace(-6.0, 6.0, 61)
EDGE = 1e-9  # no probability is ever quite 0 or 1


@dataclass(frozen=True)
class State:
    """All that is estimated: items (slope, intercept, logit of guessing) and groups (mean, log of deviation)."""

    model: str
    a: Matrix
    d: Matrix
    g: Matrix
    mean: Matrix
    log_sd: Matrix

    @property
    def c(self) -> Matrix:
        return 1 / (1 + np.exp(-self.g)) if self.model == THREE else np.zeros_like(self.g)

    @property
    def b(self) -> Matrix:
        return -self.d / self.a

    def packed(self) -> Matrix:
        """Only what is free: the Rasch slope is 1 and sets the unit; elsewhere the first group does."""
        items = {RASCH: [self.d], THREE: [self.a, self.d, self.g]}.get(self.model, [self.a, self.d])
        return np.concatenate([*items, self.mean[1:], self.log_sd[self.first_free_sd :]])

    def unpacked(self, values: Matrix) -> State:
        count, groups = len(self.d), len(self.mean) - 1
        kinds = {RASCH: ["d"], THREE: ["a", "d", "g"]}.get(self.model, ["a", "d"])
        items: dict[str, Any] = {name: values[n * count : (n + 1) * count] for n, name in enumerate(kinds)}
        rest = values[len(kinds) * count :]
        sds = np.concatenate([self.log_sd[: self.first_free_sd], rest[groups:]])
        return replace(self, **items, mean=np.concatenate([self.mean[:1], rest[:groups]]), log_sd=sds)

    @property
    def first_free_sd(self) -> int:
        return 0 if self.model == RASCH else 1

    def weights(self) -> Matrix:
        """Groups × points: each group's normal distribution on the points."""
        sd = np.exp(self.log_sd)[:, None]
        height = np.exp(-0.5 * ((POINTS[None] - self.mean[:, None]) / sd) ** 2) + 1e-300
        return np.asarray(height / height.sum(axis=1, keepdims=True))


def start(model: str, facility: Matrix, groups: int) -> State:
    """Every slope 1; intercepts from the share of right answers, a little spread out for the spread of pupils."""
    share = np.clip(facility, 0.02, 0.98)
    guess = np.full(len(share), -1.4)
    if model == THREE:
        share = np.clip((share - 0.15) / 0.85, 0.05, 0.98)
    d = 1.15 * np.log(share / (1 - share))
    return State(model, np.ones(len(share)), d, guess, np.zeros(groups), np.zeros(groups))


def logistic(a: Matrix, d: Matrix, points: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(a[:, None] * points[None] + d[:, None], -35, 35))))


def probability(state: State, points: Matrix = POINTS) -> Matrix:
    """Items × points."""
    c = state.c[:, None]
    return np.asarray(np.clip(c + (1 - c) * logistic(state.a, state.d, points), EDGE, 1 - EDGE))


def slopes(state: State, points: Matrix = POINTS) -> list[Matrix]:
    """Derivatives of P by each free value of an item, each items × points, in the order of `packed`."""
    inner = logistic(state.a, state.d, points)
    c = state.c[:, None]
    by_d = (1 - c) * inner * (1 - inner)
    if state.model == RASCH:
        return [by_d]
    by_a = by_d * points[None]
    return [by_a, by_d, c * (1 - c) * (1 - inner)] if state.model == THREE else [by_a, by_d]


def bends(state: State, points: Matrix = POINTS) -> dict[tuple[int, int], Matrix]:
    """Second derivatives of P by two free values of the same item, by their places in `slopes`."""
    inner = logistic(state.a, state.d, points)
    c, theta = state.c[:, None], points[None]
    bend = (1 - c) * inner * (1 - inner) * (1 - 2 * inner)
    if state.model == RASCH:
        return {(0, 0): bend}
    found = {(0, 0): bend * theta**2, (0, 1): bend * theta, (1, 1): bend}
    if state.model == THREE:
        guess, tilt = c * (1 - c), -c * (1 - c) * inner * (1 - inner)
        found |= {(0, 2): tilt * theta, (1, 2): tilt, (2, 2): guess * (1 - 2 * c) * (1 - inner)}
    return found
