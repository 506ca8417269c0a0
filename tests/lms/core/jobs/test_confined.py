"""Hostile files are opened elsewhere: little memory, little time, no network, no secrets."""

from __future__ import annotations

import pytest

from lms.core.jobs import ConfinedError, run_confined

pytestmark = pytest.mark.pure


def confined(call: str, **arguments: object) -> object:
    return run_confined(f"tests.lms.core.jobs.hostile:{call}", arguments, memory_mb=256, seconds=1)


def test_an_answer_comes_back_whatever_was_printed() -> None:
    assert confined("twice", word="қар") == {"word": "қарқар"}


@pytest.mark.parametrize(
    ("call", "code"),
    [("eats_memory", "memory"), ("never_ends", "time"), ("sleeps", "time"), ("dies", "crashed"),
     ("fails_with_a_code", "bad-manifest"), ("fails", "crashed"), ("answers_nonsense", "crashed")],
)  # fmt: skip
def test_what_goes_wrong_inside_has_a_name_outside(call: str, code: str) -> None:
    with pytest.raises(ConfinedError) as caught:
        confined(call)
    assert caught.value.code == code


def test_inside_there_is_no_network_and_no_variable_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_SECRET_KEY", "only for tests")
    assert confined("looks_around") == {"variables": [], "reaches_out": False}
