"""ADL's cases, the random trees and the 1.2 probes through the headless player, where the material is at hand; and the
same player as a real process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorm.player.protocol import Player
from scorm.player.registration import Registration
from tests.conformance import adl, fuzz, probes
from tests.conformance.steps import SHARED, shared

pytestmark = pytest.mark.pure
NOW = "2026-11-20T08:00:00Z"
ADL = SHARED / "adl2004"
CASES = [file.stem for file in shared("adl2004/cases/*.json") if file.stem not in adl.IN_BROWSER]
TREES = [
    json.loads(line) for file in shared("fuzz_sample.jsonl") for line in file.read_text("utf-8").splitlines()
]
PROBES = [probe for file in shared("scorm12/probes.json") for probe in json.loads(file.read_text("utf-8"))]

Ask = Callable[[dict[str, Any]], dict[str, Any]]


def asking(player: Player) -> Ask:
    return lambda message: json.loads(player.line(json.dumps(message)))


def forgetful(player: Player) -> Ask:
    """Between any two lines the registration goes to JSON and comes back."""

    def ask(message: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(player.line(json.dumps(message)))
        at = player.registration
        if at:
            kept = json.loads(json.dumps(at.as_json()))
            player.registration = Registration.of_json(at.manifest, at.learner, kept)
        return answer

    return ask


def play_case(ask: Ask, name: str) -> list[str]:
    before = adl.AFTER.get(name)
    if before:
        adl.Case(ask, ADL, before).play()
    return adl.Case(ask, ADL, name).play(keep=bool(before))


@pytest.mark.parametrize("name", CASES)
def test_a_case_of_adl_is_answered_step_by_step(name: str) -> None:
    assert play_case(asking(Player(NOW)), name) == []


@pytest.mark.parametrize("name", [name for name in CASES if name not in ("DMI", "API")][::3])
def test_a_case_can_be_put_away_and_taken_up_after_every_line(name: str) -> None:
    assert play_case(forgetful(Player(NOW)), name) == []


@pytest.mark.parametrize("tree", TREES, ids=[str(tree["id"]) for tree in TREES])
def test_a_random_tree_is_walked_as_the_book_walks_it(tree: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "imsmanifest.xml"
    path.write_text(tree["manifest"], encoding="utf-8")
    assert fuzz.Script(asking(Player(NOW)), tree, str(path)).play() == []


@pytest.mark.parametrize("element", sorted({probe["element"] for probe in PROBES}))
def test_probes_of_scorm_12_pass_except_where_we_differ_on_purpose(element: str, tmp_path: Path) -> None:
    path = tmp_path / "imsmanifest.xml"
    path.write_text(probes.MANIFEST, encoding="utf-8")
    ask = asking(Player(NOW))
    about = [probe for probe in PROBES if probe["element"] == element]
    missed = [probe for probe in about if not probes.passes(probe, probes.answer(ask, str(path), probe))]
    assert {probes.key(probe) for probe in missed} == {
        key for key in map(probes.key, about) if key in probes.DEVIATIONS
    }


def test_the_process_answers_every_line_and_survives_nonsense(tmp_path: Path) -> None:
    path = tmp_path / "imsmanifest.xml"
    path.write_text(probes.MANIFEST, encoding="utf-8")
    lines = [
        '{"do": "state"}',
        "nonsense",
        "[1]",
        json.dumps({"do": "open", "package": str(path), "learner": {"id": "u1", "name": "Ахметова, Аружан"}}),
        '{"do": "start"}',
        '{"do": "LMSInitialize", "value": ""}',
        '{"do": "LMSGetValue", "element": "cmi.core.student_name"}',
        "[" * 100_000,
        '{"do": "LMSFinish"}',
        '{"do": "outcome"}',
        '{"do": "open", "package": "/nowhere/at/all"}',
    ]
    done = subprocess.run(
        [sys.executable, "-m", "scorm", "play"],
        input="\n".join(lines).encode(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [sorted(answer)[0] for answer in answers[:3]] == ["fault"] * 3
    assert (answers[3]["opened"], answers[3]["edition"], answers[4]["deliver"]) == (True, "1.2", "sco")
    assert answers[6] == {"result": "Ахметова, Аружан", "error": "0"}
    assert "fault" in answers[7]
    assert answers[9] == {"completion": "completed", "success": "unknown", "score": None, "seconds": 0.0}
    assert answers[10]["opened"] is False
    assert (len(answers), done.stderr) == (len(lines), b"")
