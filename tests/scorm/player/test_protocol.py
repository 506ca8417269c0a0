"""The headless player's lines: what it makes of nonsense, of several packages, of its clock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.player.protocol import Player
from tests.conformance.probes import MANIFEST
from tests.scorm.player.courses import NOW

pytestmark = pytest.mark.pure


@pytest.fixture
def package(tmp_path: Path) -> str:
    path = tmp_path / "imsmanifest.xml"
    path.write_text(MANIFEST, encoding="utf-8")
    return str(path)


def say(player: Player, **message: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(player.line(json.dumps(message)))
    return answer


@pytest.mark.parametrize(
    "line",
    [
        "",
        "null",
        "7",
        '"start"',
        "{}",
        '{"do": null}',
        '{"do": "dance"}',
        '{"do": ["start"]}',
        '{"do": "start"}',
        '{"do": "GetLastError"}',
        '{"do": "open"}',
        '{"do": "open", "package": 7}',
        '{"do": "open", "package": "x", "learner": "me"}',
        '{"do": "now", "at": "tomorrow"}',
        '{"do": "now", "at": "2026-11-20T08:00:00"}',
        '{"do": "now"}',
        "\ud800",
    ],
)
def test_what_makes_no_sense_is_a_fault(line: str) -> None:
    assert list(json.loads(Player(NOW).line(line))) == ["fault"]


@pytest.mark.parametrize(
    "message",
    [
        {"do": "choice"},
        {"do": "choice", "target": 7},
        {"do": "SetValue", "element": "cmi.suspend_data", "value": 7},
        {"do": "GetValue", "element": None},
        {"do": "tracking", "activity": "gone"},
        {"do": "tracking", "activity": ["sco"]},
    ],
)
def test_a_fault_leaves_the_open_package_as_it_was(package: str, message: dict[str, Any]) -> None:
    player = Player(NOW)
    say(player, do="open", package=package)
    before = say(player, do="start")
    assert "fault" in say(player, **message)
    assert say(player, do="state") == before


@given(st.dictionaries(st.sampled_from(["do", "target", "element", "value", "at"]), st.text(max_size=12)))
def test_any_object_is_answered_with_an_object(message: dict[str, str]) -> None:
    assert isinstance(json.loads(Player(NOW).line(json.dumps(message))), dict)


def test_a_course_from_open_to_outcome(package: str) -> None:
    player = Player(NOW)
    opened = say(player, do="open", package=package, learner={"id": "u1", "name": "Ахметова, Аружан"}, seed=1)
    assert [(one["id"], one["parent"], one["leaf"], one["kind"]) for one in opened["activities"]] == [
        ("org", None, False, None),
        ("sco", "org", True, "sco"),
    ]
    started = say(player, do="start")
    assert set(started) == {"deliver", "launch", "attempt", "entry", "exception", "ended", "valid", "hide"}
    assert say(player, do="LMSInitialize", value="") == {"result": "true", "error": "0"}
    say(player, do="LMSSetValue", element="cmi.core.score.raw", value="55")
    say(player, do="LMSSetValue", element="cmi.core.exit", value="logout")
    done = say(player, do="LMSFinish", value="")
    assert done["moved"]["ended"] is True
    assert say(player, do="outcome") == {
        "completion": "completed",
        "success": "unknown",
        "score": 0.55,
        "seconds": 0.0,
    }
    assert say(player, do="tracking", activity="sco")["attempt_count"] == 1
    assert set(say(player, do="tracking", activity=None)) == {"org", "sco"}


def test_an_organization_there_is_not_is_no_package_to_play(package: str) -> None:
    answer = say(Player(NOW), do="open", package=package, organization="other")
    assert answer["opened"] is False
    assert answer["findings"][-1]["code"] == "organization-missing"


@pytest.mark.parametrize(
    ("keep", "entry", "exception"), [(True, "resume", None), (False, "", "nothing-suspended")]
)
def test_what_was_suspended_is_found_again_only_when_it_was_kept(
    package: str, keep: bool, entry: str, exception: str | None
) -> None:
    player = Player(NOW)
    say(player, do="open", package=package)
    say(player, do="start")
    say(player, do="Initialize")
    say(player, do="SetValue", element="cmi.core.exit", value="suspend")
    say(player, do="open", package=package, keep=keep)
    resumed = say(player, do="resume")
    assert (resumed["entry"], resumed["exception"]) == (entry, exception)


def test_the_clock_stands_still_between_its_lines() -> None:
    player = Player(NOW)
    assert say(player, do="now", at="2026-11-20T09:00:00+05:00") == {"now": "2026-11-20T09:00:00+05:00"}
    assert player.now == "2026-11-20T09:00:00+05:00"
