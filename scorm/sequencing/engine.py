"""The engine's face: a state in, a new state out. README.md shows its use."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scorm.sequencing import mapping, overall, selection
from scorm.sequencing.activity import Organization, Tree
from scorm.sequencing.contents import Row, contents, hidden, tracking
from scorm.sequencing.draft import Draft, When
from scorm.sequencing.report import ObjectiveReport, Report
from scorm.sequencing.seeds import Seed, Seeds, seeds
from scorm.sequencing.state import Progress, State
from scorm.sequencing.valid import Valid, valid

__all__ = [
    "ObjectiveReport", "Outcome", "Report", "Request", "Row", "Seed", "Seeds", "State", "Tree", "Valid",
    "adopt", "begin", "contents", "finish", "hidden", "leave", "move", "report", "request_of", "seeds", "shared",
    "tracking", "tree", "valid",
]  # fmt: skip

Store = dict[str, Progress]


@dataclass(frozen=True)
class Request:
    """A navigation request: start, resume, continue, previous, exit, exitAll, abandon, abandonAll, suspendAll,
    or choice and jump with a target."""

    name: str
    target: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a request. `deliver` is an activity to launch now; None: nothing new to launch.

    `attempt` and `resumed` concern the delivered activity, `exception` is a code of the pseudo code, `ended` says
    that no sequencing session is going on. `moved` is False when nothing was requested at all.
    """

    state: State
    deliver: str | None = None
    exception: str | None = None
    ended: bool = False
    attempt: int = 0
    resumed: bool = False
    moved: bool = True


def tree(organization: Organization) -> Tree:
    return Tree(organization)


def begin(tree: Tree, store: Store | None = None, seed: int = 0) -> State:
    """A new registration. `store` holds the global objectives the learner brings along."""
    draft = Draft(
        tree, State(seed=seed, globals=dict(store or {}) if tree.objectives_global_to_system else {})
    )
    selection.prepare(draft)
    return draft.close()


def move(tree: Tree, state: State, request: Request, now: When = None) -> Outcome:
    """OP.1: carry out one navigation request."""
    draft = Draft(tree, state, now)
    return _outcome(draft, overall.process(draft, request.name, tree.get(request.target)))


def report(tree: Tree, state: State, report: Report, now: When = None) -> State:
    """Take over the run-time data of the current activity; nothing moves."""
    draft = Draft(tree, state, now)
    mapping.take_over(draft, report)
    return draft.close()


def finish(
    tree: Tree, state: State, report: Report, now: When = None, request: Request | None = None
) -> Outcome:
    """The SCO session is over: its report, then what follows from it.

    That is the learner's request, else the SCO's own; but time-out and logout exit all in place of any move.
    """
    if request is None or (report.exit in EXITING and request.name not in LEAVING):
        request = request_of(report)
    if request is None:
        state = _reported(tree, state, report, now)
        return Outcome(state, ended=state.current is None, moved=False)
    if request.name not in ("abandon", "abandonAll"):
        if request.name == "suspendAll":
            report = replace(report, exit="suspend")
        state = _reported(tree, state, report, now)
    return move(tree, state, request, now)


def _reported(tree: Tree, state: State, taken: Report, now: When) -> State:
    draft = Draft(tree, state, now)
    mapping.take_over(draft, taken)
    return draft.close()


def leave(tree: Tree, state: State, now: When = None) -> Outcome:
    """The window was closed: a suspended SCO suspends the course, otherwise everything is exited."""
    current = tree.get(state.current)
    if current is None:
        return Outcome(state, ended=True, moved=False)
    suspended = Draft(tree, state).of(current).suspended
    return move(tree, state, Request("suspendAll" if suspended else "exitAll"), now)


EXITING = ("time-out", "logout")
LEAVING = ("suspendAll", "abandon", "abandonAll")
TARGETED = re.compile(r"\{target=(?P<target>.+)\}(?P<name>choice|jump)")


def request_of(report: Report) -> Request | None:
    """What a SCO asks for when its session ends: time-out and logout exit all, whatever adl.nav.request says."""
    if report.exit in EXITING:
        return Request("exitAll")
    if report.request in ("", "_none_"):
        return None
    targeted = TARGETED.fullmatch(report.request)
    return Request(targeted["name"], targeted["target"]) if targeted else Request(report.request)


def shared(tree: Tree, state: State) -> Store:
    """The global objectives that outlive this course."""
    return dict(state.globals) if tree.objectives_global_to_system else {}


def adopt(tree: Tree, state: State, store: Store) -> State:
    """Other courses may have written global objectives meanwhile."""
    return replace(state, globals=dict(store)) if tree.objectives_global_to_system else state


def _outcome(draft: Draft, result: overall.Result) -> Outcome:
    state = draft.close()
    if result.deliver is None:
        return Outcome(state, exception=result.exception, ended=state.current is None)
    attempts = draft.of(result.deliver).attempts
    return Outcome(state, deliver=result.deliver.id, attempt=attempts, resumed=state.resumed)
