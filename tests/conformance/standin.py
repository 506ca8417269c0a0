"""A thin stand-in for the run-time side: just enough of cmi to drive the sequencing engine without it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scorm.package.manifest import parse
from scorm.sequencing import engine
from scorm.sequencing.engine import ObjectiveReport, Outcome, Report, Request, Seeds, Tree

SHARED = Path(os.environ.get("LMS_SHARED") or Path(__file__).parents[3] / "shared") / "conformance"

STATUSES = {"success_status": "success", "completion_status": "completion"}
NUMBERS = {
    "score.scaled": "scaled", "score.raw": "raw", "score.min": "min", "score.max": "max", "progress_measure": "progress",
}  # fmt: skip
FIELDS = {**STATUSES, **NUMBERS, "id": "id"}
OBJECTIVE = re.compile(r"cmi\.objectives\.(?:\{(?P<id>.*?)\}|(?P<index>\d+))\.(?P<rest>.+)")


@dataclass
class Cmi:
    """The run-time data of one SCO: what it set, and its objectives by identifier in their order."""

    values: dict[str, Any] = field(default_factory=dict)
    objectives: dict[str, dict[str, Any]] = field(default_factory=dict)

    def seed(self, seeds: Seeds) -> None:
        """What sequencing knows of the objectives replaces what an earlier session left there."""
        for one in seeds.objectives:
            entry = self.objectives.setdefault(one.id, {})
            known = {name: getattr(one, name) for name in (*STATUSES.values(), *NUMBERS.values())}
            entry.update({name: value for name, value in known.items() if value not in (None, "unknown")})

    def put(self, element: str, value: str) -> None:
        named = OBJECTIVE.fullmatch(element)
        if named is None:
            self.values[element] = value
            return
        identifier = named["id"] if named["id"] is not None else self.id_at(int(named["index"]), value)
        entry = self.objectives.setdefault(identifier, {})
        rest = named["rest"]
        if rest in STATUSES:
            entry[STATUSES[rest]], entry[STATUSES[rest] + "_set"] = value, True
        elif rest in NUMBERS:
            entry[NUMBERS[rest]] = float(value)

    def id_at(self, index: int, new: str) -> str:
        known = list(self.objectives)
        return known[index] if index < len(known) else new

    def number(self, element: str) -> float | None:
        return float(self.values[element]) if element in self.values else None

    def report(self) -> Report:
        whole = {name: self.values.get(f"cmi.{element}", "unknown") for element, name in STATUSES.items()}
        numbers = {name: self.number(f"cmi.{element}") for element, name in NUMBERS.items()}
        return Report(
            **whole,
            **numbers,
            success_set="cmi.success_status" in self.values,
            completion_set="cmi.completion_status" in self.values,
            objectives=tuple(ObjectiveReport(key, **entry) for key, entry in self.objectives.items()),
            exit=self.values.get("cmi.exit", ""),
            request=self.values.get("adl.nav.request", ""),
        )


class Player:
    """Drives one registration. `cmi` is the running SCO's data, None when no SCO is running."""

    def __init__(self, tree: Tree, store: engine.Store | None = None) -> None:
        self.tree = tree
        self.state = engine.begin(tree, store)
        self.cmi: Cmi | None = None
        self.kept: dict[str, Cmi] = {}

    @classmethod
    def of(cls, manifest: bytes, store: engine.Store | None = None) -> Player:
        return cls(engine.tree(parse(manifest)[0].organization()), store)

    def start(self) -> Outcome:
        return self.move(Request("resume" if self.state.suspended else "start"))

    def move(self, request: Request) -> Outcome:
        if self.cmi is None:
            return self._land(engine.move(self.tree, self.state, request))
        return self._leave(request)

    def terminate(self) -> Outcome:
        return self._leave(None)

    def relaunch(self) -> Outcome:
        if self.state.current is not None:
            self._land(engine.leave(self.tree, self.state))
        return self.start()

    def _leave(self, request: Request | None) -> Outcome:
        """End the SCO session with the learner's request, or with what the SCO itself asked for."""
        assert self.cmi is not None
        left, cmi = self.state.current or "", self.cmi
        outcome = engine.finish(self.tree, self.state, cmi.report(), None, request)
        asked = request.name if request else cmi.values.get("adl.nav.request")
        if cmi.values.get("cmi.exit") == "suspend" or asked == "suspendAll":
            self.kept[left] = cmi
        self.cmi = None
        return self._land(outcome, stays=cmi if request and not outcome.deliver else None)

    def _land(self, outcome: Outcome, stays: Cmi | None = None) -> Outcome:
        self.state = outcome.state
        seeds = engine.seeds(self.tree, self.state)
        if outcome.deliver and seeds:
            self.cmi = (self.kept.pop(outcome.deliver, None) if outcome.resumed else None) or Cmi()
            self.cmi.values.pop("cmi.exit", None)
            self.cmi.values.pop("adl.nav.request", None)
            self.cmi.seed(seeds)
        return outcome

    def tracked(self) -> dict[str, list[Any]]:
        """As the random trees write it down: attempts, completion, satisfaction and measure."""
        model = engine.tracking(self.tree, self.state)
        return {
            key: [one["attempt_count"], one["attempt_completion"], *list(one["objectives"][0].values())[1:]]
            for key, one in model.items()
        }
