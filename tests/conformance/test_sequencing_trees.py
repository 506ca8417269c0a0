"""Random trees judged by ADL's reference engine; the conformance material, where present, lies in ../shared/conformance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scorm.sequencing import engine
from scorm.sequencing.engine import Outcome, Request
from tests.conformance.standin import SHARED, Player

pytestmark = pytest.mark.pure


def _trees() -> list[dict[str, Any]]:
    sample = Path(SHARED / "fuzz_sample.jsonl")
    return [json.loads(line) for line in sample.read_text("utf-8").splitlines()] if sample.exists() else []


def carry_out(player: Player, step: dict[str, Any]) -> Outcome | None:
    if step["do"] != "sco":
        return player.move(Request(step["do"], step.get("target")))
    assert player.cmi is not None
    for element, value in step["set"]:
        player.cmi.put(element, value)
    outcome = player.terminate()
    return outcome if outcome.moved else None


def check_delivery(outcome: Outcome | None, expected: dict[str, Any] | None) -> None:
    if expected is None:
        assert outcome is None
        return
    assert outcome is not None
    assert (outcome.deliver, outcome.ended) == (expected["at"], expected["ended"])
    if "attempt" in expected:
        assert outcome.attempt == expected["attempt"]


def check_valid(player: Player, expected: dict[str, Any]) -> None:
    now = engine.valid(player.tree, player.state)
    assert now.continue_ == expected.get("continue", now.continue_)
    assert now.previous == expected.get("previous", now.previous)
    for name, found in (("choice", now.choice), ("jump", now.jump)):
        if name in expected:
            unsure = set(expected.get(f"{name}_unsure", ()))
            assert set(found) - unsure == set(expected[name]) - unsure


def check_tracking(player: Player, expected: dict[str, list[Any]]) -> None:
    tracked = player.tracked()
    for identifier, values in expected.items():
        for value, found in zip(values, tracked[identifier], strict=True):
            assert value == "?" or found == pytest.approx(value, abs=2e-6), identifier


def replay(script: dict[str, Any]) -> None:
    player = Player.of(script["manifest"].encode())
    for step in script["steps"]:
        if step["do"] == "relaunch":
            continue
        outcome = carry_out(player, step)
        check_delivery(outcome, step["expect"])
        if step["expect"] and "valid" in step["expect"]:
            check_valid(player, step["expect"]["valid"])
        check_tracking(player, step.get("track", {}))


if TREES := _trees():

    @pytest.mark.parametrize("script", TREES, ids=[str(one["id"]) for one in TREES])
    def test_a_random_tree_runs_as_in_the_reference_engine(script: dict[str, Any]) -> None:
        replay(script)
