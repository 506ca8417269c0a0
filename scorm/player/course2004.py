"""A SCORM 2004 course: run-time data to and from the sequencing engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import Any

from scorm.datamodel.tables import model
from scorm.datamodel.walk import Store
from scorm.package.model import Organization
from scorm.player.carried import Carried
from scorm.player.course import Request, Step, Valid
from scorm.runtime.closing import Closed, number
from scorm.runtime.launch import ObjectiveSeed, Terms
from scorm.runtime.times import interval
from scorm.sequencing import engine
from scorm.sequencing.state import State, globals_from_json, globals_json

_NUMBERS = {
    "scaled": "score.scaled",
    "raw": "score.raw",
    "min": "score.min",
    "max": "score.max",
    "progress": "progress_measure",
}


# What a SCO keeps for itself; sequencing asks after none of it while the SCO is there.
ITS_OWN = (
    "cmi.location", "cmi.suspend_data", "cmi.session_time", "cmi.interactions.", "cmi.comments_from_learner.",
    "cmi.learner_preference.", "adl.nav.request",
)  # fmt: skip


class Course2004:
    version = "2004"

    def __init__(self, organization: Organization, state: State, before: State | None = None) -> None:
        self.tree = engine.tree(organization)
        self.items = {item.identifier: item for item in organization.root.walk()}
        self.state = state
        # As it was when the current activity was delivered: abandoning goes back to it.
        self.before = before or state

    @classmethod
    def begin(cls, organization: Organization, carried: Carried, seed: int) -> Course2004:
        store = globals_from_json(carried.objectives)
        return cls(organization, engine.begin(engine.tree(organization), store, seed))

    @classmethod
    def of_json(cls, organization: Organization, data: Mapping[str, Any]) -> Course2004:
        return cls(organization, State.from_json(data["state"]), State.from_json(data["before"]))

    def as_json(self) -> dict[str, Any]:
        return {"state": self.state.to_json(), "before": self.before.to_json()}

    def adopt(self, carried: Carried) -> None:
        """Other packages may have written the learner's global objectives meanwhile."""
        self.state = engine.adopt(self.tree, self.state, globals_from_json(carried.objectives))

    def give(self, carried: Carried) -> None:
        carried.objectives |= globals_json(engine.shared(self.tree, self.state))

    # -- moving -------------------------------------------------------------------------------------------

    @property
    def current(self) -> str | None:
        return self.state.current

    @property
    def suspended(self) -> str | None:
        return self.state.suspended

    def move(self, request: Request, now: str) -> Step:
        return self._step(
            engine.move(self.tree, self.state, engine.Request(request.name, request.target), now)
        )

    def finish(self, closed: Closed, request: Request | None, now: str) -> Step:
        """The learner's request wins over the SCO's own; abandoning forgets what was committed before."""
        told = report(closed)
        asked = engine.Request(request.name, request.target) if request else engine.request_of(told)
        abandoned = asked is not None and asked.name in ("abandon", "abandonAll")
        state = self.before if abandoned else self.state
        return self._step(engine.finish(self.tree, state, told, now, asked))

    def leave(self, closed: Closed | None, now: str) -> Step:
        if closed:
            self.state = engine.report(self.tree, self.state, report(closed), now)
        return self._step(engine.leave(self.tree, self.state, now))

    def commit(self, closed: Closed, now: str) -> None:
        told = replace(report(closed), final=False)
        self.state = engine.report(self.tree, self.state, told, now)

    def hangs_on(self, elements: Iterable[str]) -> bool:
        return self._timed or any(not one.startswith(ITS_OWN) for one in elements)

    @cached_property
    def _timed(self) -> bool:
        """Where something opens or closes with time, every commit has to look at the clock."""
        limits = (one.definition.limits for one in self.tree)
        clocks = (
            (one.begin, one.end, one.attempt_absolute_duration, one.activity_absolute_duration)
            for one in limits
        )
        return any(limit is not None for limit in chain.from_iterable(clocks))

    def _step(self, outcome: engine.Outcome) -> Step:
        self.state = outcome.state
        if outcome.deliver:
            self.before = outcome.state
        return Step(
            outcome.deliver, outcome.exception, outcome.ended, outcome.attempt, outcome.resumed, outcome.moved
        )

    # -- launching ----------------------------------------------------------------------------------------

    def terms(self, activity: str) -> Terms:
        item, seeds = self.items[activity], engine.seeds(self.tree, self.state)
        longest = seeds.max_time_allowed if seeds else None
        return Terms(
            launch_data=item.data_from_lms,
            time_limit_action=item.time_limit_action,
            max_time_allowed=interval(longest) if longest is not None else "",
            completion_threshold=_plain(seeds.completion_threshold if seeds else None) or "",
            scaled_passing_score=_plain(seeds.scaled_passing_score if seeds else None) or "",
        )

    def objectives(self) -> Sequence[ObjectiveSeed]:
        seeds = engine.seeds(self.tree, self.state)
        if seeds is None:
            return ()
        tracked = self.items[seeds.activity].sequencing.delivery.tracked
        return tuple(_seed(one, tracked) for one in seeds.objectives)

    def entry(self, activity: str, resumed: bool) -> str:
        return "resume" if resumed else "ab-initio"

    # -- looking ------------------------------------------------------------------------------------------

    def valid(self, now: str) -> Valid:
        found = engine.valid(self.tree, self.state, now)
        return Valid(
            found.continue_,
            found.previous,
            found.exit,
            found.suspend_all,
            found.abandon,
            found.choice,
            found.jump,
        )

    def hidden(self) -> list[str]:
        return list(engine.hidden(self.tree, self.state))

    def tracking(self) -> Mapping[str, Any]:
        return engine.tracking(self.tree, self.state)

    def outcome(self) -> dict[str, Any]:
        """The root's own tracking is the course's."""
        root = self.tracking()[self.tree.root.id]
        primary = root["objectives"][0] if root["objectives"] else {}
        return {
            "completion": root["attempt_completion"],
            "success": primary.get("satisfied", "unknown"),
            "score": primary.get("measure"),
        }


def _plain(value: float | None) -> str | None:
    """A number as the data model writes it: never with an exponent."""
    if value is None:
        return None
    text = f"{value:.7f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


def _seed(one: engine.Seed, tracked: bool) -> ObjectiveSeed:
    """Of an activity that is not tracked sequencing knows nothing, so what the SCO kept itself stands."""

    def status(value: str) -> str | None:
        return value if tracked or value != "unknown" else None

    return ObjectiveSeed(
        id=one.id,
        success_status=status(one.success),
        scaled=_plain(one.scaled),
        raw=_plain(one.raw),
        min=_plain(one.min),
        max=_plain(one.max),
        completion_status=status(one.completion),
        progress_measure=_plain(one.progress),
    )


def report(closed: Closed) -> engine.Report:
    """A session's data as sequencing wants to be told of it (RTE 4th Ed. 4.2, SN 4.2.1)."""
    store = Store.of(closed.values)
    objectives = tuple(
        _objective(store, f"cmi.objectives.{number_}", closed.written)
        for number_ in range(store.counts.get("cmi.objectives", 0))
    )
    return engine.Report(
        **_statuses(store, "cmi", closed.written),
        objectives=objectives,
        seconds=closed.seconds,
        exit=closed.exit,
        request=closed.request,
    )


def _objective(store: Store, path: str, written: Mapping[str, str]) -> engine.ObjectiveReport:
    return engine.ObjectiveReport(store.values.get(f"{path}.id", ""), **_statuses(store, path, written))


def _statuses(store: Store, path: str, written: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in ("completion", "success"):
        told[name] = model("2004").get(store, f"{path}.{name}_status").value
        told[f"{name}_set"] = f"{path}.{name}_status" in written
    return told | {name: number(store.values.get(f"{path}.{end}", "")) for name, end in _NUMBERS.items()}
