"""Textbook figures by hand, options, fit, unequal items, verdicts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lms.quizzes.analysis import guard
from lms.quizzes.analysis.chance import chi2_beyond, normal_beyond
from lms.quizzes.analysis.classical import classical
from lms.quizzes.analysis.dif import differential
from lms.quizzes.analysis.estimate import estimate
from lms.quizzes.analysis.fit import fit, score_distribution
from lms.quizzes.analysis.options import options_of
from lms.quizzes.analysis.persons import weighted_likelihood
from lms.quizzes.analysis.report import analyse, as_json
from lms.quizzes.analysis.verdicts import Signs, verdicts_of
from lms.quizzes.analysis.wright import wright_map
from tests.lms.quizzes.analysis import lsat6
from tests.lms.quizzes.analysis.simulated import answered, truth

pytestmark = pytest.mark.pure

# Five pupils, four items. By hand: scores 4, 3, 2, 1, 0; covariances with n − 1.
LADDER = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], dtype=float)


def test_a_ladder_of_answers_by_hand() -> None:
    found = classical(LADDER)
    assert found.facility.tolist() == [0.8, 0.6, 0.4, 0.2]
    assert found.mean == pytest.approx(2.0)
    assert found.deviation**2 == pytest.approx(2.5)
    assert found.alpha == pytest.approx(4 / 3 * (1 - (0.2 + 0.3 + 0.3 + 0.2) / 2.5))
    assert found.error == pytest.approx(math.sqrt(2.5) * math.sqrt(1 - found.alpha))
    assert found.weight.sum() == pytest.approx(1)
    assert found.weight.tolist() == pytest.approx(
        [0.2, 0.3, 0.3, 0.2]
    )  # covariances with the score: .5 .75 .75 .5
    assert found.discrimination[0] == pytest.approx(0.5 / math.sqrt(0.2 * 2.5))
    assert found.corrected[0] == pytest.approx(np.corrcoef(LADDER[:, 0], LADDER[:, 1:].sum(axis=1))[0, 1])


def test_alpha_of_lsat_6_is_as_published() -> None:
    """0.2950: Rizopoulos (2006), section 4."""
    assert classical(lsat6.marks()).alpha == pytest.approx(0.2950, abs=0.0005)


def test_what_was_not_given_counts_neither_way() -> None:
    marks = LADDER.copy()
    marks[4, 0] = np.nan
    found = classical(marks)
    assert (found.facility[0], found.given[0]) == (1.0, 4)


def test_tails_of_known_distributions() -> None:
    """Tables of Abramowitz and Stegun, 26.1 and 26.8."""
    assert normal_beyond(1.959964) == pytest.approx(0.05, abs=1e-6)
    assert chi2_beyond(3.841459, 1) == pytest.approx(0.05, abs=1e-6)
    assert chi2_beyond(18.307038, 10) == pytest.approx(0.05, abs=1e-6)
    assert chi2_beyond(76.153891, 50) == pytest.approx(0.01, abs=1e-6)
    assert chi2_beyond(0, 4) == 1.0


def chosen_by_strength(pupils: int, seed: int, thief: bool) -> tuple[np.ndarray, np.ndarray]:
    """Four options, the first is the key; with a thief strong pupils take the third."""
    chance = np.random.default_rng(seed)
    strength = chance.random(pupils)
    wanted = 2 if thief else 0
    return np.where(chance.random(pupils) < strength, wanted, chance.integers(0, 3, pupils)), strength


def test_a_wrong_option_that_strong_pupils_take_is_named() -> None:
    chosen, strength = chosen_by_strength(300, 1, thief=True)
    options = options_of(chosen, 4, [0], strength)
    assert options[2].discrimination > 0.3 and options[2].curve[-1] > 0.8
    found = verdicts_of(Signs(300, float((chosen == 0).mean()), -0.2, options=options))
    assert (found[0].code, found[0].option, found[0].grave) == ("check_key", 2, True)
    assert [(one.code, one.option) for one in found if one.code == "idle_option"] == [("idle_option", 3)]


def test_a_key_that_strong_pupils_take_is_left_alone() -> None:
    chosen, strength = chosen_by_strength(300, 2, thief=False)
    options = options_of(chosen, 3, [0], strength)
    assert sum(one.chosen for one in options) == 300
    assert [one.code for one in verdicts_of(Signs(300, 0.6, 0.5, options=options))] == ["good"]


@pytest.mark.parametrize(
    ("signs", "code"),
    [
        (Signs(29, 0.5, 0.9), "few"), (Signs(100, 1.0, math.nan), "same"), (Signs(100, 0.5, -0.1), "backwards"),
        (Signs(100, 0.5, 0.1), "weak"), (Signs(100, 0.1, 0.4), "too_hard"), (Signs(100, 0.97, 0.4), "too_easy"),
        (Signs(300, 0.5, 0.4, infit=1.4), "noise"), (Signs(300, 0.5, 0.4, infit=0.6), "dependent"),
        (Signs(300, 0.5, 0.4, misfit_p=0.0001), "noise"), (Signs(100, 0.5, 0.4, infit=1.4), "good"),
    ],
)  # fmt: skip
def test_every_sign_has_its_verdict(signs: Signs, code: str) -> None:
    assert [one.code for one in verdicts_of(signs)] == [code]


def test_small_samples_get_weaker_models() -> None:
    asked = {pupils: guard.strongest(pupils, "3pl") for pupils in (29, 30, 199, 200, 499, 500)}
    assert asked == {29: "", 30: "rasch", 199: "rasch", 200: "2pl", 499: "2pl", 500: "3pl"}
    assert guard.strongest(5000, "rasch") == "rasch"


def test_a_class_of_eight_gets_facility_and_nothing_else() -> None:
    found = as_json(analyse(truth("rasch", 8, 10, 1).responses, "3pl"))
    assert found["model"] is None and found["notes"] == ["too_few"]
    assert {name for row in found["items"] for name in row} == {"item", "n", "facility", "verdicts"}
    assert "alpha" not in found["test"]
    assert all("theta" not in row for row in found["persons"])


def test_an_item_harder_for_one_language_is_found_and_no_other() -> None:
    chance = np.random.default_rng(3)
    focal = np.arange(2000) >= 1000
    theta = chance.normal(np.where(focal, -0.4, 0.0))
    a, b = np.ones(20), np.linspace(-1.5, 1.5, 20)
    marks = answered(chance, theta, a, b)
    marks[focal, 4] = answered(chance, theta[focal], a[:1], b[4:5] + 1.0)[:, 0]
    found = differential(marks, focal)
    assert found is not None
    assert [place for place, one in enumerate(found) if one.grade == "C"] == [4]
    assert found[4].delta == pytest.approx(-2.35, abs=0.6)  # a logit is 2.35 of delta
    assert differential(marks[:150], focal[:150]) is None


def test_mantel_and_haenszel_by_hand() -> None:
    """One score group of 100 + 100: odds (60·60)/(40·40) = 2.25."""
    mark = np.repeat([1.0, 0.0, 1.0, 0.0], [60, 40, 40, 60])
    focal = np.repeat([False, True], [100, 100])
    other = np.where(mark == 1, 0.0, 1.0)  # makes every score the same
    found = differential(np.column_stack([mark, other]), focal)
    assert found is not None and found[0].odds == pytest.approx(2.25)
    assert found[0].chi2 == pytest.approx((10 - 0.5) ** 2 / (100 * 100 * 100 * 100 / (200**2 * 199)))


def test_items_that_fit_are_near_one_and_a_random_one_is_not() -> None:
    true = truth("rasch", 1000, 20, 11)
    marks = true.marks.copy()
    marks[:, 9] = np.random.default_rng(1).integers(0, 2, 1000)
    state = estimate(marks, "rasch").state
    found = fit(marks, weighted_likelihood(marks, state).theta, state)
    others = np.delete(np.arange(20), 9)
    assert np.abs(found.infit[others] - 1).max() < 0.15
    assert found.infit[9] > 1.2 and found.p[9] < 1e-6
    assert (found.p[others] < 0.01).sum() <= 2


def test_s_x2_is_rarely_small_for_items_that_fit() -> None:
    tails = np.concatenate([_tails(seed) for seed in range(6)])
    assert 0.01 < (tails < 0.05).mean() < 0.12


def _tails(seed: int) -> np.ndarray:
    true = truth("2pl", 1000, 20, seed)
    state = estimate(true.marks, "2pl").state
    return fit(true.marks, weighted_likelihood(true.marks, state).theta, state).p


def test_scores_of_two_coins() -> None:
    assert score_distribution(np.array([[0.5], [0.5]]))[:, 0].tolist() == [0.25, 0.5, 0.25]


def test_the_wright_map_holds_everyone_once() -> None:
    shelves = wright_map(np.array([-1.2, 0.1, 0.2, np.nan, 9.0]), np.array([0.3, np.nan, -2.0]))
    assert sum(one.pupils for one in shelves) == 4
    assert sorted(item for one in shelves for item in one.items) == [0, 2]
    assert [one.low for one in shelves] == sorted((one.low for one in shelves), reverse=True)
    assert wright_map(np.array([np.nan]), np.array([np.nan])) == ()
