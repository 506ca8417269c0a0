"""A SCORM 1.2 course of several SCOs: free choice, prerequisites, entry, and what it all comes to."""

from __future__ import annotations

import json

import pytest

from scorm.package.model import Item
from scorm.player.course12 import HIGHEST, Course12
from scorm.player.registration import Registration
from tests.scorm.player.courses import ARUZHAN, ask, manifest, move, register, sco, speak

pytestmark = pytest.mark.pure
STATUS, RAW, EXIT = "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.exit"


def three() -> Registration:
    asset = Item("book", "Book", resource="r", kind="asset", launch="book.html")
    block = Item("block", "Block", children=(sco("b1"), sco("b2", prerequisites="b1")))
    return register(manifest("1.2", sco("intro"), block, asset))


def choices(registration: Registration) -> tuple[str, ...]:
    return registration.course.valid("").choice


def test_start_begins_with_the_first_and_every_open_item_may_be_chosen() -> None:
    course = three()
    first = move(course, "start")
    assert (first.deliver, first.launch, first.attempt, first.entry) == (
        "intro",
        "intro.html",
        1,
        "ab-initio",
    )
    assert choices(course) == ("intro", "b1", "book")


def test_a_prerequisite_opens_once_it_is_met() -> None:
    course = three()
    assert move(course, "choice", "b2").exception == "prerequisites-not-met"
    move(course, "choice", "b1")
    speak(course, (STATUS, "completed"))
    assert choices(course) == ("intro", "b1", "b2", "book")
    assert move(course, "continue").deliver == "b2"


def test_continue_and_previous_go_in_order_past_what_is_locked() -> None:
    course = three()
    assert move(course, "start").deliver == "intro"
    assert move(course, "continue").deliver == "b1"
    assert move(course, "continue").deliver == "book"
    last = move(course, "continue")
    assert (last.deliver, last.exception) == ("book", "nothing-further")
    assert move(course, "previous").deliver == "b1"


def test_choosing_a_block_begins_with_its_first_open_item() -> None:
    assert move(three(), "choice", "block").deliver == "b1"


@pytest.mark.parametrize(
    ("name", "target"), [("jump", "intro"), ("choice", "gone"), ("resume", None), ("exit", None)]
)
def test_what_cannot_be_done_is_an_exception_with_a_code(name: str, target: str | None) -> None:
    moved = move(three(), name, target)
    assert moved.deliver is None
    assert moved.exception


def test_entry_is_ab_initio_once_then_resume_or_nothing() -> None:
    course = three()
    move(course, "start")
    speak(course, (EXIT, "suspend"), ("cmi.suspend_data", "p3"), ("cmi.core.session_time", "00:10:00"))
    again = move(course, "choice", "intro")
    assert (again.entry, again.attempt) == ("resume", 1)
    speak(course, (EXIT, ""), ("cmi.core.session_time", "00:05:00"))
    later = move(course, "choice", "intro")
    assert (later.entry, later.attempt) == ("", 2)
    course.call("", "LMSInitialize")
    assert ask(course, "cmi.suspend_data") == "p3"
    assert ask(course, "cmi.core.total_time") == "0000:15:00.00"
    assert course.outcome()["seconds"] == 900


def test_suspend_all_resumes_where_it_was() -> None:
    course = three()
    move(course, "choice", "b1")
    speak(course, finish=False)
    assert move(course, "suspendAll").ended
    back = move(course, "resume")
    assert (back.deliver, back.entry) == ("b1", "resume")


def test_logout_ends_the_course() -> None:
    course = three()
    move(course, "start")
    moved = speak(course, (EXIT, "logout"))
    assert moved
    assert moved.ended


def test_abandoned_work_counts_for_nothing() -> None:
    course = three()
    move(course, "start")
    speak(course, (STATUS, "passed"), finish=False)
    move(course, "abandon")
    assert course.course.tracking()["intro"]["attempt_completion"] == "unknown"


def finished(score_by: str) -> dict[str, object]:
    course = register(
        manifest("1.2", sco("a"), sco("b", mastery_score="50"), Item("x", kind="asset", launch="x.html"))
    )
    assert isinstance(course.course, Course12)
    course.course.score_by = score_by
    move(course, "start")
    speak(course, (STATUS, "completed"), (RAW, "80"))
    assert course.outcome()["completion"] == "incomplete"
    move(course, "continue")
    speak(course, (RAW, "60"))
    move(course, "continue")
    return course.outcome()


def test_all_done_is_completed_and_the_score_is_the_average_or_the_highest() -> None:
    assert finished("average") == {
        "completion": "completed",
        "success": "passed",
        "score": 0.7,
        "seconds": 0.0,
    }
    assert finished(HIGHEST)["score"] == 0.8


def test_one_failed_fails_the_course() -> None:
    course = register(manifest("1.2", sco("a"), sco("b")))
    move(course, "start")
    speak(course, (STATUS, "passed"))
    move(course, "continue")
    speak(course, (STATUS, "failed"))
    assert (course.outcome()["completion"], course.outcome()["success"]) == ("completed", "failed")


def test_it_can_be_put_away_and_taken_up() -> None:
    course = three()
    move(course, "choice", "b1")
    speak(course, ("cmi.suspend_data", "x"), (EXIT, "suspend"))
    kept = json.loads(json.dumps(course.as_json()))
    again = Registration.of_json(course.manifest, ARUZHAN, kept)
    assert again.as_json() == kept
    assert move(again, "choice", "b1").entry == "resume"
