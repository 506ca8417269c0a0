"""Turns to speak: by school first, whoever has the better line."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.lessons.fairness import Hand, drawn, in_turn

pytestmark = pytest.mark.pure


def order(hands: list[Hand], spoken: list[tuple[str, str]] | None = None) -> list[object]:
    return [one.pupil for one in in_turn(hands, spoken or [])]


def test_a_quick_school_does_not_take_all_turns() -> None:
    hands = [Hand("a1", "A", 1), Hand("a2", "A", 2), Hand("a3", "A", 3), Hand("b1", "B", 9)]
    assert order(hands) == ["a1", "b1", "a2", "a3"]


def test_a_school_that_has_spoken_waits_for_one_that_has_not() -> None:
    hands = [Hand("a1", "A", 1), Hand("b1", "B", 9)]
    assert order(hands, [("a9", "A")]) == ["b1", "a1"]


def test_within_a_school_the_silent_come_first() -> None:
    hands = [Hand("loud", "A", 1), Hand("silent", "A", 5)]
    assert order(hands, [("loud", "A")]) == ["silent", "loud"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from("ABCD"), st.floats(0, 100)), max_size=30))
def test_nobody_is_lost_and_no_school_is_two_turns_ahead(raised: list[tuple[int, str, float]]) -> None:
    hands = list({pupil: Hand(pupil, school, at) for pupil, school, at in raised}.values())
    found = in_turn(hands)
    assert sorted(str(one.pupil) for one in found) == sorted(str(one.pupil) for one in hands)
    for place in range(len(found)):
        so_far = [one.school for one in found[:place]]
        waiting = {one.school for one in found[place:]}
        counts = [so_far.count(school) for school in waiting]
        assert not counts or so_far.count(found[place].school) == min(counts)


def test_the_lot_falls_on_those_who_have_spoken_least() -> None:
    present = [("a1", "A"), ("a2", "A"), ("b1", "B")]
    for seed in range(20):
        assert drawn(present, [("a1", "A")], Random(seed)) == ("b1", "B")
        assert drawn(present, [("b1", "B"), ("a1", "A")], Random(seed)) in (("a2", "A"), ("b1", "B"))
    assert drawn([], [], Random(1)) is None


def test_the_lot_reaches_everybody() -> None:
    present = [("a1", "A"), ("a2", "A"), ("b1", "B")]
    assert {drawn(present, [], Random(seed)) for seed in range(40)} == set(present)
