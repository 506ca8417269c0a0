"""Sequencing steps of our own, named by clause: a small tree, what is asked of it, and what must come of that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scorm.sequencing import engine
from scorm.sequencing.engine import ObjectiveReport, Outcome, Report, Request, State, Tree
from tests.conformance.outline import organization

pytestmark = pytest.mark.pure

CASES = [
    case
    for file in sorted((Path(__file__).parent / "sequencing").glob("*.json"))
    for case in json.loads(file.read_text("utf-8"))
]


def report_of(told: dict[str, Any]) -> Report:
    """What a SCO said; a status that is named was set by it."""
    entries = tuple(ObjectiveReport(**_with_flags(one)) for one in told.get("objectives", ()))
    return Report(**{**_with_flags(told), "objectives": entries})


def _with_flags(told: dict[str, Any]) -> dict[str, Any]:
    flags = {f"{status}_set": True for status in ("success", "completion") if status in told}
    return {**flags, **told}


def take(tree: Tree, state: State, step: dict[str, Any]) -> Outcome:
    now = step.get("at", "2026-09-01T08:00:00+05:00")
    asked = Request(step["do"], step.get("target")) if "do" in step else None
    if "sco" in step:
        return engine.finish(tree, state, report_of(step["sco"]), now, asked)
    if asked is None:
        return Outcome(state, moved=False)
    return engine.leave(tree, state, now) if asked.name == "leave" else engine.move(tree, state, asked, now)


def check(tree: Tree, outcome: Outcome, step: dict[str, Any]) -> None:
    for name in ("deliver", "exception", "ended", "attempt", "resumed", "moved"):
        if name in step:
            assert getattr(outcome, name) == step[name], name
    if "valid" in step:
        now = engine.valid(tree, outcome.state, step.get("at", "2026-09-01T08:00:00+05:00"))
        found = {"continue": now.continue_, "choice": list(now.choice), "jump": list(now.jump)}
        for name, expected in step["valid"].items():
            assert found.get(name, getattr(now, name, None)) == expected, name
    for identifier, expected in step.get("track", {}).items():
        assert {name: known(tree, outcome.state, identifier)[name] for name in expected} == expected, (
            identifier
        )
    for target, expected in step.get("globals", {}).items():
        assert {name: getattr(outcome.state.globals[target], name) for name in expected} == expected, target
    for identifier, expected in step.get("seeds", {}).items():
        seeds = engine.seeds(tree, outcome.state)
        found = (
            vars(seeds)
            if identifier == "cmi"
            else {one.id: vars(one) for one in seeds.objectives}[identifier]
        )
        assert {name: found[name] for name in expected} == expected, identifier
    for identifier, expected in step.get("contents", {}).items():
        row = {one.id: vars(one) for one in engine.contents(tree, outcome.state)}.get(identifier)
        assert (row and {name: row[name] for name in expected}) == expected, identifier


def known(tree: Tree, state: State, identifier: str) -> dict[str, Any]:
    one = engine.tracking(tree, state)[identifier]
    primary = one["objectives"][0]
    measure = primary["measure"]
    return {
        "attempts": one["attempt_count"],
        "completion": one["attempt_completion"],
        "success": primary["satisfied"],
        "measure": measure if measure is None else pytest.approx(measure),
        "active": one["active"],
        "suspended": one["suspended"],
    }


@pytest.mark.parametrize("case", CASES, ids=[f"{one['clause']}: {one['says']}" for one in CASES])
def test_the_book_is_followed(case: dict[str, Any]) -> None:
    tree = engine.tree(organization(case["tree"], **case.get("organization", {})))
    state = engine.begin(tree)
    for step in case["steps"]:
        outcome = take(tree, state, step)
        check(tree, outcome, step)
        state = State.from_json(json.loads(json.dumps(outcome.state.to_json())))
        assert state == outcome.state


def test_there_are_enough_clauses() -> None:
    assert len(CASES) >= 60
    assert len({one["clause"].split()[0] for one in CASES}) >= 25
