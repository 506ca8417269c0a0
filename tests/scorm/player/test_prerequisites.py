"""The AICC script of SCORM 1.2, as authors write it and as they get it wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.player.prerequisites import Unreadable, met, parse

pytestmark = pytest.mark.pure
STATUSES = {
    "A1": "passed",
    "A2": "completed",
    "A3": "failed",
    "A4": "incomplete",
    "A5": "not attempted",
    "B-1.x": "browsed",
}


@pytest.mark.parametrize(
    "script",
    [
        "",
        "  ",
        "A1",
        "A2",
        "A1&A2",
        "A3|A1",
        "~A3",
        "~~A1",
        "A1 & ~A5",
        'A3="failed"',
        "A3=f",
        'A1<>"failed"',
        'A5 = "not attempted"',
        "A3 | A4 | A1",
        "A1 | A3 & A4",
        "(A3 | A1) & A2",
        "2*{A1, A2, A3}",
        "{A1, A2}",
        "1*{A3, A1 & A2}",
        "0*{A3}",
        "B-1.x=b",
        '"A1"',
        "~(A3 & A1)",
    ],
)
def test_the_way_is_free(script: str) -> None:
    assert met(script, STATUSES)


@pytest.mark.parametrize(
    "script",
    [
        "A3",
        "A4",
        "A5",
        "A1&A3",
        "~A1",
        'A1="failed"',
        "A1<>p",
        "3*{A1, A2, A3}",
        "{A1, A3}",
        "(A1|A3)&A4",
        "~(A1)",
    ],
)
def test_the_way_is_not_free_yet(script: str) -> None:
    assert not met(script, STATUSES)


@pytest.mark.parametrize(
    "script",
    ["A1 &", "& A1", "(A1", "A1)", "A1 A2", "2*A1", "{A1", "A1=", 'A1="done"', "a(b", "(" * 99 + "A1", '"'],
)
def test_a_script_that_cannot_be_read_is_told_apart_and_locks_nobody_out(script: str) -> None:
    with pytest.raises(Unreadable):
        parse(script)
    assert met(script, STATUSES)


def test_a_script_about_an_item_there_is_not_locks_nobody_out() -> None:
    assert met("A1 & GONE", STATUSES)
    assert parse("A1 & GONE").items == {"A1", "GONE"}


@given(st.text(alphabet='A12&|~=<>(){},*" pf', max_size=20))
def test_any_text_is_answered(script: str) -> None:
    assert met(script, STATUSES) in (True, False)
