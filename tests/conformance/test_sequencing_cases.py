"""ADL's sequencing cases, driven with a stand-in for the run-time data model; the material lies in ../shared/conformance.

What the SCO is answered is compared where sequencing decides it: objectives at launch, valid requests, what is delivered.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs

import pytest

from scorm.sequencing import engine
from scorm.sequencing.engine import Outcome, Request
from tests.conformance.standin import FIELDS, SHARED, Player

pytestmark = pytest.mark.pure

RUN_TIME_ONLY = re.compile("API|DMI|DMB|CM-09[abc][ab]")  # the last need a browser
CONTINUES = {"CO-07b": "CO-07a", "OB-09b": "OB-09a"}
CASES = [
    file.stem
    for file in sorted((SHARED / "adl2004/cases").glob("*.json"))
    if not RUN_TIME_ONLY.fullmatch(file.stem)
]


class Case:
    def __init__(self, name: str, store: engine.Store | None = None) -> None:
        self.case = json.loads((SHARED / f"adl2004/cases/{name}.json").read_text("utf-8"))
        self.player = Player.of((SHARED / f"adl2004/manifests/{name}.xml").read_bytes(), store)
        self.titles = {one.item.title: one.id for one in self.player.tree}

    def run(self) -> None:
        begin = self.case["start"]
        outcome = self.player.move(Request("choice", self.titles[begin])) if begin else self.player.start()
        for visit in self.case["visits"]:
            assert (outcome.deliver is not None, self.launched()) == (True, visit["activity"])
            for question in visit["ui"]:
                self.ask(question)
            for command in visit["commands"]:
                self.obey(command)
            outcome = self.follow(self.player.terminate(), visit["instruction"])

    def launched(self) -> str | None:
        current = self.player.tree.get(self.player.state.current)
        launch = getattr(current.item, "launch", None) if current else None
        return parse_qs(launch.partition("?")[2])["act"][0] if launch else None

    def ask(self, question: dict[str, Any]) -> None:
        yes = question["answer"] == "Y"
        subject, _, rest = question["key"].partition(".")
        if subject == "click":
            return
        if subject == "toc":
            assert self.toc(rest, question["target"]) == yes, question
            return
        hidden = subject in engine.hidden(self.player.tree, self.player.state)
        now = engine.valid(self.player.tree, self.player.state)
        enabled = now.continue_ if subject == "continue" else now.previous
        if rest == "enabled":
            assert (enabled and not hidden) == yes, question
        else:  # a disabled control may also be hidden
            assert (not enabled or hidden) == yes or (hidden and not yes), question

    def toc(self, rest: str, target: str | None) -> bool:
        rows = engine.contents(self.player.tree, self.player.state)
        offered = [row for row in rows if row.visible and row.choosable]
        if rest == "enabled":
            return bool(offered)
        among = offered if rest == "enabled.selectable" else [row for row in rows if row.visible]
        return self.identifier(target or "") in {row.id for row in among}

    def identifier(self, title: str) -> str:
        return self.player.tree.root.id if "root" in title else self.titles[title]

    def obey(self, command: dict[str, Any]) -> None:
        look = command.get("lookup")
        element = f"cmi.objectives.{{{look['id']}}}{look['suffix']}" if look else command.get("element", "")
        if command["method"] == "SetValue" and command["expected"] == "true" and self.player.cmi:
            self.player.cmi.put(element, command["value"])
        elif command["method"] == "GetValue" and look:
            self.compare_objective(look, command["expected"])
        elif command["method"] == "GetValue" and element.startswith("adl.nav.request_valid."):
            self.compare_valid(element.removeprefix("adl.nav.request_valid."), command["expected"])

    def compare_objective(self, look: dict[str, str], expected: str) -> None:
        assert self.player.cmi is not None
        entry = {"id": look["id"], "success": "unknown", "completion": "unknown"}
        entry.update(self.player.cmi.objectives[look["id"]])
        name = FIELDS[look["suffix"].removeprefix(".")]
        found = entry.get(name, "")
        if name == "id" and not expected:
            return
        assert found == (float(expected) if isinstance(found, float) else expected), (look, found)

    def compare_valid(self, asked: str, expected: str) -> None:
        now = engine.valid(self.player.tree, self.player.state)
        kind, _, target = asked.partition(".")
        if kind in ("continue", "previous"):
            found = now.continue_ if kind == "continue" else now.previous
        else:
            found = target[len("{target=") : -1] in getattr(now, kind)
        assert expected not in ("true", "false") or found == (expected == "true"), asked

    def follow(self, own: Outcome, instruction: dict[str, Any] | None) -> Outcome:
        """What the learner does after Terminate; without an instruction the SCO's own request has moved on."""
        if instruction is None:
            assert own.moved
            return own
        key, args = instruction["key"], instruction["args"]
        match key:
            case "AutoTest" | "HasEnded":
                assert own.ended
                return own
            case "Continue" | "Previous":
                return self.player.move(Request(key.lower()))
            case "Choice":
                return self.player.move(Request("choice", self.identifier(args[0])))
            case "RootSX4b":
                return self.player.move(Request("choice", self.player.tree.root.id))
            case "Exit" | "TRIGExitAll":
                return self.ending(Request("exitAll"), own)
            case "ChoiceExit":
                return self.ending(Request("choice", self.identifier(args[0])), own)
            case "ContinueExitCM8":
                self.ending(Request("continue"), own)
                return self.player.start()
        assert key.startswith("Relaunch"), key
        outcome = self.player.relaunch()
        if key != "RelaunchCM10":
            return outcome
        return self.player.move(Request("choice", self.titles["Activity 4"]))

    def ending(self, request: Request, own: Outcome) -> Outcome:
        outcome = self.player.move(request) if self.player.state.current else own
        assert outcome.ended
        return outcome


def run(name: str) -> engine.Store:
    """Run a case, with what the case before it left behind where it goes on with that."""
    case = Case(name, run(CONTINUES[name]) if name in CONTINUES else None)
    case.run()
    return engine.shared(case.player.tree, case.player.state)


if CASES:

    @pytest.mark.parametrize("name", CASES)
    def test_an_adl_case_is_sequenced_right(name: str) -> None:
        run(name)
