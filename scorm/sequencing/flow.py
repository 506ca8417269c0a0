"""SB.2.1 to SB.2.3: walking the tree to the next activity. Nothing here changes the state.

The recursion of the pseudo code is written as loops, and a walk that does not end is stopped: a manifest may be
very deep, and its rules may send the walk back and forth.
"""

from __future__ import annotations

from dataclasses import dataclass

from scorm.sequencing.activity import Activity
from scorm.sequencing.draft import Draft
from scorm.sequencing.rules import applies, disabled

FORWARD, BACKWARD = 1, -1


@dataclass(frozen=True)
class Step:
    """The outcome of SB.2.1: the next activity and the direction it is entered in, or why there is none."""

    activity: Activity | None
    direction: int = FORWARD
    exception: str | None = None
    end: bool = False  # the walk ran off the tree: the session is to end


@dataclass(frozen=True)
class Flow:
    """The outcome of SB.2.2 and SB.2.3."""

    activity: Activity
    deliverable: bool
    exception: str | None = None
    end: bool = False


Memory = dict[Activity, Flow]


def tree_traversal(draft: Draft, start: Activity, direction: int, previous: int, children: bool) -> Step:
    """SB.2.1 Flow Tree Traversal; `children` says whether those of the start are considered."""
    reversed_direction = False
    if previous == BACKWARD and start.parent is not None and draft.sibling(start, 1) is None:
        direction, reversed_direction = BACKWARD, True
        start = draft.available(start.parent)[0]
    if children and not start.leaf:
        return _enter(draft, start, direction)
    if direction == FORWARD:
        return _after(draft, start)
    return _before(draft, start, reversed_direction)


def _enter(draft: Draft, cluster: Activity, direction: int) -> Step:
    """SB.2.1 3.3 and 4.3: the first or the last child; backward, a forward-only cluster begins at its first."""
    if direction == BACKWARD and cluster.parent is None:
        return Step(None, exception="SB.2.1-3")
    family = draft.available(cluster)
    if not family:
        return Step(None, exception="SB.2.1-2")
    if direction == FORWARD or cluster.definition.control.forward_only:
        return Step(family[0], FORWARD)
    return Step(family[-1], BACKWARD)


def _after(draft: Draft, at: Activity) -> Step:
    """SB.2.1 3.1 and 3.2: the next sibling of the activity or of the nearest activity above that has one."""
    while at.parent is not None:
        following = draft.sibling(at, 1)
        if following is not None:
            return Step(following, FORWARD)
        at = at.parent
    return Step(None, exception="SB.2.1-1", end=True)


def _before(draft: Draft, at: Activity, reversed_direction: bool) -> Step:
    """SB.2.1 4.1 and 4.2: the previous sibling, or that of the nearest activity above that has one."""
    while at.parent is not None:
        if not reversed_direction and at.parent.definition.control.forward_only:
            return Step(None, exception="SB.2.1-4")
        preceding = draft.sibling(at, -1)
        if preceding is not None:
            return Step(preceding, BACKWARD)
        at, reversed_direction = at.parent, False
    return Step(None, exception="SB.2.1-3")


def activity_traversal(draft: Draft, start: Activity, direction: int, memory: Memory | None = None) -> Flow:
    """SB.2.2 Flow Activity Traversal: from a candidate to an activity that can be delivered, or why none can.

    `memory` keeps results of forward walks, which depend on nothing but where they are.
    """
    at, previous = start, 0
    met: list[Activity] = []
    result: Flow | None = None
    for _ in range(8 * len(draft.tree) + 8):
        forward = direction == FORWARD and previous == 0
        if memory is not None and forward and at in memory:
            result = memory[at]
            break
        if forward:
            met.append(at)
        else:
            met.clear()
        outcome = _consider(draft, at, direction, previous)
        if isinstance(outcome, Flow):
            result = outcome
            break
        at, direction, previous = outcome
    result = result or Flow(at, False, "SB.2.2-3")
    if memory is not None:
        memory.update(dict.fromkeys(met, result))
    return result


def _consider(draft: Draft, at: Activity, direction: int, previous: int) -> Flow | tuple[Activity, int, int]:
    """SB.2.2 for one candidate: a result, or the next candidate with its direction and previous direction."""
    if at.parent is None or not at.parent.definition.control.flow:
        return Flow(at, False, "SB.2.2-1")
    if applies(draft, at, "skip"):
        step = tree_traversal(draft, at, direction, previous, children=False)
        if step.activity is None:
            return Flow(at, False, step.exception, step.end)
        if previous == BACKWARD and step.direction == BACKWARD:
            return step.activity, BACKWARD, 0
        return step.activity, direction, previous
    if disabled(draft, at):
        return Flow(at, False, "SB.2.2-2")
    if at.leaf:
        return Flow(at, True)
    step = tree_traversal(draft, at, direction, 0, children=True)
    if step.activity is None:
        return Flow(at, False, step.exception, step.end)
    if direction == BACKWARD and step.direction == FORWARD:
        return step.activity, FORWARD, BACKWARD
    return step.activity, direction, 0


def flow(draft: Draft, start: Activity, direction: int, children: bool, memory: Memory | None = None) -> Flow:
    """SB.2.3 Flow"""
    step = tree_traversal(draft, start, direction, 0, children)
    if step.activity is None:
        return Flow(start, False, step.exception, step.end)
    return activity_traversal(draft, step.activity, direction, memory)
