"""Answers against keys, the guard of screen time, minutes of attendance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lms.core.settings import Settings
from lms.lessons import guard, judging
from lms.lessons.queries.record import covered_minutes

pytestmark = pytest.mark.pure
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "kind, key, said, right",
    [
        ("single", ["1"], ["1"], True),
        ("single", ["1"], ["0"], False),
        ("multiple", ["0", "2"], ["2", "0"], True),
        ("multiple", ["0", "2"], ["0"], False),
        ("number", ["2.5"], ["2,50"], True),
        ("number", ["-3"], ["−3"], True),
        ("number", ["2.5"], ["2.6"], False),
        ("number", ["2000"], ["екі мың"], False),
        ("text", ["Паскаль"], [" паскаль. "], True),
        ("text", ["пар", "водяной пар"], ["Водяной пар"], True),
        ("text", ["пар"], ["лёд"], False),
        ("cloud", [], ["қызық"], None),
        ("single", [], ["0"], None),
    ],
)
def test_answers(kind: str, key: list[str], said: list[str], right: bool | None) -> None:
    assert judging.right(kind, key, said) is right


@pytest.mark.parametrize(
    "kind, given, options, kept",
    [
        ("single", "1", 3, ["1"]),
        ("single", ["0", "1"], 3, None),
        ("single", "7", 3, None),
        ("single", "²", 3, None),
        ("multiple", ["2", "0", "2"], 3, ["0", "2"]),
        ("number", "1e9", 0, None),
        ("number", "12,5", 0, ["12,5"]),
        ("text", "  екі   сөз ", 0, ["екі сөз"]),
        ("text", {"a": 1}, 0, None),
        ("text", "", 0, None),
    ],
)
def test_what_counts_as_an_answer(kind: str, given: object, options: int, kept: list[str] | None) -> None:
    assert judging.cleaned(kind, given, options) == kept


def test_words_are_gathered_whatever_their_case() -> None:
    found = judging.cloud(["Қызық", "қызық!", "ҚЫЗЫҚ", "қиын"])
    assert found == [("қызық", 3, 5), ("қиын", 1, 1)]


@pytest.mark.parametrize(
    "grades, minutes", [((1,), 15), ((2, 9), 20), ((4, 5), 25), ((8,), 25), ((11,), 30), ((), 30)]
)
def test_the_youngest_grade_sets_the_limit(grades: tuple[int, ...], minutes: int) -> None:
    assert guard.limit_for(grades, Settings().screen_minutes) == minutes


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def test_a_break_begins_the_stretch_anew() -> None:
    breaks = [("away", at(20)), ("back", at(30))]
    found = guard.screen_time(25, NOON, breaks, at(40))
    assert (found.now, found.longest, found.total, found.over) == (10, 20, 30, False)
    assert guard.screen_time(25, NOON, [], at(26)).over
    assert guard.screen_time(25, NOON, breaks[:1], at(40)).now == 0
    assert guard.screen_time(25, None, [], at(40)).total == 0


def test_two_devices_at_once_are_one_pupil() -> None:
    assert covered_minutes([(at(0), at(20)), (at(10), at(30)), (at(35), at(40))]) == 35
    assert covered_minutes([]) == 0
