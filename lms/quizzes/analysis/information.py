"""Standard errors from the observed information.

Louis (1982), Journal of the Royal Statistical Society B 44, 226–233: what a complete table would tell, less what is
lost because nobody sees where a pupil stands. For answers that are right or wrong the loss needs only how often two
items were answered together at every point, so it costs one product of matrices a point.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lms.quizzes.analysis.curves import POINTS, State, bends, probability, slopes
from lms.quizzes.analysis.estimate import Answers, Estimated
from lms.quizzes.analysis.guard import RASCH, THREE
from lms.quizzes.analysis.priors import bent
from lms.quizzes.analysis.responses import Matrix


@dataclass(frozen=True)
class Errors:
    a: Matrix
    b: Matrix
    c: Matrix
    mean: Matrix  # of the groups; 0 for the first, which sets the middle
    sd: Matrix


@dataclass(frozen=True)
class Ways:
    """Derivatives of the logarithm of each answer's chance by each free value: values × points."""

    right: Matrix
    wrong: Matrix
    item: np.ndarray  # which item a value belongs to


def standard_errors(found: Estimated, answers: Answers, same: np.ndarray | None = None) -> Errors:
    """`same` says which rows are one pupil, who sat more than once: such rows do not count twice."""
    ways = _ways(found.state)
    own = _scores(found, answers, ways)
    covariance = _inverted(_information(found, answers, ways, own))
    if same is not None:
        whole = np.zeros((int(same.max()) + 1, own.shape[1]))
        np.add.at(whole, same, own)
        covariance = covariance @ (whole.T @ whole) @ covariance
    return _errors(found.state, np.diag(covariance), covariance)


def _ways(state: State) -> Ways:
    chance, by = probability(state), slopes(state)
    right = np.concatenate([one / chance for one in by])
    wrong = np.concatenate([-one / (1 - chance) for one in by])
    return Ways(right, wrong, np.tile(np.arange(len(state.d)), len(by)))


def _of_groups(state: State) -> tuple[Matrix, np.ndarray]:
    """The same for means and spreads: values × points, and the group each belongs to."""
    sd = np.exp(state.log_sd)[:, None]
    away = (POINTS[None] - state.mean[:, None]) / sd
    count, first = len(state.mean), state.first_free_sd
    rows = np.concatenate([(away / sd)[1:], (away**2 - 1)[first:]])
    return rows, np.concatenate([np.arange(1, count), np.arange(first, count)])


def _scores(found: Estimated, answers: Answers, ways: Ways) -> Matrix:
    """Pupils × values: the gradient of each pupil's own likelihood."""
    posterior = found.counts.posterior
    items = answers.right[:, ways.item] * (posterior @ ways.right.T)
    items += answers.wrong[:, ways.item] * (posterior @ ways.wrong.T)
    rows, group = _of_groups(found.state)
    groups = (posterior @ rows.T) * (answers.groups[:, None] == group[None])
    return np.hstack([items, groups])


def _information(found: Estimated, answers: Answers, ways: Ways, own: Matrix) -> Matrix:
    state, posterior = found.state, found.counts.posterior
    items = len(ways.item)
    together = np.zeros((own.shape[1], own.shape[1]))
    together[:items, :items] = _pairs(answers, posterior, ways)
    rows, group = _of_groups(state)
    for place, (row, one) in enumerate(zip(rows, group, strict=True), start=items):
        here = answers.groups == one
        weighted = posterior[here] * row
        of_items = (answers.right[here].T @ weighted)[ways.item] * ways.right
        of_items += (answers.wrong[here].T @ weighted)[ways.item] * ways.wrong
        together[place, :items] = together[:items, place] = of_items.sum(axis=1)
        for other, (its_row, its_one) in enumerate(zip(rows, group, strict=True), start=items):
            if its_one == one:
                together[place, other] = (found.counts.mass[one] * row * its_row).sum()
    return _complete(found, items, len(own.T)) - together + own.T @ own


def _pairs(answers: Answers, posterior: Matrix, ways: Ways) -> Matrix:
    """Σ over pupils and points of the products of derivatives. An item with itself is left to `_complete`."""
    right, wrong = answers.right, answers.wrong
    whole = bool((right + wrong).all())
    found = np.zeros((len(ways.item), len(ways.item)))
    spread = np.ix_(ways.item, ways.item)
    for point, mass in enumerate(posterior.T):
        weighted = right * mass[:, None]
        both = weighted.T @ right
        if whole:
            once = weighted.sum(axis=0)
            mixed = once[:, None] - both
            neither = mass.sum() - once[:, None] - once[None] + both
        else:
            mixed = weighted.T @ wrong
            neither = (wrong * mass[:, None]).T @ wrong
        u, w = ways.right[:, point], ways.wrong[:, point]
        half = np.outer(u, w) * mixed[spread]
        found += np.outer(u, u) * both[spread] + half + half.T + np.outer(w, w) * neither[spread]
    found[ways.item[:, None] == ways.item[None]] = 0.0
    return found


def _complete(found: Estimated, items: int, size: int) -> Matrix:
    """What a complete table would tell, less each item's products with itself: there only the bends remain."""
    state, counts = found.state, found.counts
    chance = probability(state)
    balance = counts.right / chance - counts.wrong / (1 - chance)
    count = len(state.d)
    matrix = np.zeros((size, size))
    kinds, prior = items // count, bent(state)
    one = np.arange(count)
    for (row, column), bend in bends(state).items():
        matrix[row * count + one, column * count + one] = -(balance * bend).sum(axis=1)
        matrix[column * count + one, row * count + one] = matrix[row * count + one, column * count + one]
    for row in range(kinds):
        matrix[row * count + one, row * count + one] += prior[:, row, row]
    _complete_groups(found, matrix, items)
    return matrix


def _complete_groups(found: Estimated, matrix: Matrix, items: int) -> None:
    state, mass = found.state, found.counts.mass
    variance = np.exp(2 * state.log_sd)
    away = POINTS[None] - state.mean[:, None]
    means, first = len(state.mean) - 1, state.first_free_sd
    for group in range(len(state.mean)):
        at_mean, at_sd = items + group - 1, items + means + group - first
        if group:
            matrix[at_mean, at_mean] = mass[group].sum() / variance[group]
        if group >= first:
            matrix[at_sd, at_sd] = 2 * (mass[group] * away[group] ** 2).sum() / variance[group]
        if group and group >= first:
            both = 2 * (mass[group] * away[group]).sum() / variance[group]
            matrix[at_mean, at_sd] = matrix[at_sd, at_mean] = both


def _inverted(information: Matrix) -> Matrix:
    """With few pupils some direction may carry nothing: its error is then huge, not a crash."""
    values, ways = np.linalg.eigh((information + information.T) / 2)
    good = values > 1e-10 * max(1.0, float(values.max()))
    kept = np.where(good, 1 / np.where(good, values, 1.0), 1e12)
    return np.asarray((ways * kept) @ ways.T)


def _errors(state: State, variance: Matrix, covariance: Matrix) -> Errors:
    count, none, means = len(state.d), np.zeros(len(state.d)), len(state.mean) - 1
    kinds = (len(variance) - means - (len(state.log_sd) - state.first_free_sd)) // count
    groups = np.sqrt(variance[kinds * count :])
    mean = np.concatenate([[0.0], groups[:means]])
    sd = np.zeros(len(state.log_sd))
    sd[state.first_free_sd :] = groups[means:] * np.exp(state.log_sd)[state.first_free_sd :]
    if state.model == RASCH:
        return Errors(none, np.sqrt(variance[:count]), none, mean, sd)
    one = np.arange(count)
    by_a, by_d = state.d / state.a**2, -1 / state.a
    b = by_a**2 * variance[:count] + by_d**2 * variance[count : 2 * count]
    b += 2 * by_a * by_d * covariance[one, count + one]
    c = state.c * (1 - state.c) * np.sqrt(variance[2 * count : 3 * count]) if state.model == THREE else none
    return Errors(np.sqrt(variance[:count]), np.sqrt(np.maximum(b, 0)), c, mean, sd)
