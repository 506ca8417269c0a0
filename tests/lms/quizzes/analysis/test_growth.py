"""From entry to exit: the growth that was put in is found, and small groups say how little they know."""

from __future__ import annotations

import numpy as np
import pytest

from lms.quizzes.analysis.curves import State
from lms.quizzes.analysis.estimate import estimate
from lms.quizzes.analysis.growth import NoAnchors, band, effect, growth, student
from lms.quizzes.analysis.linking import carried, mean_sigma, stocking_lord
from lms.quizzes.analysis.responses import Matrix, Responses
from tests.lms.quizzes.analysis.simulated import answered, away, named

pytestmark = pytest.mark.pure


def two_tests(pupils: int, seed: int, grown: float = 0.5) -> tuple[Responses, Responses]:
    """Thirty items: the entry test has the first twenty, the exit test the last twenty."""
    chance = np.random.default_rng(seed)
    theta, b = chance.normal(size=pupils), chance.permutation(np.linspace(-2, 2, 30))
    after = theta + grown + chance.normal(scale=0.3, size=pupils)
    slope = np.ones(20)
    return (
        named(answered(chance, theta, slope, b[:20])),
        named(answered(chance, after, slope, b[10:]), first_item=11),
    )


@pytest.mark.parametrize(("model", "seed"), [("rasch", 1), ("rasch", 2), ("2pl", 3)])
def test_growth_of_half_a_logit_is_found(model: str, seed: int) -> None:
    found = growth(*two_tests(2000, seed), model)
    assert found.anchors == tuple(f"q{number}" for number in range(11, 21))
    assert found.whole.mean == pytest.approx(0.5, abs=0.05)
    assert found.whole.low < 0.5 < found.whole.high
    assert found.whole.error < 0.04
    assert band(found.change).mean == pytest.approx(0.5, abs=0.06)


@pytest.mark.soak
def test_the_band_of_growth_holds_the_truth_nineteen_times_of_twenty() -> None:
    held = [one.low < 0.5 < one.high for one in (growth(*two_tests(500, seed)).whole for seed in range(100))]
    assert 0.9 < np.mean(held) < 0.99


def test_a_class_of_eight_gets_a_wide_band_and_no_place_in_a_list() -> None:
    found = growth(*two_tests(1000, 5))
    eight = found.band_of({f"p{number}" for number in range(1, 9)})
    assert (eight.count, eight.ranked) == (8, False)
    assert eight.high - eight.low > 0.5
    assert found.whole.ranked and found.whole.high - found.whole.low < 0.2


@pytest.mark.parametrize("seed", range(6))
def test_a_handful_of_pupils_never_gets_a_band_of_millions(seed: int) -> None:
    entry, leaving = two_tests(6, seed)
    alike = Responses(leaving.pupils, leaving.items, np.ones_like(leaving.marks))
    for after in (leaving, alike):  # nearly everything right: the model hardly knows how they are spread
        found = growth(entry, after)
        assert found.whole.count == 6 and not found.whole.ranked
        assert found.whole.high - found.whole.low < 60, found.whole


def test_one_pupil_has_a_band_without_end_and_none_has_nothing() -> None:
    assert band(np.array([0.4])).low == -np.inf
    assert band(np.array([])).count == 0


def test_tests_that_share_too_little_are_not_compared() -> None:
    entry, leaving = two_tests(100, 6)
    with pytest.raises(NoAnchors):
        growth(
            entry, Responses(leaving.pupils, tuple(f"other {one}" for one in leaving.items), leaving.marks)
        )


def test_effects_say_whether_they_are_sure() -> None:
    chance = np.random.default_rng(8)
    pilot, control = chance.normal(0.5, 1, 400), chance.normal(0, 1, 400)
    large = effect(pilot, control)
    assert large is not None and large.size == pytest.approx(0.5, abs=0.15) and large.sure
    small = effect(pilot[:8], control[:8])
    assert small is not None and not small.sure and small.high - small.low > 1.5
    assert effect(pilot[:1], control) is None


def test_student_is_never_narrower_than_the_table() -> None:
    assert student(7) == 2.365
    assert student(11) == 2.228  # of 10, which is wider than that of 11
    assert student(5000) == 1.98


def calibrated(seed: int, shift: float) -> tuple[State, State, Matrix]:
    """The same fifteen items taken by two groups of different ability, each on a scale of its own."""
    chance = np.random.default_rng(seed)
    a, b = np.linspace(0.8, 1.6, 15), chance.permutation(np.linspace(-1.5, 1.5, 15))
    one = estimate(answered(chance, chance.normal(size=3000), a, b), "2pl")
    other = estimate(answered(chance, chance.normal(shift, 1.2, size=3000), a, b), "2pl")
    return one.state, other.state, b


def test_anchors_carry_one_scale_onto_the_other() -> None:
    old, new, b = calibrated(9, 0.6)
    link = mean_sigma(old.b, new.b, "2pl")
    finer = stocking_lord(old, new, link)
    assert (link.slope, link.shift) == (pytest.approx(1.2, abs=0.1), pytest.approx(0.6, abs=0.1))
    assert (finer.slope, finer.shift) == (pytest.approx(1.2, abs=0.08), pytest.approx(0.6, abs=0.06))
    assert away(carried(new, finer).b, b) < 0.12


def test_an_anchor_that_moved_is_found_and_left_out() -> None:
    old = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
    new = old - 0.3
    new[3] += 1.2
    link = mean_sigma(old, new, "rasch")
    assert link.drifted == (3,)
    assert link.shift == pytest.approx(0.3)
