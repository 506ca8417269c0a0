"""OP.1: one navigation request from beginning to end."""

from __future__ import annotations

from dataclasses import dataclass

from scorm.sequencing import selection
from scorm.sequencing.activity import Activity
from scorm.sequencing.choice import choice_exception
from scorm.sequencing.delivery import deliver, delivery_exception
from scorm.sequencing.draft import Draft
from scorm.sequencing.flow import BACKWARD, FORWARD, flow
from scorm.sequencing.navigation import navigation_request
from scorm.sequencing.requests import sequencing_request
from scorm.sequencing.rules import end_attempt
from scorm.sequencing.termination import termination_request


@dataclass(frozen=True)
class Result:
    """What came of it: an activity to launch, or why none, or the end of the session."""

    deliver: Activity | None = None
    exception: str | None = None
    ended: bool = False


def process(draft: Draft, request: str, target: Activity | None) -> Result:
    """OP.1 Overall Sequencing: navigation, termination, sequencing and delivery, in this order."""
    asked = navigation_request(draft, request, target)
    if asked.exception:
        return Result(exception=asked.exception)
    if draft.current is None:
        _begin_session(draft)
    refused = refusal(draft, asked.sequencing, asked.target)
    if refused:
        return Result(exception=refused)
    wanted = asked.sequencing
    if asked.termination:
        ending = termination_request(draft, asked.termination)
        if ending.exception:
            return Result(exception=ending.exception)
        wanted = ending.sequencing or wanted
    if wanted == "retry" and draft.current is draft.tree.root:
        _forget_local_globals(draft)
    return _carry_out(draft, wanted or "", asked.target)


def refusal(draft: Draft, request: str | None, target: Activity | None) -> str | None:
    """Why a move to a certain place cannot succeed from here, tried out before anything ends.

    A learner is not put out of an activity by a request that is not among the valid ones.
    """
    match request:
        case "previous" if draft.current is not None:
            found = flow(draft, draft.current, BACKWARD, children=False)
            return delivery_exception(draft, found.activity) if found.deliverable else found.exception
        case "choice":
            return choice_exception(draft, target) or _undeliverable(draft, target)
        case "jump" if target is not None:
            return delivery_exception(draft, target)
    return None


def _undeliverable(draft: Draft, target: Activity | None) -> str | None:
    if target is None or target.leaf:
        return delivery_exception(draft, target) if target else None
    found = flow(draft, target, FORWARD, children=True)
    return delivery_exception(draft, found.activity) if found.deliverable else "SB.2.9-9"


def _begin_session(draft: Draft) -> None:
    """Before the first request of a session: clusters get their children, and objectives that belong to one attempt
    on the course begin anew with it."""
    selection.prepare(draft)
    root = draft.of(draft.tree.root)
    if not (root.active or root.suspended):
        _forget_local_globals(draft)


def _forget_local_globals(draft: Draft) -> None:
    """adlseq:objectivesGlobalToSystem"""
    if not draft.tree.objectives_global_to_system:
        draft.globals.clear()


def _carry_out(draft: Draft, wanted: str, target: Activity | None) -> Result:
    found = sequencing_request(draft, wanted, target)
    if found.end:
        _end_session(draft)
        return Result(exception=found.exception, ended=True)
    if found.deliver is None:
        return Result(exception=found.exception)
    exception = delivery_exception(draft, found.deliver) or deliver(draft, found.deliver)
    if exception:
        return Result(exception=exception)
    return Result(deliver=found.deliver)


def _end_session(draft: Draft) -> None:
    """The session is over: nothing is current, the attempt on the root ends if it still goes on."""
    root = draft.tree.root
    if draft.of(root).active:
        end_attempt(draft, root)
    draft.current = None
    draft.resumed = False
