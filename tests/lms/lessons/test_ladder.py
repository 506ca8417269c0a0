"""The ladder of voice and video, played in node: down when the line is bad twice, up after a calm time."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.scorm.adapter.peers import NODE

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[3]
PLAY = """
import * as esbuild from "esbuild";
const built = await esbuild.build({ entryPoints: ["lms/web/assets/room/ladder.ts"], bundle: true, format: "esm", write: false });
const { Ladder } = await import("data:text/javascript;base64," + Buffer.from(built.outputFiles[0].text).toString("base64"));
const ladder = new Ladder();
console.log(JSON.stringify(JSON.parse(process.argv[1]).map((one) => ladder.take(one))));
"""
GOOD = {"loss": 0.0, "frames": 12, "silence": False}
LOSSY = {"loss": 0.3, "frames": 12, "silence": False}
JERKY = {"loss": 0.0, "frames": 1, "silence": False}
SILENT = {"loss": 0.0, "frames": 12, "silence": True}


def steps(*found: dict[str, object]) -> list[str]:
    command = [NODE, "--input-type=module", "-e", PLAY, json.dumps(found)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_one_bad_moment_changes_nothing_and_two_lead_down() -> None:
    assert steps(GOOD, LOSSY, GOOD, LOSSY, LOSSY) == ["video"] * 4 + ["stills"]


def test_each_step_is_left_for_its_own_reason() -> None:
    """A still picture cannot be jerky; silence leads from the voice to the slides, where it is no fault."""
    assert steps(JERKY, JERKY, JERKY, JERKY)[-1] == "stills"
    assert steps(*[LOSSY] * 4, SILENT, SILENT, SILENT, SILENT, SILENT) == [
        "video", "stills", "stills", "voice", "voice", "slides", "slides", "slides", "slides",
    ]  # fmt: skip


def test_after_a_calm_time_it_goes_up_and_waits_longer_when_that_was_too_early() -> None:
    found = steps(LOSSY, LOSSY, *[GOOD] * 5, LOSSY, LOSSY, *[GOOD] * 10)
    assert found[1:9] == ["stills"] * 5 + ["video", "video", "stills"]
    assert found[9:] == ["stills"] * 9 + ["video"]
