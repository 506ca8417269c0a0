"""Our own steps through the data models, each case named by its clause."""

from __future__ import annotations

from typing import Any

import pytest

from scorm.datamodel.walk import Store, pattern_of
from scorm.runtime.session import Session
from tests.conformance.steps import own_cases, text

pytestmark = pytest.mark.pure
CASES = own_cases()


def session_of(case: dict[str, Any]) -> Session:
    launch = case["launch"]
    store = Store.of(launch["values"], live=dict(launch["live"]), access=dict(launch["access"]))
    return Session(case["version"], store)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['version']} {case['clause']}" for case in CASES])
def test_every_step_of_a_clause_is_answered_as_the_book_says(case: dict[str, Any]) -> None:
    session = session_of(case)
    for number, step in enumerate(case["commands"]):
        arguments = [text(step[name]) for name in ("element", "arg", "value") if name in step]
        answered = (session.call(step["method"], *arguments), session.error)
        assert answered == (text(step["expected"]), step["error"]), f"step {number}: {str(step)[:200]}"


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_the_steps_leave_no_element_out(version: str) -> None:
    steps = [step for case in CASES if case["version"] == version for step in case["commands"]]
    elements = Session(version, Store()).model.elements
    touched = {pattern_of(step["element"]) for step in steps if "element" in step}
    assert {path for path, row in elements.items() if "type" in row} <= touched
    assert len(steps) >= 150
