"""From entry to exit: how much a pupil, a class, a school, a district has grown, with the band it may lie in.

Both tests are estimated together; the items they share hold them on one scale. A group's growth is the mean of its
pupils' growth; its band comes from how much they differ, which holds the error of each test as well. Small groups
get a wide band by Student's t, and below thirty pupils no place in a list.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lms.quizzes.analysis.estimate import Answers, estimate
from lms.quizzes.analysis.guard import RASCH, THREE, may_rank
from lms.quizzes.analysis.information import standard_errors
from lms.quizzes.analysis.persons import Places, expected, weighted_likelihood
from lms.quizzes.analysis.responses import Matrix, Responses, answered, varying

FEWEST_ANCHORS = 3
WIDEST = 3.0  # logits: a standard error beyond it says that the information is all but singular
# 97.5 % of Student's t by degrees of freedom; beyond the table the normal distribution is near enough.
STUDENT = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228,
           12: 2.179, 15: 2.131, 20: 2.086, 25: 2.060, 30: 2.042, 40: 2.021, 60: 2.000, 120: 1.980}  # fmt: skip


@dataclass(frozen=True)
class Band:
    """`low` to `high` holds the true value in 19 cases of 20."""

    count: int
    mean: float
    error: float
    low: float
    high: float
    ranked: bool


@dataclass(frozen=True)
class Growth:
    whole: Band  # of the population, from the model, with the error of the link in it
    pupils: tuple[str, ...]  # who sat both
    change: Matrix
    error: Matrix
    anchors: tuple[str, ...]

    def band_of(self, names: set[str]) -> Band:
        """Of a class, a school, a district: those of its pupils who sat both tests."""
        return band(self.change[[name in names for name in self.pupils]])


class NoAnchors(Exception):
    """The two tests share too few items to be compared."""


def growth(entry: Responses, leaving: Responses, model: str = RASCH) -> Growth:
    anchors = tuple(name for name in entry.items if name in set(leaving.items))
    if len(anchors) < FEWEST_ANCHORS:
        raise NoAnchors
    marks, groups = _together(entry, leaving)
    varied, usable = varying(marks), answered(marks[:, varying(marks)])
    answers = Answers(marks[usable][:, varied], groups[usable])
    found = estimate(answers.marks, model, answers.groups)
    names = [name for name, there in zip((*entry.pupils, *leaving.pupils), usable, strict=True) if there]
    errors = standard_errors(found, answers, np.unique(names, return_inverse=True)[1])
    places = (
        expected(found.counts.posterior)
        if model == THREE
        else weighted_likelihood(answers.marks, found.state)
    )
    pupils, change, error = _pairs(names, answers, places)
    whole = _whole(float(found.state.mean[1]), float(errors.mean[1]), change)
    return Growth(whole, pupils, change, error, anchors)


def _whole(mean: float, wide: float, change: Matrix) -> Band:
    """By the model; from a handful of pupils it knows no error, and how much they differ must do."""
    if not wide < WIDEST:
        return band(change)
    return Band(len(change), mean, wide, mean - 1.96 * wide, mean + 1.96 * wide, may_rank(len(change)))


def _together(entry: Responses, leaving: Responses) -> tuple[Matrix, np.ndarray]:
    """One table under the other; what a test did not hold is empty."""
    items = list(dict.fromkeys([*entry.items, *leaving.items]))
    place = {name: number for number, name in enumerate(items)}
    marks = np.full((len(entry.marks) + len(leaving.marks), len(items)), np.nan)
    marks[: len(entry.marks), [place[name] for name in entry.items]] = entry.marks
    marks[len(entry.marks) :, [place[name] for name in leaving.items]] = leaving.marks
    return marks, np.repeat([0, 1], [len(entry.marks), len(leaving.marks)])


def _pairs(names: list[str], answers: Answers, places: Places) -> tuple[tuple[str, ...], Matrix, Matrix]:
    before = {name: row for row, name in enumerate(names) if answers.groups[row] == 0}
    after = {name: row for row, name in enumerate(names) if answers.groups[row] == 1}
    both = [name for name in before if name in after]
    first, last = [before[name] for name in both], [after[name] for name in both]
    change = places.theta[last] - places.theta[first]
    return tuple(both), change, np.sqrt(places.error[first] ** 2 + places.error[last] ** 2)


def band(values: Matrix) -> Band:
    values = values[~np.isnan(values)]
    count = len(values)
    if count == 0:
        return Band(0, math.nan, math.nan, math.nan, math.nan, False)
    mean = float(values.mean())
    if count == 1:
        return Band(1, mean, math.inf, -math.inf, math.inf, False)
    error = float(values.std(ddof=1) / math.sqrt(count))
    reach = student(count - 1) * error
    return Band(count, mean, error, mean - reach, mean + reach, may_rank(count))


def student(freedom: int) -> float:
    """On the careful side between the entries of the table."""
    return next((value for known, value in reversed(STUDENT.items()) if known <= freedom), 12.706)


@dataclass(frozen=True)
class Effect:
    """Hedges' g (1981): how many deviations two groups lie apart, with its band."""

    size: float
    low: float
    high: float
    sure: bool  # the band does not hold 0


def effect(one: Matrix, other: Matrix) -> Effect | None:
    """None when a group is too small to have a spread."""
    one, other = one[~np.isnan(one)], other[~np.isnan(other)]
    n, m = len(one), len(other)
    if min(n, m) < 2:
        return None
    pooled = math.sqrt(((n - 1) * one.var(ddof=1) + (m - 1) * other.var(ddof=1)) / (n + m - 2))
    if pooled == 0:
        return None
    size = float((one.mean() - other.mean()) / pooled) * (1 - 3 / (4 * (n + m) - 9))
    reach = student(n + m - 2) * math.sqrt((n + m) / (n * m) + size**2 / (2 * (n + m)))
    return Effect(size, size - reach, size + reach, not size - reach <= 0 <= size + reach)
