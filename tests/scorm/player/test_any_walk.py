"""Whatever is asked of the player in whatever order: an answer comes, and the registration goes to JSON and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm.player.protocol import Player
from scorm.player.registration import Registration
from scorm.runtime.session import BY_NAME
from tests.scorm.player.courses import NOW, manifest, reading, register, sco, sharing, writing

pytestmark = pytest.mark.pure

COURSES = {
    "2004 4th": manifest(
        "2004 4th",
        sco("a", sequencing=writing("g"), data_maps=sharing("t")),
        sco("b", sequencing=reading("g"), data_maps=sharing("t", write=False)),
        sco("c"),
    ),
    "1.2": manifest("1.2", sco("a", mastery_score="50"), sco("b", prerequisites="a"), sco("c")),
}
MOVES = ["start", "resume", "continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"]
ELEMENTS = [
    "cmi.completion_status",
    "cmi.success_status",
    "cmi.score.scaled",
    "cmi.exit",
    "adl.nav.request",
    "adl.data.0.store",
    "cmi.objectives.0.success_status",
    "cmi.core.lesson_status",
    "cmi.core.score.raw",
    "cmi.core.exit",
    "cmi.suspend_data",
]
VALUES = [
    "",
    "completed",
    "passed",
    "failed",
    "unknown",
    "0.5",
    "70",
    "suspend",
    "logout",
    "continue",
    "suspendAll",
]
LINES = st.one_of(
    st.sampled_from([*MOVES, "state", "relaunch", "tracking", "outcome"]).map(lambda name: {"do": name}),
    st.tuples(st.sampled_from(["choice", "jump"]), st.sampled_from(["org", "a", "b", "c", "nowhere"])).map(
        lambda pair: {"do": pair[0], "target": pair[1]}
    ),
    st.sampled_from(sorted(BY_NAME)).map(lambda name: {"do": name}),
    st.tuples(st.sampled_from(ELEMENTS), st.sampled_from(VALUES)).map(
        lambda pair: {"do": "SetValue", "element": pair[0], "value": pair[1]}
    ),
)


def walk(edition: str, lines: list[dict[str, Any]]) -> None:
    made = COURSES[edition]
    player = Player(NOW)
    player.registration = register(made)
    for line in [{"do": "start"}, {"do": "Initialize"}, *lines]:
        assert "fault" not in json.loads(player.line(json.dumps(line)))
        kept = json.loads(json.dumps(player.registration.as_json()))
        player.registration = Registration.of_json(made, player.registration.learner, kept)
        assert player.registration.as_json() == kept
        shown = player.registration.state().deliver
        assert shown is None or player.registration.items[shown].leaf


@pytest.mark.parametrize("edition", sorted(COURSES))
@settings(max_examples=40, deadline=None)
@given(lines=st.lists(LINES, max_size=25))
def test_any_lines_in_any_order(edition: str, lines: list[dict[str, Any]]) -> None:
    walk(edition, lines)


@pytest.mark.soak
@pytest.mark.parametrize("edition", sorted(COURSES))
@settings(max_examples=3000, deadline=None)
@given(lines=st.lists(LINES, max_size=80))
def test_very_many_lines_in_any_order(edition: str, lines: list[dict[str, Any]]) -> None:
    walk(edition, lines)
