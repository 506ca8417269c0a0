"""A session: its states go to JSON, a browser's delta is checked again, diagnostics say where."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scorm.datamodel.walk import Store
from scorm.runtime.launch import Launch, Learner, begin
from scorm.runtime.session import Session

pytestmark = pytest.mark.pure


def running(version: str = "2004") -> Session:
    session = begin(Launch(version, Learner("u1", "Ахметова, Аружан")))
    assert session.initialize() == "true"
    return session


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_a_session_put_away_and_taken_up_goes_on_where_it_was(version: str) -> None:
    session = running(version)
    session.set_value("cmi.interactions.0.id", "q1")
    session.get_value("cmi.nothing")
    again = Session.of_json(json.loads(json.dumps(session.as_json())))
    assert again == session
    assert again.set_value("cmi.interactions.1.id", "q2") == "true"
    assert again.get_value("cmi.interactions._count") == "2"


def test_a_delta_is_taken_over_and_what_is_wrong_in_it_is_named() -> None:
    session = running()
    refused = session.apply(
        {
            "cmi.score.scaled": "0.5",
            "cmi.score.raw": "many",
            "cmi.credit": "no-credit",
            "cmi.nothing": "1",
            "cmi.objectives.1.id": "gap",
        }
    )
    assert refused == {
        "cmi.score.raw": "406",
        "cmi.credit": "404",
        "cmi.nothing": "401",
        "cmi.objectives.1.id": "351",
    }
    assert session.value("cmi.score.scaled") == "0.5"


def test_a_delta_whose_order_was_lost_is_put_in_order() -> None:
    delta = {
        "cmi.interactions.1.learner_response": "true",
        "cmi.interactions.1.type": "true-false",
        "cmi.interactions.1.id": "q2",
        "cmi.interactions.0.id": "q1",
    }
    session = running()
    assert session.apply(delta) == {}
    assert session.value("cmi.interactions.1.learner_response") == "true"


def test_what_is_no_text_is_refused_like_any_wrong_value() -> None:
    delta: Any = {"cmi.location": 7, "cmi.suspend_data": None, "cmi.score.raw": "7"}
    session = running()
    assert session.apply(delta) == {"cmi.location": "406", "cmi.suspend_data": "406"}
    assert session.value("cmi.score.raw") == "7"


def test_changes_are_handed_out_once() -> None:
    session = running()
    session.set_value("cmi.location", "p1")
    session.set_value("cmi.location", "p2")
    session.set_value("cmi.mode", "review")
    assert session.take_changes() == {"cmi.location": "p2"}
    assert session.take_changes() == {}


def test_a_diagnostic_names_the_element_and_the_reason() -> None:
    session = running()
    session.set_value("cmi.score.scaled", "7")
    assert session.get_diagnostic("") == "range: cmi.score.scaled"
    assert session.get_diagnostic("407") == "range: cmi.score.scaled"
    assert session.get_diagnostic("101") == "General Exception"
    session.get_value("cmi." + "x" * 400)
    assert len(session.get_diagnostic("")) == 255


def test_calls_are_known_by_either_versions_name() -> None:
    session = begin(Launch("1.2", Learner("u1")))
    assert session.call("LMSInitialize", "") == "true"
    assert session.call("LMSSetValue", "cmi.suspend_data", "x") == "true"
    assert session.call("GetValue", "cmi.suspend_data") == "x"
    assert session.call("LMSGetLastError") == "0"
    assert session.call("LMSFinish", "") == "true"


def test_without_a_mode_a_session_lasts() -> None:
    assert Session("2004", Store()).lasting
