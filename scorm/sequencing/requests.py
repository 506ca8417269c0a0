"""SB.2.5 to SB.2.13: which activity a sequencing request leads to."""

from __future__ import annotations

from dataclasses import dataclass

from scorm.sequencing import choice
from scorm.sequencing.activity import Activity, common_ancestor
from scorm.sequencing.draft import Draft
from scorm.sequencing.flow import BACKWARD, FORWARD, Flow, flow
from scorm.sequencing.rules import end_attempt, terminate_descendants


@dataclass(frozen=True)
class Sequencing:
    """The outcome of SB.2.12."""

    deliver: Activity | None = None
    exception: str | None = None
    end: bool = False  # the session is over


def sequencing_request(draft: Draft, request: str, target: Activity | None) -> Sequencing:
    """SB.2.12 Sequencing Request"""
    match request:
        case "start":
            return start(draft)
        case "resume":
            return resume_all(draft)
        case "continue":
            return continue_(draft)
        case "previous":
            return previous(draft)
        case "choice":
            return choose(draft, target)
        case "retry":
            return retry(draft)
        case "exit":
            return exit_(draft)
        case "jump":
            return jump(draft, target)
    return Sequencing(exception="SB.2.12-1")


def _walked(draft: Draft, found: Flow) -> Sequencing:
    """A walk off the end of the tree ends the attempts on the way there and the session (SB.2.1 3.1)."""
    if found.deliverable:
        return Sequencing(found.activity)
    if found.end:
        terminate_descendants(draft, draft.tree.root)
    return Sequencing(exception=found.exception, end=found.end)


def start(draft: Draft) -> Sequencing:
    """SB.2.5 Start. An organization with a single leaf is that leaf, whether it may be flowed to or not."""
    root = draft.tree.root
    if draft.current is not None:
        return Sequencing(exception="SB.2.5-1")
    if root.leaf:
        return Sequencing(root)
    if len(root.children) == 1 and root.children[0].leaf and not root.definition.control.flow:
        return Sequencing(root.children[0])
    return _walked(draft, flow(draft, root, FORWARD, children=True))


def resume_all(draft: Draft) -> Sequencing:
    """SB.2.6 Resume All"""
    if draft.current is not None:
        return Sequencing(exception="SB.2.6-1")
    if draft.suspended is None:
        return Sequencing(exception="SB.2.6-2")
    return Sequencing(draft.suspended)


def continue_(draft: Draft) -> Sequencing:
    """SB.2.7 Continue"""
    return _neighbour(draft, FORWARD, "SB.2.7")


def previous(draft: Draft) -> Sequencing:
    """SB.2.8 Previous"""
    return _neighbour(draft, BACKWARD, "SB.2.8")


def _neighbour(draft: Draft, direction: int, clause: str) -> Sequencing:
    current = draft.current
    if current is None:
        return Sequencing(exception=f"{clause}-1")
    if current.parent is not None and not current.parent.definition.control.flow:
        return Sequencing(exception=f"{clause}-2")
    return _walked(draft, flow(draft, current, direction, children=False))


def choose(draft: Draft, target: Activity | None) -> Sequencing:
    """SB.2.9 Choice"""
    exception = choice.choice_exception(draft, target)
    if exception or target is None:
        return Sequencing(exception=exception)
    if target.leaf:
        return Sequencing(target)
    found = flow(draft, target, FORWARD, children=True)
    if found.deliverable:
        return Sequencing(found.activity)
    _stand_at(draft, target, found)
    return Sequencing(exception="SB.2.9-9")


def _stand_at(draft: Draft, target: Activity, found: Flow) -> None:
    """SB.2.9 14: nothing below the target can be delivered; the learner stands there all the same."""
    if draft.current is None:
        return
    if found.end:
        terminate_descendants(draft, draft.tree.root)
    common = common_ancestor(draft.current, target)
    terminate_descendants(draft, common)
    end_attempt(draft, common)
    draft.current = target


def retry(draft: Draft) -> Sequencing:
    """SB.2.10 Retry"""
    current = draft.current
    if current is None:
        return Sequencing(exception="SB.2.10-1")
    if draft.of(current).active or draft.of(current).suspended:
        return Sequencing(exception="SB.2.10-2")
    if current.leaf:
        return Sequencing(current)
    found = flow(draft, current, FORWARD, children=True)
    if found.deliverable:
        return Sequencing(found.activity)
    outcome = _walked(draft, found)
    return Sequencing(exception="SB.2.10-3", end=outcome.end)


def exit_(draft: Draft) -> Sequencing:
    """SB.2.11 Exit: at the root it ends the session."""
    if draft.current is None:
        return Sequencing(exception="SB.2.11-1")
    if draft.of(draft.current).active:
        return Sequencing(exception="SB.2.11-2")
    return Sequencing(end=draft.current.parent is None)


def jump(draft: Draft, target: Activity | None) -> Sequencing:
    """SB.2.13 Jump (4th edition): no control mode stands in its way."""
    if draft.current is None:
        return Sequencing(exception="SB.2.13-1")
    return Sequencing(target)
