"""Plays one of ADL's 4th edition cases through the headless player's protocol and lists what did not agree.

A case is data (see the material's README): visits in order, each with the activity that must be on the screen, questions
about the interface, the SCO's calls, and what the learner does afterwards.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from scorm.runtime.times import seconds

Ask = Callable[[dict[str, Any]], dict[str, Any]]
LEARNER = {"id": "u1", "name": "Ахметова, Аружан"}
# These do their work only while a browser tears the page down.
IN_BROWSER = {"CM-09aa", "CM-09ab", "CM-09ba", "CM-09bb", "CM-09ca", "CM-09cb"}
AFTER = {"CO-07b": "CO-07a", "OB-09b": "OB-09a"}
NUMERIC = re.compile(
    r"score\.(scaled|raw|min|max)$|progress_measure$|threshold$|passing_score$|weighting$"
    r"|audio_level$|delivery_speed$|\.result$|learner_response$"
)


class Case:
    """One case being played. `wrong` collects every disagreement as a sentence."""

    def __init__(self, ask: Ask, folder: Path, name: str) -> None:
        self.ask = ask
        self.folder = folder
        self.data = json.loads((folder / "cases" / f"{name}.json").read_text(encoding="utf-8"))
        self.wrong: list[str] = []
        self.screen: dict[str, Any] = {}
        self.activities: list[dict[str, Any]] = []
        self.commands = 0

    def open(self, keep: bool) -> None:
        path = str(self.folder / "manifests" / f"{self.data['id']}.xml")
        opened = self.ask({"do": "open", "package": path, "learner": LEARNER, "keep": keep})
        if not opened["opened"]:
            raise AssertionError(f"{self.data['id']}: {opened}")
        self.activities = opened["activities"]

    def titled(self, title: str) -> str:
        """The activity a person would call so."""
        if "root of" in title:
            return str(self.activities[0]["id"])
        return str(next(one["id"] for one in self.activities if one["title"].strip() == title.strip()))

    def numbered(self, number: str) -> str:
        return str(next(one["id"] for one in self.activities if one["title"].split()[-1:] == [number]))

    def play(self, keep: bool = False) -> list[str]:
        self.open(keep)
        first = self.data["start"]
        self.move("choice", self.titled(first)) if first else self.move("start")
        for visit in self.data["visits"]:
            self.visit(visit)
        return self.wrong

    def note(self, where: str, wanted: object, got: object) -> None:
        self.wrong.append(f"{self.data['id']} {where}: wanted {str(wanted)[:90]!r}, got {str(got)[:90]!r}")

    def move(self, name: str, target: str | None = None) -> None:
        self.screen = self.ask({"do": name} | ({"target": target} if target else {}))

    # -- one visit ----------------------------------------------------------------------------------------

    def visit(self, visit: dict[str, Any]) -> None:
        where = visit["visit"]
        query = parse_qs(urlsplit(self.screen.get("launch") or "").query)
        if query.get("act") != [visit["activity"]]:
            self.note(where, f"act={visit['activity']}", self.screen)
        for question in visit["ui"] or []:
            self.question(where, question)
        if visit["commands"]:
            self.speak(where, visit["commands"])
        self.obey(where, visit["instruction"])

    def speak(self, where: str, commands: list[dict[str, Any]]) -> None:
        for number, command in enumerate(commands):
            self.command(f"{where}#{number}", command)
        last = self.ask({"do": "Terminate", "value": ""})
        self.screen = last.get("moved", self.screen)

    def command(self, where: str, command: dict[str, Any]) -> None:
        self.commands += 1
        method = command["method"]
        if method == "compareObjIds":
            return self.compare_ids(where, command)
        element = self.found(command) if command.get("lookup") else command.get("element", "")
        message = {"do": method, "value": command.get("value", command.get("arg", "")), "element": element}
        answer = self.ask(message)
        if not agrees(method, element, command, answer["result"]):
            self.note(f"{where} {method} {element}", command["expected"], answer["result"])
        if answer["error"] != command["error"] and not lenient_error(method, element, answer["error"]):
            self.note(f"{where} {method} {element} error", command["error"], answer["error"])
        return None

    def ids(self, collection: str) -> list[str]:
        count = int(self.ask({"do": "GetValue", "element": f"{collection}._count"})["result"])
        asked = ({"do": "GetValue", "element": f"{collection}.{n}.id"} for n in range(count))
        return [str(self.ask(one)["result"]) for one in asked]

    def found(self, command: dict[str, Any]) -> str:
        look = command["lookup"]
        ids = self.ids(look["collection"])
        index = ids.index(look["id"]) if look["id"] in ids else len(ids)
        if command["method"] == "GetValue" and look["suffix"] == ".id" and command["expected"] == "":
            command["expected"] = look["id"]
        return f"{look['collection']}.{index}{look['suffix']}"

    def compare_ids(self, where: str, command: dict[str, Any]) -> None:
        wanted = command["expected"] if isinstance(command["expected"], list) else command.get("arg", "")
        names = wanted if isinstance(wanted, list) else [one for one in re.split(r"[,\s]+", wanted) if one]
        got = self.ids("cmi.objectives")
        if sorted(names) != sorted(got):
            self.note(f"{where} objective ids", names, got)

    # -- the interface ------------------------------------------------------------------------------------

    def question(self, where: str, question: dict[str, Any]) -> None:
        key, _, rest = question["key"].partition(".")
        if key == "click":
            return
        yes = question["answer"] == "Y"
        said = self.table(rest, question["target"]) if key == "toc" else self.control(key, rest, yes)
        if said != yes:
            self.note(f"{where} ui {question['key']} {question['target']}", yes, self.screen["valid"])

    def control(self, name: str, state: str, yes: bool) -> bool:
        """A control that is there but cannot be used may as well be hidden: then "disabled?" has no wrong answer."""
        if name in self.screen["hide"]:
            return state == "disabled" and yes
        return bool(self.screen["valid"][name]) is (state == "enabled")

    def table(self, state: str, target: str | None) -> bool:
        listed = [one["id"] for one in self.activities if self.visible(one)]
        offered = [one for one in listed if one in self.screen["valid"]["choice"]]
        if target is None:
            return any(one != self.activities[0]["id"] for one in offered)
        return self.titled(target) in offered

    def visible(self, activity: dict[str, Any]) -> bool:
        return bool(activity["visible"])

    # -- what the learner does ----------------------------------------------------------------------------

    def obey(self, where: str, instruction: dict[str, Any] | None) -> None:
        if instruction is None:
            return
        key, arguments = instruction["key"], instruction["args"]
        if key in ("Continue", "Previous"):
            self.move(key.lower())
        elif key in ("Choice", "ChoiceExit"):
            self.move("choice", self.titled(arguments[0]))
            if key == "ChoiceExit":
                self.must_have_ended(where)
                self.move("start")
        elif key in ("Exit", "TRIGExitAll"):
            self.move("exitAll")
        elif key in ("AutoTest", "HasEnded"):
            self.must_have_ended(where)
        else:
            self.come_back(where, key)

    def come_back(self, where: str, key: str) -> None:
        if key == "ContinueExitCM8":
            self.move("continue")
            self.must_have_ended(where)
            self.move("start")
        elif key == "RootSX4b":
            self.move("choice", str(self.activities[0]["id"]))
        elif re.fullmatch(r"(API|DMI)t\d", key):
            self.move("choice", self.numbered(key[-1]))
        elif key == "DMBxAct":
            self.again()
            self.move("choice", self.numbered("1"))
        elif key == "RelaunchCM10":
            self.again()
            self.move("choice", self.titled("Activity 4"))
        else:
            self.again()

    def again(self) -> None:
        self.move("relaunch")
        self.move("resume")
        if not self.screen["deliver"]:
            self.move("start")

    def must_have_ended(self, where: str) -> None:
        if not self.screen["ended"]:
            self.note(where, "the session has ended", self.screen)


# -- comparing, as the material's README lays down ------------------------------------------------------------


def agrees(method: str, element: str, command: dict[str, Any], got: str) -> bool:
    wanted = command["expected"]
    if isinstance(wanted, dict):
        return got == LEARNER[wanted["learner"]]
    if wanted == "less255":
        return len(got) <= 255
    if wanted == "emptyCS":
        return got == ""
    if element.startswith("cmi.comments_from_lms."):
        return True
    return got == wanted or (method == "GetValue" and same(element, wanted, got))


def same(element: str, wanted: str, got: str) -> bool:
    if element.endswith("._children"):
        return set(wanted.split(",")) == set(got.split(","))
    if element.endswith(("_time", "latency")) and got.startswith("P"):
        return seconds(wanted) == seconds(got)
    if NUMERIC.search(element) and is_number(wanted) and is_number(got):
        return float(wanted) == float(got)
    if "response" in element and sorted(wanted.split("[,]")) == sorted(got.split("[,]")):
        return True
    return wanted.replace("{lang=en}", "") == got.replace("{lang=en}", "")


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d*)?", text))


def lenient_error(method: str, element: str, got: str) -> bool:
    if method != "GetValue":
        return False
    if element.startswith(("adl.nav.request_valid.choice", "adl.nav.request_valid.jump")):
        return True
    return element.startswith("cmi.comments_from_lms.") and got in ("0", "301", "401", "403")
