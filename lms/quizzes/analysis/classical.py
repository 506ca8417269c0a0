"""Classical test theory: facility, discrimination, reliability, weights. Marks may be parts of a whole (0 to 1).

Where items were not given, a pupil's score is the mean of what was given, and covariances are pairwise; with a
complete table all figures are the textbook ones (Crocker and Algina, Introduction to Classical and Modern Test
Theory, 1986, ch. 5, 7 and 14).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lms.quizzes.analysis.responses import Matrix


@dataclass(frozen=True)
class Classical:
    given: Matrix  # how many pupils had the item
    facility: Matrix  # the mean mark
    spread: Matrix  # standard deviation of the marks
    discrimination: Matrix  # with the whole score; the point-biserial correlation for right and wrong
    corrected: Matrix  # with the score on the other items
    weight: Matrix  # the part of the variance of scores that this item makes; adds up to 1
    alpha_without: Matrix  # Cronbach's alpha of the others
    alpha: float
    mean: float  # of the whole score, in items
    deviation: float
    error: float  # standard error of measurement, in items


def classical(marks: Matrix) -> Classical:
    count = marks.shape[1]
    there = ~np.isnan(marks)
    filled = np.where(there, marks, 0.0)
    given = there.sum(axis=0).astype(float)
    covariance = pairwise_covariance(marks)
    variance = float(covariance.sum())
    own, shared = np.diag(covariance), covariance.sum(axis=1)
    alpha = _alpha(float(own.sum()), variance, count)
    without = [_alpha(own.sum() - own[j], variance - 2 * shared[j] + own[j], count - 1) for j in range(count)]
    deviation = float(np.sqrt(max(variance, 0.0)))
    mean = np.divide(filled.sum(axis=0), given, out=np.full(count, np.nan), where=given > 0)
    return Classical(
        given=given, facility=mean, spread=np.sqrt(own),
        discrimination=_with_whole(filled, there), corrected=_with_others(filled, there),
        weight=shared / variance if variance > 0 else np.full(count, np.nan),
        alpha_without=np.array(without), alpha=alpha, mean=float(np.nansum(mean)), deviation=deviation,
        error=deviation * float(np.sqrt(1 - alpha)) if 0 <= alpha <= 1 else np.nan,
    )  # fmt: skip


def pairwise_covariance(marks: Matrix) -> Matrix:
    """Of every two items among the pupils who had both."""
    there = (~np.isnan(marks)).astype(float)
    filled = np.where(np.isnan(marks), 0.0, marks)
    both = there.T @ there
    with np.errstate(invalid="ignore", divide="ignore"):
        means = (
            filled.T @ there
        ) / both  # of the item in the row, among those who had that in the column, too
        found = (filled.T @ filled - both * means * means.T) / (both - 1)
    return np.where(both > 1, found, 0.0)


def scores(marks: Matrix) -> Matrix:
    """The mean of what a pupil was given; NaN for a pupil who was given nothing."""
    there = ~np.isnan(marks)
    count = there.sum(axis=1)
    return np.divide(np.nansum(marks, axis=1), count, out=np.full(len(marks), np.nan), where=count > 0)


def rest_scores(marks: Matrix, item: int) -> Matrix:
    return scores(np.delete(marks, item, axis=1))


def correlation(one: Matrix, other: Matrix) -> float:
    """NaN where one of them does not vary or hardly anyone has both."""
    both = ~(np.isnan(one) | np.isnan(other))
    x, y = one[both], other[both]
    if len(x) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1])


def _with_whole(filled: Matrix, there: Matrix) -> Matrix:
    marks = np.where(there, filled, np.nan)
    whole = scores(marks)
    return np.array([correlation(marks[:, item], whole) for item in range(marks.shape[1])])


def _with_others(filled: Matrix, there: Matrix) -> Matrix:
    total, count = filled.sum(axis=1), there.sum(axis=1)
    found = []
    for item in range(filled.shape[1]):
        others = count - there[:, item]
        rest = np.divide(total - filled[:, item], others, out=np.full(len(total), np.nan), where=others > 0)
        found.append(correlation(np.where(there[:, item], filled[:, item], np.nan), rest))
    return np.array(found)


def _alpha(own: float, variance: float, count: int) -> float:
    if count < 2 or variance <= 0:
        return float("nan")
    return float(count / (count - 1) * (1 - own / variance))
