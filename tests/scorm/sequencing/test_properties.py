"""Whatever the tree and whatever is asked: it ends, answers with a known code, and stays a value."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorm.package.model import Organization
from scorm.sequencing import engine
from scorm.sequencing.codes import MEANING
from scorm.sequencing.draft import Draft
from scorm.sequencing.engine import Outcome, Report, Request, State, Tree
from scorm.sequencing.navigation import choice_exit_exception, jump_exception
from scorm.sequencing.overall import refusal
from tests.scorm.sequencing.strategies import STEPS, organizations

pytestmark = pytest.mark.pure

NOW = "2026-09-01T08:00:00+05:00"
Steps = list[tuple[Report | None, Request | None]]
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=1000)


def take(tree: Tree, state: State, report: Report | None, request: Request | None) -> Outcome:
    if report is not None and report.final:
        return engine.finish(tree, state, report, NOW, request)
    if report is not None:
        state = engine.report(tree, state, report, NOW)
    return engine.move(tree, state, request, NOW) if request else engine.leave(tree, state, NOW)


def check(tree: Tree, outcome: Outcome) -> None:
    state = outcome.state
    assert outcome.exception is None or outcome.exception in MEANING
    if outcome.deliver is not None:
        delivered = tree.by_id[outcome.deliver]
        assert delivered.leaf
        assert state.current == outcome.deliver
        assert all(state.activities[one.id].active for one in delivered.path())
    assert outcome.ended == (state.current is None)
    before = json.dumps(state.to_json())
    assert State.from_json(json.loads(before)) == state
    check_questions(tree, state)
    assert json.dumps(state.to_json()) == before


def check_questions(tree: Tree, state: State) -> None:
    """What is said to be valid is exactly what would not be refused; the table of contents says the same."""
    draft = Draft(tree, state, NOW)
    valid = engine.valid(tree, state, NOW)
    chosen = {
        one.id
        for one in tree
        if choice_exit_exception(draft, one) is None and refusal(draft, "choice", one) is None
    }
    jumps = {
        one.id for one in tree if jump_exception(draft, one) is None and refusal(draft, "jump", one) is None
    }
    rows = engine.contents(tree, state, NOW)
    assert set(valid.choice) == chosen == {row.id for row in rows if row.choosable}
    assert set(valid.jump) == jumps
    assert not any(row.choosable and row.disabled and row.leaf for row in rows)
    engine.seeds(tree, state)
    engine.tracking(tree, state)


def run(organization: Organization, seed: int, steps: Steps) -> None:
    tree = engine.tree(organization)
    state = engine.begin(tree, seed=seed)
    for report, request in [(None, Request("start")), *steps]:
        outcome = take(tree, state, report, request)
        check(tree, outcome)
        assert take(tree, state, report, request) == outcome  # the same again from the same state
        state = outcome.state


@QUICK
@given(organizations(), st.integers(0, 5), STEPS)
def test_any_tree_answers_any_requests(organization: Organization, seed: int, steps: Steps) -> None:
    run(organization, seed, steps)


@pytest.mark.soak
@LONG
@given(organizations(20), st.integers(0, 5), STEPS)
def test_any_tree_answers_any_requests_at_length(organization: Organization, seed: int, steps: Steps) -> None:
    run(organization, seed, steps)
