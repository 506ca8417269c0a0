"""A SCORM 2004 registration: attempts, shared data, global objectives, review, and a browser that reports."""

from __future__ import annotations

import json

import pytest

from scorm.player.carried import Carried
from scorm.player.registration import Registration
from scorm.player.screen import ClosedSession
from tests.scorm.player.courses import (
    ARUZHAN,
    NOW,
    ask,
    manifest,
    move,
    reading,
    register,
    sco,
    sharing,
    speak,
    writing,
)

pytestmark = pytest.mark.pure
DONE = ("cmi.completion_status", "completed")


def two() -> Registration:
    return register(manifest("2004 4th", sco("a"), sco("b")))


def test_without_suspend_a_new_attempt_begins_with_nothing() -> None:
    course = two()
    move(course, "start")
    speak(course, ("cmi.suspend_data", "p3"), ("cmi.exit", "normal"), ("cmi.session_time", "PT10M"))
    again = move(course, "choice", "a")
    assert (again.attempt, again.entry) == (2, "ab-initio")
    course.call(NOW, "Initialize")
    assert (ask(course, "cmi.suspend_data"), ask(course, "cmi.total_time")) == ("", "PT0H0M0S")


def test_with_suspend_everything_comes_back() -> None:
    course = two()
    move(course, "start")
    speak(
        course,
        ("cmi.interactions.0.id", "q1"),
        ("cmi.interactions.0.type", "choice"),
        ("cmi.suspend_data", "p3"),
        ("cmi.session_time", "PT10M"),
        ("cmi.exit", "suspend"),
    )
    again = move(course, "choice", "a")
    assert (again.attempt, again.entry) == (1, "resume")
    course.call(NOW, "Initialize")
    told = [ask(course, one) for one in ("cmi.interactions._count", "cmi.suspend_data", "cmi.total_time")]
    assert told == ["1", "p3", "PT0H10M0S"]


def test_a_learner_who_presses_a_control_wins_over_the_sco() -> None:
    course = two()
    move(course, "start")
    speak(course, ("adl.nav.request", "exitAll"), DONE, finish=False)
    assert move(course, "continue").deliver == "b"
    assert course.course.tracking()["a"]["attempt_completion"] == "completed"


def test_only_terminate_carries_out_what_the_sco_asks_for() -> None:
    course = two()
    move(course, "start")
    speak(course, ("adl.nav.request", "continue"), finish=False)
    assert course.call(NOW, "Commit") == ("true", "0", None)
    moved = course.call(NOW, "Terminate")[2]
    assert moved
    assert moved.deliver == "b"
    assert course.call(NOW, "GetValue", "cmi.location")[1] == "122"


def test_a_request_taken_back_moves_nothing() -> None:
    course = two()
    move(course, "start")
    assert speak(course, ("adl.nav.request", "continue"), ("adl.nav.request", "_none_")) is None
    assert course.state().deliver == "a"


@pytest.mark.parametrize("request_", ["{target=nowhere}choice", "{target=nowhere}jump"])
def test_a_request_for_an_activity_there_is_not_is_an_exception(request_: str) -> None:
    course = two()
    move(course, "start")
    moved = speak(course, ("adl.nav.request", request_))
    assert moved
    assert (moved.deliver, moved.ended) == ("a", False)
    assert moved.exception


def test_late_calls_come_after_terminate() -> None:
    course = two()
    move(course, "start")
    speak(course, ("cmi.exit", "time-out"))
    assert course.state().ended
    late = [course.call(NOW, name)[1] for name in ("Initialize", "Terminate", "Commit", "GetValue")]
    assert late == ["104", "113", "143", "123"]
    assert course.call(NOW, "SetValue", "cmi.location", "x")[1] == "133"


def test_before_anything_is_launched_nothing_can_be_said() -> None:
    course = two()
    early = [course.call(NOW, name)[1] for name in ("Initialize", "Terminate", "Commit", "GetValue")]
    assert early == ["102", "112", "142", "122"]
    assert course.call(NOW, "GetErrorString", "112")[0] == "Termination Before Initialization"


def test_valid_requests_are_answered_in_the_sco_and_anew_after_commit() -> None:
    course = register(manifest("2004 4th", sco("a"), sco("b", sequencing=reading("g"))))
    move(course, "start")
    speak(course, finish=False)
    path = "adl.nav.request_valid"
    answers = [ask(course, f"{path}.{end}") for end in ("continue", "previous", "exit", "choice.{target=b}")]
    assert answers == ["true", "false", "true", "true"]
    assert ask(course, f"{path}.jump.{{target=nowhere}}") == "false"


def test_the_window_is_closed_and_the_course_goes_on_where_it_was() -> None:
    course = two()
    move(course, "start")
    speak(course, ("cmi.location", "p4"), ("cmi.exit", "suspend"), finish=False)
    assert course.leave(NOW).ended
    back = move(course, "resume")
    assert (back.deliver, back.entry) == ("a", "resume")
    course.call(NOW, "Initialize")
    assert ask(course, "cmi.location") == "p4"


def test_the_window_is_closed_before_anything_was_suspended() -> None:
    course = two()
    move(course, "start")
    speak(course, DONE, finish=False)
    course.leave(NOW)
    assert move(course, "resume").exception
    assert course.course.tracking()["a"]["attempt_completion"] == "completed"
    assert move(course, "start").deliver == "a"


def test_shared_data_pass_from_sco_to_sco_with_their_rights() -> None:
    writer, reader = sco("a", data_maps=sharing("t")), sco("b", data_maps=sharing("t", write=False))
    course = register(manifest("2004 4th", writer, reader))
    move(course, "start")
    speak(course, ("adl.data.0.store", "сақталды"), ("adl.nav.request", "continue"))
    course.call(NOW, "Initialize")
    assert ask(course, "adl.data.0.store") == "сақталды"
    assert course.call(NOW, "SetValue", "adl.data.0.store", "x")[1] == "404"


@pytest.mark.parametrize(("everywhere", "found"), [(True, "x"), (False, "")])
def test_shared_data_reach_the_next_package_only_when_they_are_global(everywhere: bool, found: str) -> None:
    made = manifest("2004 4th", sco("a", data_maps=sharing("t")), shared_data_global_to_system=everywhere)
    first, carried = register(made), Carried()
    move(first, "start")
    speak(first, ("adl.data.0.store", "x"))
    first.leave(NOW)
    first.give(carried)
    second = register(made, Carried.of_json(json.loads(json.dumps(carried.as_json()))))
    move(second, "start")
    second.call(NOW, "Initialize")
    assert ask(second, "adl.data.0.store") == found


def test_shared_data_of_one_course_begin_anew_with_a_new_attempt_on_it() -> None:
    course = register(
        manifest("2004 4th", sco("a", data_maps=sharing("t")), shared_data_global_to_system=False)
    )
    move(course, "start")
    speak(course, ("adl.data.0.store", "x"))
    move(course, "exitAll")
    move(course, "start")
    course.call(NOW, "Initialize")
    assert course.call(NOW, "GetValue", "adl.data.0.store")[1] == "403"


def test_global_objectives_go_along_to_the_next_package() -> None:
    first, carried = register(manifest("2004 4th", sco("a", sequencing=writing("g")))), Carried()
    move(first, "start")
    speak(first, ("cmi.success_status", "passed"))
    first.give(carried)
    second = register(manifest("2004 4th", sco("b", sequencing=reading("g"))), carried)
    move(second, "start")
    second.call(NOW, "Initialize")
    assert ask(second, "cmi.objectives.0.success_status") == "passed"


def test_abandoned_work_leaves_no_trace_even_after_a_commit() -> None:
    course = two()
    move(course, "start")
    speak(course, DONE, ("cmi.session_time", "PT1H"), finish=False)
    course.call(NOW, "Commit")
    assert course.course.tracking()["a"]["attempt_completion"] == "completed"
    move(course, "abandon")
    assert course.course.tracking()["a"]["attempt_completion"] == "unknown"
    assert course.outcome()["seconds"] == 0


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_who_only_looks_changes_nothing(mode: str) -> None:
    course = two()
    move(course, "start")
    speak(course, ("cmi.location", "p4"), DONE)
    course.leave(NOW)
    kept, carried = course.as_json(), Carried()
    looking = Registration.of_json(course.manifest, ARUZHAN, kept, mode)
    assert move(looking, "choice", "a").entry == ""
    looking.call(NOW, "Initialize")
    assert [ask(looking, one) for one in ("cmi.mode", "cmi.credit", "cmi.location")] == [
        mode,
        "no-credit",
        "p4",
    ]
    assert looking.call(NOW, "SetValue", "cmi.completion_status", "incomplete")[0] == "true"
    looking.call(NOW, "Commit")
    looking.call(NOW, "Terminate")
    looking.give(carried)
    assert looking.as_json() == kept
    assert carried == Carried()


def test_a_browser_reports_deltas_and_the_end() -> None:
    course = two()
    move(course, "start")
    refused, moved = course.receive({"cmi.score.scaled": "0.5", "cmi.mode": "review"}, NOW)
    assert (refused, moved) == ({"cmi.mode": "404"}, None)
    course.measured = 30.0
    refused, moved = course.receive({"adl.nav.request": "continue"} | dict([DONE]), NOW, finished=True)
    assert refused == {}
    assert moved
    assert moved.deliver == "b"
    assert course.outcome()["seconds"] == 30.0
    assert course.last
    assert course.last.score == 0.5


def test_a_report_for_a_sco_that_is_over_is_refused() -> None:
    course = two()
    with pytest.raises(ClosedSession):
        course.receive({}, NOW)
    move(course, "start")
    course.receive({}, NOW, finished=True)
    with pytest.raises(ClosedSession):
        course.receive({}, NOW)


def test_why_it_is_not_complete_is_known_after_the_session() -> None:
    course = two()
    move(course, "start")
    speak(course, ("cmi.completion_status", "incomplete"))
    assert course.last
    assert [(one.code, one.received) for one in course.last.unmet] == [
        ("reported", "incomplete"),
        ("not-reported", ""),
    ]


def test_a_sco_that_exits_leaves_an_empty_screen_in_a_course_that_goes_on() -> None:
    course = two()
    move(course, "start")
    moved = speak(course, ("adl.nav.request", "exit"))
    assert moved
    assert (moved.deliver, moved.exception, moved.ended) == (None, None, False)
    assert move(course, "choice", "b").deliver == "b"


@pytest.mark.parametrize("asked", ["continue", "suspendAll", "abandonAll"])
@pytest.mark.parametrize("left", ["time-out", "logout"])
def test_time_out_and_logout_end_everything_whatever_else_is_asked(left: str, asked: str) -> None:
    course = two()
    move(course, "start")
    moved = speak(course, DONE, ("cmi.exit", left), ("adl.nav.request", asked))
    assert moved
    assert moved.ended
    assert course.course.tracking()["a"]["attempt_completion"] == "completed"
    assert move(course, "resume").exception


def test_suspend_all_keeps_what_the_sco_did_not_mean_to_keep() -> None:
    course = two()
    move(course, "start")
    speak(course, ("cmi.location", "p4"), ("cmi.exit", "normal"), ("adl.nav.request", "suspendAll"))
    back = move(course, "resume")
    assert (back.deliver, back.entry, back.attempt) == ("a", "resume", 1)
    course.call(NOW, "Initialize")
    assert ask(course, "cmi.location") == "p4"
