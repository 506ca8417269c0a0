"""What stays of a session, what it counts for, and why something was not reached."""

from __future__ import annotations

import pytest

from scorm.runtime.closing import Closed, close
from scorm.runtime.launch import Launch, Learner, Terms, begin
from scorm.runtime.outcome import Outcome, outcome
from scorm.runtime.times import interval, seconds, timespan

pytestmark = pytest.mark.pure


def session_12(
    *sets: tuple[str, str], finish: bool = True, mastery: str = "", mode: str = "normal"
) -> Closed:
    session = begin(Launch("1.2", Learner("u1"), Terms(mastery_score=mastery), mode=mode))
    session.initialize()
    for element, value in sets:
        assert session.set_value(element, value) == "true", element
    if finish:
        session.terminate()
    return close(session)


def session_2004(*sets: tuple[str, str], terms: Terms | None = None, total: str = "") -> Closed:
    session = begin(Launch("2004", Learner("u1"), terms or Terms(), total_time=total))
    session.initialize()
    for element, value in sets:
        assert session.set_value(element, value) == "true", element
    session.terminate()
    return close(session)


STATUS, RAW = "cmi.core.lesson_status", "cmi.core.score.raw"


@pytest.mark.parametrize(
    ("sets", "mastery", "status"),
    [
        ([], "", "completed"),
        ([(RAW, "90")], "80", "passed"),
        ([(RAW, "79")], "80", "failed"),
        ([(STATUS, "failed"), (RAW, "80")], "80", "passed"),
        ([(STATUS, "completed"), (RAW, "10")], "80", "failed"),
        ([(STATUS, "incomplete")], "80", "incomplete"),
        ([(STATUS, "incomplete"), (RAW, "10")], "80", "failed"),
        ([(STATUS, "incomplete"), (RAW, "10"), ("cmi.core.exit", "suspend")], "80", "incomplete"),
        ([(STATUS, "passed")], "", "passed"),
        ([(STATUS, "browsed"), (RAW, "")], "80", "browsed"),
        ([(RAW, "90")], "eighty", "completed"),
    ],
)
def test_lmsfinish_settles_the_status_with_the_mastery_score(
    sets: list[tuple[str, str]], mastery: str, status: str
) -> None:
    assert session_12(*sets, mastery=mastery).values[STATUS] == status


def test_a_window_that_was_closed_judges_nobody() -> None:
    closed = session_12((RAW, "10"), finish=False, mastery="80")
    assert (closed.values[STATUS], closed.terminated) == ("incomplete", False)


def test_nobody_is_judged_in_review() -> None:
    closed = session_12((RAW, "10"), mastery="80", mode="review")
    assert STATUS not in closed.values
    assert [one.code for one in outcome(closed).unmet] == ["writes-nothing", "writes-nothing"]


def test_time_adds_up_once_a_session_and_the_last_report_counts() -> None:
    closed = session_2004(("cmi.session_time", "PT1H"), ("cmi.session_time", "PT90S"), total="PT1H0M0S")
    assert (closed.seconds, closed.total_time) == (90, "PT1H1M30S")
    assert "cmi.session_time" not in closed.kept


def test_who_reports_no_time_gets_what_the_system_measured() -> None:
    session = begin(Launch("2004", Learner("u1")))
    session.initialize()
    assert close(session, measured=75.5).total_time == "PT0H1M15.5S"
    idle = begin(Launch("2004", Learner("u1")))
    assert close(idle, measured=75.5).seconds == 0


def test_what_belongs_to_one_session_is_not_kept() -> None:
    closed = session_2004(
        ("cmi.exit", "suspend"),
        ("cmi.location", "p1"),
        ("adl.nav.request", "continue"),
        ("cmi.session_time", "PT1S"),
    )
    assert (closed.suspended, closed.request) == (True, "continue")
    assert closed.kept["cmi.location"] == "p1"
    assert not {"cmi.exit", "cmi.session_time", "adl.nav.request"} & closed.kept.keys()


def reasons(result: Outcome) -> list[tuple[str, str, str, str]]:
    return [(one.concerns, one.code, one.rule, one.received) for one in result.unmet]


def test_an_outcome_says_which_rule_was_not_met_and_by_what() -> None:
    terms = Terms(completion_threshold="0.8", scaled_passing_score="0.6")
    low = outcome(
        session_2004(("cmi.progress_measure", "0.5"), ("cmi.completion_status", "completed"), terms=terms)
    )
    assert (low.completion, low.success, low.score) == ("incomplete", "unknown", None)
    assert reasons(low) == [
        ("completion", "measure-too-low", "0.8", "0.5"),
        ("success", "measure-missing", "0.6", ""),
    ]
    silent = outcome(session_2004())
    assert reasons(silent) == [("completion", "not-reported", "", ""), ("success", "not-reported", "", "")]
    said = outcome(session_2004(("cmi.completion_status", "incomplete"), ("cmi.success_status", "failed")))
    assert reasons(said) == [
        ("completion", "reported", "", "incomplete"),
        ("success", "reported", "", "failed"),
    ]


def test_an_outcome_without_blemish_has_nothing_to_explain() -> None:
    done = outcome(
        session_2004(
            ("cmi.completion_status", "completed"),
            ("cmi.success_status", "passed"),
            ("cmi.score.scaled", "0.75"),
            ("cmi.session_time", "PT2M"),
        )
    )
    assert done.as_json() == {
        "completion": "completed",
        "success": "passed",
        "score": 0.75,
        "seconds": 120.0,
        "unmet": [],
    }


def test_scorm_12_scores_lie_between_what_the_sco_says_is_lowest_and_highest() -> None:
    assert outcome(session_12((RAW, "45"))).score == 0.45
    between = session_12((RAW, "15"), ("cmi.core.score.min", "10"), ("cmi.core.score.max", "20"))
    assert outcome(between).score == 0.5
    assert outcome(session_12((RAW, "15"), ("cmi.core.score.max", "0"))).score == 0.15
    failed = outcome(session_12((RAW, "45"), mastery="80"))
    assert (failed.completion, failed.success) == ("completed", "failed")
    assert reasons(failed) == [("success", "measure-too-low", "80", "45")]
    assert reasons(outcome(session_12(mastery="80"))) == [("success", "measure-missing", "80", "")]


def test_a_sco_that_never_spoke_has_come_to_nothing() -> None:
    result = outcome(close(begin(Launch("2004", Learner("u1")))))
    assert [one.code for one in result.unmet] == ["never-initialized", "never-initialized"]


@pytest.mark.parametrize(
    ("text", "length"),
    [("PT1H", 3600), ("P1DT0.5S", 86400.5), ("PT01M", 60), ("P1Y", 31536000), ("00:01:30.5", 90.5), ("", 0)],
)
def test_either_version_writes_the_same_lengths(text: str, length: float) -> None:
    assert seconds(text) == length
    assert seconds(interval(length)) == length
    assert seconds(timespan(length)) == length


def test_what_the_system_tells_is_told_anew_and_never_kept() -> None:
    closed = session_2004(("cmi.location", "p1"), terms=Terms(launch_data="old", completion_threshold="0.5"))
    assert closed.kept == {"cmi.location": "p1"}
    twelve = session_12(("cmi.interactions.0.id", "q1"), ("cmi.suspend_data", "x"), mastery="80")
    assert twelve.kept == {"cmi.interactions.0.id": "q1", "cmi.suspend_data": "x", STATUS: "completed"}
