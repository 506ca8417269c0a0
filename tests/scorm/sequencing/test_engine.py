"""The engine's face: what callers may rely on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from scorm.sequencing import engine
from scorm.sequencing.codes import MEANING
from scorm.sequencing.draft import moment
from scorm.sequencing.engine import ObjectiveReport, Report, Request, State, Tree, request_of
from tests.conformance.outline import organization

pytestmark = pytest.mark.pure

WRITES = {"target": "g", "read_satisfied": False, "read_measure": False, "write_satisfied": True}


def tree_of(*leaves: dict[str, Any], **whole: Any) -> Tree:
    return engine.tree(organization({"id": "r", "children": list(leaves)}, **whole))


def started(tree: Tree, store: engine.Store | None = None) -> State:
    return engine.move(tree, engine.begin(tree, store), Request("start"), "2026-09-01T08:00:00Z").state


def test_a_state_is_not_changed_by_what_follows() -> None:
    tree = tree_of({"id": "a"}, {"id": "b"})
    state = started(tree)
    before = state.to_json()
    engine.finish(tree, state, Report(success="passed", success_set=True, request="continue"))
    assert state.to_json() == before


def test_a_state_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 99"):
        State.from_json({**State().to_json(), "version": 99})


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", None),
        ("_none_", None),
        ("continue", Request("continue")),
        ("{target=A B/1}choice", Request("choice", "A B/1")),
        ("{target=x}jump", Request("jump", "x")),
        ("{target=}choice", Request("{target=}choice")),
    ],
)
def test_what_a_sco_asks_for(asked: str, expected: Request | None) -> None:
    assert request_of(Report(request=asked)) == expected


@pytest.mark.parametrize("exit_kind", ["time-out", "logout"])
def test_time_out_and_logout_take_the_place_of_any_move(exit_kind: str) -> None:
    tree = tree_of({"id": "a"}, {"id": "b"})
    told = Report(exit=exit_kind, request="continue")
    assert engine.finish(tree, started(tree), told).ended
    assert engine.finish(tree, started(tree), told, request=Request("continue")).ended


def test_suspend_all_after_a_time_out_still_suspends() -> None:
    tree = tree_of({"id": "a"}, {"id": "b"})
    outcome = engine.finish(tree, started(tree), Report(exit="time-out"), request=Request("suspendAll"))
    assert engine.valid(tree, outcome.state).resume


def test_global_objectives_go_from_course_to_course() -> None:
    first, second = (
        tree_of({"id": "a", "objectives": [{"primary": True, "maps": [WRITES]}]}),
        tree_of(
            {
                "id": "b",
                "objectives": [{"primary": True, "maps": [{"target": "g"}]}],
                "pre": [["skip", "satisfied"]],
            },
            {"id": "c"},
        ),
    )
    said = Report(success="passed", success_set=True, request="exitAll")
    left = engine.finish(first, started(first), said).state
    store = engine.shared(first, left)
    assert store["g"].satisfied is True
    assert started(second, store).current == "c"
    assert started(second).current == "b"
    adopted = engine.adopt(second, engine.begin(second), store)
    assert engine.move(second, adopted, Request("start")).deliver == "c"


def test_objectives_of_one_course_stay_in_it() -> None:
    tree = tree_of(
        {"id": "a", "objectives": [{"primary": True, "maps": [WRITES]}]}, objectives_global_to_system=False
    )
    store = {"g": engine.Progress(satisfied=True)}
    assert engine.begin(tree, store).globals == {}
    state = started(tree)
    assert engine.adopt(tree, state, store) == state
    assert engine.shared(tree, state) == {}


def test_a_commit_changes_what_is_valid_and_moves_nothing() -> None:
    tree = tree_of({"id": "a"}, {"id": "b", "pre": [["hiddenFromChoice", "not attempted"]]}, {"id": "c"})
    gate = engine.tree(
        organization(
            {
                "id": "r",
                "children": [{"id": "a", "pre": [["stopForwardTraversal", "not satisfied"]]}, {"id": "b"}],
            }
        )
    )
    state = started(gate)
    failed = engine.report(gate, state, Report(success="failed", success_set=True, final=False))
    passed = engine.report(gate, failed, Report(success="passed", success_set=True, final=False))
    assert engine.valid(gate, failed).choice == ("r", "a")
    assert engine.valid(gate, passed).choice == ("r", "a", "b")
    assert passed.current == "a"
    assert engine.valid(tree, started(tree)).choice == ("r", "a", "c")


def test_time_counts_once_at_the_end_of_the_session() -> None:
    tree = tree_of({"id": "a"}, {"id": "b"})
    state = engine.report(tree, started(tree), Report(seconds=50, final=False))
    state = engine.finish(tree, state, Report(seconds=60)).state
    assert state.activities["a"].attempt_seconds == 60
    assert state.activities["r"].activity_seconds == 60


def test_an_objective_sequencing_does_not_know_is_left_alone() -> None:
    tree = tree_of({"id": "a", "objectives": [{"identifier": "p", "primary": True}]}, {"id": "b"})
    told = Report(objectives=(ObjectiveReport("other", success="passed", success_set=True),))
    state = engine.report(tree, started(tree), told)
    assert set(state.activities["a"].objectives) <= {"p"}


def test_of_the_primary_objective_the_entry_says_success_and_cmi_the_rest() -> None:
    tree = tree_of({"id": "a", "objectives": [{"identifier": "p", "primary": True}]}, {"id": "b"})
    entry = ObjectiveReport("p", success="failed", completion="completed", scaled=0.1, progress=0.1)
    told = Report(
        success="passed", completion="incomplete", completion_set=True, scaled=0.9, objectives=(entry,)
    )
    known = engine.report(tree, started(tree), told).activities["a"].objectives["p"]
    assert (known.satisfied, known.completion, known.measure, known.progress) == (False, False, 0.9, 0.1)


def test_the_controls_the_current_activity_hides() -> None:
    tree = tree_of({"id": "a", "hide": ["continue", "previous"]}, {"id": "b"})
    state = started(tree)
    assert engine.hidden(tree, state) == ("continue", "previous")
    assert engine.hidden(tree, engine.begin(tree)) == ()
    assert engine.valid(tree, state).continue_


def test_seeds_without_anything_running() -> None:
    tree = tree_of({"id": "a"})
    assert engine.seeds(tree, engine.begin(tree)) is None


def test_a_moment_is_read_with_its_zone() -> None:
    assert moment("2026-09-01T13:00:00+05:00") == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert moment("2026-09-01T08:00:00") == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert moment(datetime(2026, 9, 1, 8)) == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert moment("tomorrow") is None
    assert moment(None) is None


def test_every_code_has_its_meaning() -> None:
    assert len(set(MEANING.values())) > 30
    assert all(code.count("-") == 1 for code in MEANING)
