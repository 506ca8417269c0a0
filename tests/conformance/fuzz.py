"""Plays a random tree's script through the headless player and lists what did not agree with its expectations."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Ask = Callable[[dict[str, Any]], dict[str, Any]]
TARGETED = re.compile(r"cmi\.objectives\.\{(.+?)\}\.(.+)")


class Script:
    def __init__(self, ask: Ask, tree: dict[str, Any], path: str) -> None:
        self.ask = ask
        self.tree = tree
        self.wrong: list[str] = []
        self.at: str | None = None
        opened = ask({"do": "open", "package": path, "learner": {"id": "u1", "name": "A"}})
        if not opened["opened"]:
            raise AssertionError(f"{tree['id']}: {opened}")

    def play(self) -> list[str]:
        for number, step in enumerate(self.tree["steps"]):
            said = self.speak(step) if step["do"] == "sco" else self.ask(_request(step))
            if "expect" in step:
                self.compare(f"{self.tree['id']}#{number} {step['do']}", step, said)
            if self.wrong:
                break
        return self.wrong

    def speak(self, step: dict[str, Any]) -> dict[str, Any] | None:
        self.ask({"do": "Initialize", "value": ""})
        for element, value in step["set"]:
            self.ask({"do": "SetValue", "element": self.located(element), "value": value})
        moved: dict[str, Any] | None = self.ask({"do": "Terminate", "value": ""}).get("moved")
        return moved

    def located(self, element: str) -> str:
        found = TARGETED.fullmatch(element)
        if not found:
            return str(element)
        count = int(self.ask({"do": "GetValue", "element": "cmi.objectives._count"})["result"])
        names = [
            self.ask({"do": "GetValue", "element": f"cmi.objectives.{n}.id"})["result"] for n in range(count)
        ]
        if found[1] not in names:
            self.ask({"do": "SetValue", "element": f"cmi.objectives.{count}.id", "value": found[1]})
            names.append(found[1])
        return f"cmi.objectives.{names.index(found[1])}.{found[2]}"

    def compare(self, where: str, step: dict[str, Any], said: dict[str, Any] | None) -> None:
        wanted = step["expect"]
        if wanted is None:
            if said is not None:
                self.wrong.append(f"{where}: nothing should move, got {said['deliver']} {said['exception']}")
            return
        if said is None:
            self.wrong.append(f"{where}: should move to {wanted}")
            return
        self.compare_move(where, wanted, said)
        self.compare_valid(where, wanted.get("valid") or {}, said)
        self.compare_tracking(where, step.get("track") or {})

    def compare_move(self, where: str, wanted: dict[str, Any], said: dict[str, Any]) -> None:
        stays = wanted.get("stay") and said["deliver"] in (None, wanted["stay"])
        if not stays and said["deliver"] != wanted["at"]:
            self.wrong.append(f"{where}: deliver {wanted}, got {said['deliver']} {said['exception']}")
        if said["ended"] != wanted["ended"]:
            self.wrong.append(f"{where}: ended {wanted['ended']}, got {said['ended']}")
        if wanted["at"] and wanted.get("attempt") not in (None, said["attempt"]):
            self.wrong.append(f"{where}: attempt {wanted['attempt']}, got {said['attempt']}")

    def compare_valid(self, where: str, wanted: dict[str, Any], said: dict[str, Any]) -> None:
        for name in ("continue", "previous"):
            if name in wanted and wanted[name] != said["valid"][name]:
                self.wrong.append(f"{where}: valid {name} should be {wanted[name]}")
        for name in ("choice", "jump"):
            if name in wanted:
                must, may = set(wanted[name]), set(wanted.get(f"{name}_unsure", ()))
                got = set(said["valid"][name])
                if not must <= got <= must | may:
                    self.wrong.append(f"{where}: valid {name} {sorted(must ^ got)}")

    def compare_tracking(self, where: str, wanted: dict[str, list[Any]]) -> None:
        told = self.ask({"do": "tracking", "activity": None}) if wanted else {}
        for activity, (attempts, completion, satisfied, measure) in wanted.items():
            one = told[activity]
            got = [one["attempt_count"], one["attempt_completion"], *_primary(one)]
            for expected, found in zip((attempts, completion, satisfied, measure), got, strict=True):
                if expected != "?" and not _equal(expected, found):
                    self.wrong.append(f"{where}: tracking of {activity}: {wanted[activity]}, got {got}")
                    break


def _request(step: dict[str, Any]) -> dict[str, Any]:
    return {name: step[name] for name in ("do", "target") if name in step}


def _primary(one: dict[str, Any]) -> list[Any]:
    primary = one["objectives"][0]
    return [primary["satisfied"], primary["measure"]]


def _equal(expected: Any, found: Any) -> bool:
    if isinstance(expected, float | int) and isinstance(found, float | int):
        return abs(expected - found) < 1e-4
    return bool(expected == found)
