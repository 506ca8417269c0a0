"""What a SCO finds when it is launched."""

from __future__ import annotations

import pytest

from scorm.runtime.launch import Comment, Launch, Learner, ObjectiveSeed, SharedStore, Terms, begin

pytestmark = pytest.mark.pure
ARUZHAN = Learner("u1", "Ахметова, Аружан", {"audio_level": "0.5"})


def test_a_first_launch_tells_who_learns_and_on_what_terms() -> None:
    terms = Terms("a=1", "PT1H", "exit,message", "0.8", "-0.5")
    session = begin(Launch("2004", ARUZHAN, terms))
    told = {
        "cmi.learner_id": "u1",
        "cmi.learner_name": "Ахметова, Аружан",
        "cmi.learner_preference.audio_level": "0.5",
        "cmi.learner_preference.language": "",
        "cmi.launch_data": "a=1",
        "cmi.max_time_allowed": "PT1H",
        "cmi.time_limit_action": "exit,message",
        "cmi.completion_threshold": "0.8",
        "cmi.scaled_passing_score": "-0.5",
        "cmi.entry": "ab-initio",
        "cmi.mode": "normal",
        "cmi.credit": "credit",
        "cmi.total_time": "PT0H0M0S",
        "cmi.completion_status": "unknown",
        "cmi.success_status": "unknown",
    }
    assert {element: session.value(element) for element in told} == told


def test_scorm_12_says_it_in_its_own_words() -> None:
    session = begin(Launch("1.2", ARUZHAN, Terms("a=1", "00:30:00", "continue,message", mastery_score="80")))
    told = {
        "cmi.core.student_id": "u1",
        "cmi.core.student_name": "Ахметова, Аружан",
        "cmi.core.lesson_status": "not attempted",
        "cmi.core.entry": "ab-initio",
        "cmi.core.total_time": "0000:00:00.00",
        "cmi.launch_data": "a=1",
        "cmi.student_data.mastery_score": "80",
        "cmi.student_data.max_time_allowed": "00:30:00",
        "cmi.student_data.time_limit_action": "continue,message",
    }
    assert {element: session.value(element) for element in told} == told


@pytest.mark.parametrize("mode", ["review", "browse"])
@pytest.mark.parametrize(("version", "core"), [("1.2", "cmi.core.lesson_mode"), ("2004", "cmi.mode")])
def test_who_only_looks_gets_no_credit(mode: str, version: str, core: str) -> None:
    session = begin(Launch(version, ARUZHAN, mode=mode))
    assert session.value(core) == mode
    assert (
        session.value(core.replace("lesson_mode", "credit").replace("cmi.mode", "cmi.credit")) == "no-credit"
    )
    assert not session.lasting


def test_objectives_begin_with_what_sequencing_knows() -> None:
    seeds = [ObjectiveSeed("a", "passed", "0.5", progress_measure="0.25"), ObjectiveSeed("b")]
    session = begin(Launch("2004", ARUZHAN, objectives=seeds))
    assert session.value("cmi.objectives._count") == "2"
    assert session.value("cmi.objectives.0.success_status") == "passed"
    assert session.value("cmi.objectives.0.score.scaled") == "0.5"
    assert session.value("cmi.objectives.0.progress_measure") == "0.25"
    assert session.value("cmi.objectives.1.success_status") == "unknown"


def test_a_seed_goes_into_the_record_the_sco_has_kept() -> None:
    kept = {
        "cmi.objectives.0.id": "own",
        "cmi.objectives.1.id": "a",
        "cmi.objectives.1.success_status": "failed",
    }
    seeds = [ObjectiveSeed("new", "unknown"), ObjectiveSeed("a", "passed")]
    session = begin(Launch("2004", ARUZHAN, entry="resume", kept=kept, objectives=seeds))
    assert [session.value(f"cmi.objectives.{n}.id") for n in range(3)] == ["own", "a", "new"]
    assert session.value("cmi.objectives.1.success_status") == "passed"


def test_shared_data_stand_in_order_and_keep_their_rights() -> None:
    stores = [SharedStore("a", "x", read=True, write=False), SharedStore("b", None, read=False, write=True)]
    session = begin(Launch("2004", ARUZHAN, shared=stores))
    session.initialize()
    assert (session.get_value("adl.data.0.store"), session.set_value("adl.data.0.store", "y")) == (
        "x",
        "false",
    )
    assert (session.set_value("adl.data.1.store", "y"), session.get_value("adl.data.1.store")) == ("true", "")
    assert session.error == "405"


def test_a_teachers_comments_are_there_to_read() -> None:
    comments = [Comment("Жақсы!", "p3", "2026-11-20"), Comment("Тағы бір рет")]
    session = begin(Launch("2004", ARUZHAN, comments=comments))
    assert session.value("cmi.comments_from_lms._count") == "2"
    told = [session.value(f"cmi.comments_from_lms.0.{name}") for name in ("comment", "location", "timestamp")]
    assert told == ["Жақсы!", "p3", "2026-11-20"]
    twelve = begin(Launch("1.2", ARUZHAN, comments=comments))
    assert twelve.value("cmi.comments_from_lms") == "Жақсы!\nТағы бір рет"


def test_a_learner_without_a_name_is_still_somebody() -> None:
    session = begin(Launch("2004", Learner("u1")))
    session.initialize()
    assert (session.get_value("cmi.learner_name"), session.error) == ("", "0")
