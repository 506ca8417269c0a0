"""What came of a session: completion, success, score, time, and why something was not reached, as codes and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scorm.datamodel.tables import model
from scorm.datamodel.walk import Store
from scorm.runtime.closing import MASTERY, RAW, STATUS, Closed, number


@dataclass(frozen=True)
class Unmet:
    """One rule that was not met. `rule` is what was asked for, `received` what came, "" when nothing did.

    never-initialized      the SCO never spoke to the system
    writes-nothing         the mode was review or browse
    not-reported           the SCO set nothing for `element`
    reported               the SCO itself set `received` for `element`
    measure-missing        `element` has to reach `rule`, but was never set
    measure-too-low        `element` is `received` and has to reach `rule`
    """

    code: str
    concerns: str  # "completion" or "success"
    element: str = ""
    rule: str = ""
    received: str = ""


@dataclass(frozen=True)
class Outcome:
    completion: str  # completed, incomplete, unknown, not attempted
    success: str  # passed, failed, unknown
    score: float | None  # -1…1
    seconds: float
    unmet: tuple[Unmet, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "completion": self.completion,
            "success": self.success,
            "score": self.score,
            "seconds": self.seconds,
            "unmet": [vars(one) for one in self.unmet],
        }


def outcome(closed: Closed) -> Outcome:
    if not closed.initialized:
        return _nothing("never-initialized", closed)
    if not closed.lasting:
        return _nothing("writes-nothing", closed)
    return _of_12(closed) if closed.version == "1.2" else _of_2004(closed)


def _nothing(code: str, closed: Closed) -> Outcome:
    return Outcome(
        "unknown", "unknown", None, closed.seconds, (Unmet(code, "completion"), Unmet(code, "success"))
    )


def _of_2004(closed: Closed) -> Outcome:
    store = Store.of(closed.values)
    completion, success = (
        model("2004").get(store, f"cmi.{name}_status").value for name in ("completion", "success")
    )
    unmet = []
    if completion != "completed":
        unmet.append(_why(closed, "completion", "cmi.completion_threshold", "cmi.progress_measure"))
    if success != "passed":
        unmet.append(_why(closed, "success", "cmi.scaled_passing_score", "cmi.score.scaled"))
    scaled = closed.values.get("cmi.score.scaled", "")
    return Outcome(completion, success, float(scaled) if scaled else None, closed.seconds, tuple(unmet))


def _why(closed: Closed, concerns: str, threshold: str, measure: str) -> Unmet:
    rule, received = closed.values.get(threshold, ""), closed.values.get(measure, "")
    if rule and not received:
        return Unmet("measure-missing", concerns, measure, rule)
    if rule:
        return Unmet("measure-too-low", concerns, measure, rule, received)
    return _reported(closed, concerns, f"cmi.{concerns}_status")


def _reported(closed: Closed, concerns: str, element: str) -> Unmet:
    said = closed.values.get(element, "")
    return Unmet("reported" if said else "not-reported", concerns, element, "", said)


COMPLETION_12 = {
    "passed": "completed",
    "completed": "completed",
    "failed": "completed",
    "browsed": "incomplete",
    "incomplete": "incomplete",
    "not attempted": "not attempted",
}


def _of_12(closed: Closed) -> Outcome:
    """lesson_status is completion and success in one: who failed has been through it, who completed was not judged."""
    status = closed.values.get(STATUS, "not attempted")
    completion = COMPLETION_12[status]
    success = status if status in ("passed", "failed") else "unknown"
    unmet = []
    if completion != "completed":
        unmet.append(_reported(closed, "completion", STATUS))
    if success != "passed":
        unmet.append(_why_not_passed(closed))
    return Outcome(completion, success, scaled_12(closed.values), closed.seconds, tuple(unmet))


def _why_not_passed(closed: Closed) -> Unmet:
    mastery, raw = closed.values.get(MASTERY, ""), closed.values.get(RAW, "")
    wanted, reached = number(mastery), number(raw)
    if wanted is not None and reached is None:
        return Unmet("measure-missing", "success", RAW, mastery)
    if wanted is not None and reached is not None and reached < wanted:
        return Unmet("measure-too-low", "success", RAW, mastery, raw)
    return _reported(closed, "success", STATUS)


def scaled_12(values: Mapping[str, str]) -> float | None:
    """score.raw between score.min and score.max, which are 0 and 100 while the SCO does not say."""
    raw, low, high = (number(values.get(f"cmi.core.score.{name}", "")) for name in ("raw", "min", "max"))
    if raw is None:
        return None
    bottom, top = low or 0.0, 100.0 if high is None else high
    if top <= bottom:
        bottom, top = 0.0, 100.0
    return min(max((raw - bottom) / (top - bottom), 0.0), 1.0)
