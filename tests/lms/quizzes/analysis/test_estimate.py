"""What was put in comes out: published data, simulated pupils, small samples."""

from __future__ import annotations

import numpy as np
import pytest

from lms.quizzes.analysis.curves import POINTS, State, logistic, probability
from lms.quizzes.analysis.estimate import Answers, Estimated, estimate, expect, gradient
from lms.quizzes.analysis.information import standard_errors
from lms.quizzes.analysis.report import analyse
from lms.quizzes.analysis.responses import Matrix
from tests.lms.quizzes.analysis import lsat6
from tests.lms.quizzes.analysis.simulated import Truth, away, named, truth

pytestmark = pytest.mark.pure


def everyone(marks: Matrix) -> Answers:
    return Answers(marks, np.zeros(len(marks), dtype=np.int64))


def test_lsat_6_is_the_published_table() -> None:
    marks = lsat6.marks()
    assert len(marks) == 1000
    assert marks.sum(axis=0).tolist() == [924, 709, 553, 763, 870]


def test_rasch_of_lsat_6_is_as_published() -> None:
    found = estimate(lsat6.marks(), "rasch")
    assert np.abs(found.state.b - lsat6.RASCH_B).max() < 0.005
    assert np.exp(found.state.log_sd[0]) == pytest.approx(lsat6.RASCH_SD, abs=0.005)
    assert found.counts.worth == pytest.approx(-2466.94, abs=0.01)


def test_two_parameters_of_lsat_6_are_as_published() -> None:
    found = estimate(lsat6.marks(), "2pl")
    assert np.abs(found.state.a - lsat6.TWO_A).max() < 0.005
    assert np.abs(found.state.d - lsat6.TWO_D).max() < 0.005
    assert np.abs(found.state.b - lsat6.TWO_B).max() < 0.005
    assert found.counts.worth == pytest.approx(-2466.65, abs=0.01)


# A curve is recovered when it lies within 0.05 of the true one, root mean square over pupils and items: Hulin, Lissak
# and Drasgow (1982), Applied Psychological Measurement 6, 249–260. Values are compared with both means at 0, since
# which pupils were drawn moves them all together.
@pytest.mark.parametrize(
    ("model", "pupils", "of_b", "of_a"),
    [("rasch", 300, 0.18, 0.0), ("rasch", 1000, 0.11, 0.0), ("2pl", 300, 0.40, 0.32), ("2pl", 1000, 0.18, 0.18),
     ("3pl", 1000, 0.25, 0.25)],
)  # fmt: skip
def test_what_was_simulated_is_found_again(model: str, pupils: int, of_b: float, of_a: float) -> None:
    for seed in (1, 2, 3):
        true = truth(model, pupils, 30, seed)
        found = estimate(true.marks, model)
        assert found.converged
        assert curves_away(found.state, true) < 0.05
        assert away(found.state.b - found.state.b.mean(), true.b - true.b.mean()) < of_b
        assert away(found.state.a, true.a) <= of_a


def curves_away(state: State, true: Truth) -> float:
    curve = true.c[:, None] + (1 - true.c[:, None]) * logistic(true.a, -true.a * true.b, POINTS)
    pupils = np.exp(-0.5 * POINTS**2)
    return float(np.sqrt(((probability(state) - curve) ** 2 @ (pupils / pupils.sum())).mean()))


@pytest.mark.soak
@pytest.mark.parametrize(
    ("model", "pupils"),
    [("rasch", 300), ("rasch", 1000), ("2pl", 300), ("2pl", 1000), ("3pl", 1000), ("3pl", 3000)],
)
def test_two_standard_errors_hold_the_truth_nineteen_times_of_twenty(model: str, pupils: int) -> None:
    held, counted = 0, 0
    for seed in range(60):
        true = truth(model, pupils, 30, seed)
        found = estimate(true.marks, model)
        error = standard_errors(found, everyone(true.marks)).b
        held += int((np.abs(found.state.b - true.b) < 1.96 * error).sum())
        counted += len(true.b)
    # With guessing the prior knows more than it should: the simulated guessing lies in its middle.
    assert 0.92 < held / counted < (0.99 if model == "3pl" else 0.98)


def test_two_standard_errors_hold_most_of_the_truth() -> None:
    inside = []
    for seed in range(6):
        true = truth("2pl", 500, 20, seed)
        found = estimate(true.marks, "2pl")
        error = standard_errors(found, everyone(true.marks)).b
        inside.extend((np.abs(found.state.b - true.b) < 1.96 * error).tolist())
    assert 0.88 < np.mean(inside) < 0.995


@pytest.mark.parametrize("model", ["rasch", "2pl", "3pl"])
@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_errors_are_those_of_the_slope_of_the_gradient(model: str, missing: float) -> None:
    """The formula against numbers: the gradient moved a little in every direction."""
    true = truth(model, 400, 6, 7)
    marks = np.where(np.random.default_rng(1).random(true.marks.shape) < missing, np.nan, true.marks)
    marks = marks[~np.isnan(marks).all(axis=1)]
    groups = np.repeat([0, 1], [len(marks) // 2, len(marks) - len(marks) // 2])
    answers, found = Answers(marks, groups), estimate(marks, model, groups)
    here, stride = found.state.packed(), 1e-4
    rows = []
    for place in range(len(here)):
        step = np.zeros(len(here))
        step[place] = stride
        low, high = (_gradient(found, here + sign * step, answers) for sign in (-1, 1))
        rows.append((low - high) / (2 * stride))
    by_numbers = np.sqrt(np.diag(np.linalg.inv(np.array(rows))))
    errors = standard_errors(found, answers)
    size = len(found.state.d)
    expected = by_numbers[:size]
    assert (errors.b if model == "rasch" else errors.a) == pytest.approx(expected, rel=1e-3)
    assert errors.mean[1] == pytest.approx(by_numbers[here_mean(found.state)], rel=1e-3)


def here_mean(state: State) -> int:
    """The place of the second group's mean among what is free."""
    return len(state.packed()) - len(state.log_sd) + state.first_free_sd - 1


def _gradient(found: Estimated, values: Matrix, answers: Answers) -> Matrix:
    state = found.state.unpacked(values)
    return gradient(state, expect(state, answers))


def test_items_that_were_not_given_do_no_harm() -> None:
    true = truth("rasch", 1000, 20, 5)
    marks = true.marks.copy()
    marks[np.random.default_rng(5).random(marks.shape) < 0.4] = np.nan
    assert away(estimate(marks, "rasch").state.b, true.b) < 0.16


def test_a_wrong_key_shows_as_a_slope_below_zero() -> None:
    true = truth("2pl", 600, 15, 4)
    marks = true.marks.copy()
    marks[:, 7] = 1 - marks[:, 7]
    found = analyse(named(marks), "2pl")
    assert found.modern is not None and found.modern.a[7] < 0
    assert [one.code for one in found.verdicts[7]][0] == "backwards"


def test_items_everyone_answered_alike_are_left_out_of_the_scale() -> None:
    true = truth("rasch", 200, 8, 3)
    marks = true.marks.copy()
    marks[:, 2] = 1.0
    marks[5] = np.nan
    found = analyse(named(marks), "rasch")
    assert found.modern is not None
    assert np.isnan(found.modern.b).tolist() == [place == 2 for place in range(8)]
    assert np.isnan(found.modern.places.theta[5]) and found.responses.present == 199
    assert found.notes == ("items_left_out",)
    assert found.verdicts[2][0].code == "same"
