"""A SCORM 1.2 course. The standard has no sequencing: the learner chooses freely among the SCOs whose prerequisites
are met, continue and previous go through them in order, and the roll-up is ours:

    completion   completed when every SCO and asset is done with (passed, completed or failed)
    success      failed when one is failed, passed when some are passed and none is failed
    score        the average of the scores there are, or the highest one (`score_by`)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scorm.package.model import Item, Organization
from scorm.player.course import ABANDON, Request, Step, Valid
from scorm.player.prerequisites import DONE, met
from scorm.runtime.closing import STATUS, Closed
from scorm.runtime.launch import ObjectiveSeed, Terms
from scorm.runtime.outcome import COMPLETION_12, scaled_12

AVERAGE, HIGHEST = "average", "max"
FRESH = "not attempted"


@dataclass
class Record:
    """What is known of one SCO or asset."""

    attempts: int = 0
    status: str = FRESH
    score: float | None = None
    suspended: bool = False


class Course12:
    version = "1.2"

    def __init__(self, organization: Organization, data: Mapping[str, Any] | None = None) -> None:
        data = data or {"records": {}, "current": None, "suspended": None, "score_by": AVERAGE}
        self.root = organization.root
        self.items = {item.identifier: item for item in organization.root.walk()}
        self.leaves = [item for item in organization.root.walk() if item.launch is not None]
        self.records = {item.identifier: Record() for item in self.leaves}
        self.records |= {
            one: Record(**record) for one, record in data["records"].items() if one in self.records
        }
        self.current: str | None = data["current"]
        self.suspended: str | None = data["suspended"]
        self.score_by: str = data["score_by"]

    def as_json(self) -> dict[str, Any]:
        records = {one: asdict(record) for one, record in self.records.items() if record != Record()}
        return {
            "records": records,
            "current": self.current,
            "suspended": self.suspended,
            "score_by": self.score_by,
        }

    # -- moving -------------------------------------------------------------------------------------------

    def move(self, request: Request, now: str) -> Step:
        name = request.name
        if name == "start":
            return self._begin(self._first(self.root), "already-in-session")
        if name == "resume":
            return self._begin(self.suspended, "already-in-session", "nothing-suspended")
        if name == "choice":
            return self._choose(request.target)
        if name in ("continue", "previous"):
            return self._deliver(self._beside(name), "nothing-further")
        if name == "jump":
            return Step(exception="no-jump-in-1.2")
        return self._exit(name)

    def finish(self, closed: Closed, request: Request | None, now: str) -> Step:
        """LMSFinish by itself moves nothing, except that a SCO may log the learner out."""
        if not (request and request.name in ABANDON):
            self._take(closed)
        if request:
            return self.move(request, now)
        return self._exit("exitAll") if closed.exit == "logout" else Step(moved=False)

    def leave(self, closed: Closed | None, now: str) -> Step:
        if closed:
            self._take(closed)
        suspended = self.current is not None and self.records[self.current].suspended
        return self._exit("suspendAll" if suspended else "exitAll") if self.current else Step(ended=True)

    def commit(self, closed: Closed, now: str) -> None:
        """Nothing hangs on a commit here; the data count when the session ends."""

    def hangs_on(self, elements: Iterable[str]) -> bool:
        return False

    def _take(self, closed: Closed) -> None:
        if self.current is None or not closed.initialized:
            return
        record = self.records[self.current]
        record.status, record.score = closed.values[STATUS], scaled_12(closed.values)
        record.suspended = closed.suspended

    def _begin(self, leaf: str | None, within: str, without: str = "nothing-to-deliver") -> Step:
        return Step(exception=within) if self.current else self._deliver(leaf, without)

    def _choose(self, target: str | None) -> Step:
        item = self.items.get(target or "")
        if item is None:
            return Step(exception="no-such-activity")
        return self._deliver(self._first(item), "prerequisites-not-met")

    def _deliver(self, leaf: str | None, otherwise: str) -> Step:
        if leaf is None:
            return Step(exception=otherwise)
        record = self.records[leaf]
        resumed = record.suspended
        if not resumed:
            record.attempts += 1
        record.suspended = False
        if self.items[leaf].kind != "sco":
            record.status = "completed"
        self.current, self.suspended = leaf, None
        return Step(leaf, attempt=record.attempts, resumed=resumed)

    def _exit(self, name: str) -> Step:
        """`exit` leaves the SCO and stays in the course where there is something else to choose."""
        if self.current is None:
            return Step(exception="not-in-session")
        if name == "suspendAll":
            self.suspended = self.current
            self.records[self.current].suspended = True
        self.current = None
        return Step(ended=name not in ("exit", "abandon") or len(self.leaves) < 2)

    # -- finding ------------------------------------------------------------------------------------------

    def _statuses(self) -> dict[str, str]:
        return {identifier: self.status(item) for identifier, item in self.items.items()}

    def status(self, item: Item) -> str:
        """A SCO's own status; a block is completed when all in it is, passed when all of that is passed."""
        own = self.records.get(item.identifier)
        if own and not item.children:
            return own.status
        below = {self.records[leaf.identifier].status for leaf in self._leaves_of(item)}
        if below <= DONE and below:
            return "passed" if below == {"passed"} else "completed"
        if "failed" in below and below <= DONE | {"failed"}:
            return "failed"
        return FRESH if below <= {FRESH} else "incomplete"

    def _leaves_of(self, item: Item) -> list[Item]:
        return [one for one in item.walk() if one.identifier in self.records]

    def _open(self, statuses: Mapping[str, str]) -> set[str]:
        """Leaves whose own prerequisites and those of every block around them are met."""
        found: set[str] = set()
        waiting = [self.root]
        while waiting:
            item = waiting.pop()
            if not met(item.prerequisites, statuses):
                continue
            if item.identifier in self.records:
                found.add(item.identifier)
            waiting.extend(item.children)
        return found

    def _first(self, item: Item) -> str | None:
        reachable = self._open(self._statuses())
        return next((leaf.identifier for leaf in self._leaves_of(item) if leaf.identifier in reachable), None)

    def _beside(self, direction: str) -> str | None:
        order = [leaf.identifier for leaf in self.leaves]
        if self.current not in order:
            return None
        place = order.index(self.current)
        others = order[place + 1 :] if direction == "continue" else order[:place][::-1]
        reachable = self._open(self._statuses())
        return next((one for one in others if one in reachable), None)

    # -- launching ----------------------------------------------------------------------------------------

    def terms(self, activity: str) -> Terms:
        item = self.items[activity]
        return Terms(
            launch_data=item.data_from_lms,
            time_limit_action=item.time_limit_action,
            max_time_allowed=item.max_time_allowed,
            mastery_score=item.mastery_score,
        )

    def objectives(self) -> Sequence[ObjectiveSeed]:
        return ()

    def entry(self, activity: str, resumed: bool) -> str:
        """RTE 1.2 cmi.core.entry: ab-initio only the first time, "" when it was left for good before."""
        if resumed:
            return "resume"
        return "ab-initio" if self.records[activity].attempts <= 1 else ""

    # -- looking ------------------------------------------------------------------------------------------

    def valid(self, now: str) -> Valid:
        running = self.current is not None
        reachable = self._open(self._statuses())
        return Valid(
            continue_=running and self._beside("continue") is not None,
            previous=running and self._beside("previous") is not None,
            exit=running,
            suspend_all=running,
            abandon=running,
            choice=tuple(
                one.identifier for one in self.leaves if one.identifier in reachable and one.visible
            ),
        )

    def hidden(self) -> list[str]:
        return []

    def tracking(self) -> Mapping[str, Any]:
        return {identifier: self._tracking(item) for identifier, item in self.items.items()}

    def _tracking(self, item: Item) -> dict[str, Any]:
        leaves, status = self._leaves_of(item), self.status(item)
        records = [self.records[leaf.identifier] for leaf in leaves]
        done = {"completed": "completed", "incomplete": "incomplete"}.get(COMPLETION_12[status], "unknown")
        verdict = status if status in ("passed", "failed") else "unknown"
        objective = {"id": None, "satisfied": verdict, "measure": self._score(records)}
        return {
            "attempt_count": max((record.attempts for record in records), default=0),
            "attempt_completion": done,
            "objectives": [objective],
            "active": self.current in [leaf.identifier for leaf in leaves],
            "suspended": any(record.suspended for record in records),
        }

    def _score(self, records: Sequence[Record]) -> float | None:
        scores = [record.score for record in records if record.score is not None]
        if not scores:
            return None
        return max(scores) if self.score_by == HIGHEST else sum(scores) / len(scores)

    def outcome(self) -> dict[str, Any]:
        statuses = [record.status for record in self.records.values()]
        done = all(COMPLETION_12[status] == "completed" for status in statuses) and bool(statuses)
        begun = any(status != FRESH for status in statuses)
        success = "failed" if "failed" in statuses else "passed" if "passed" in statuses else "unknown"
        return {
            "completion": "completed" if done else "incomplete" if begun else "unknown",
            "success": success,
            "score": self._score(list(self.records.values())),
        }
