"""SB.2.4 and SB.2.9: whether a target can be chosen from where the learner is. Nothing here changes the state."""

from __future__ import annotations

from scorm.sequencing.activity import Activity, common_ancestor
from scorm.sequencing.draft import Draft
from scorm.sequencing.flow import BACKWARD, FORWARD
from scorm.sequencing.rules import applies


def choice_exception(draft: Draft, target: Activity | None) -> str | None:
    """SB.2.9 steps 1 to 11: why the target cannot be chosen, None when it can."""
    if target is None:
        return "SB.2.9-1"
    for activity in reversed(target.path()):
        if not draft.is_available(activity):
            return "SB.2.9-2"
        if applies(draft, activity, "hiddenFromChoice"):
            return "SB.2.9-3"
    if target.parent is not None and not target.parent.definition.control.choice:
        return "SB.2.9-4"
    return reach_exception(draft, target)


def reach_exception(draft: Draft, target: Activity) -> str | None:
    """SB.2.9 steps 6 to 11: the way from the current activity to the target."""
    here = draft.current
    if here is target:
        return None
    if here is not None and here.parent is not None and here.parent is target.parent:
        return across(draft, here, target)
    common = draft.tree.root if here is None else common_ancestor(here, target)
    if here is None or here is common:
        return down(draft, common, target, FORWARD)
    if target is common:
        return up(draft, here, common)
    return over(draft, here, common, target)


def traversal_exception(draft: Draft, activity: Activity, direction: int) -> str | None:
    """SB.2.4 Choice Activity Traversal"""
    if direction == FORWARD:
        return "SB.2.4-1" if applies(draft, activity, "stopForwardTraversal") else None
    if activity.parent is None:
        return "SB.2.4-3"
    return "SB.2.4-2" if activity.parent.definition.control.forward_only else None


def across(draft: Draft, here: Activity, target: Activity) -> str | None:
    """SB.2.9 8: along the siblings from the current activity to the target, which itself is not asked."""
    assert here.parent is not None  # they are siblings
    family = draft.available(here.parent)
    begin, end = draft.place(here), draft.place(target)
    if begin < 0 or end < 0:
        return "SB.2.9-5"
    direction = FORWARD if end > begin else BACKWARD
    for place in range(begin, end, direction):
        exception = traversal_exception(draft, family[place], direction)
        if exception:
            return exception
    return None


def down(draft: Draft, common: Activity, target: Activity, direction: int) -> str | None:
    """SB.2.9 9 and 11.6: from the common ancestor down to the parent of the target."""
    for activity in reversed(target.ancestors()):
        if not common.contains(activity):
            continue
        if direction == FORWARD:
            exception = traversal_exception(draft, activity, FORWARD)
            if exception:
                return exception
        if activity is not common and bars_activation(draft, activity):
            return "SB.2.9-6"
    return None


def bars_activation(draft: Draft, activity: Activity) -> bool:
    """adlseq:preventActivation of an activity that is not active yet"""
    return activity.definition.choice.prevent_activation and not draft.of(activity).active


def up(draft: Draft, here: Activity, common: Activity) -> str | None:
    """SB.2.9 10: every cluster that would be left must allow it."""
    for cluster in left_behind(here, common):
        if not cluster.definition.control.choice_exit:
            return "SB.2.9-7"
    return None


def left_behind(here: Activity, common: Activity) -> list[Activity]:
    """The clusters between the current activity and the common ancestor, both left out.

    The current activity was asked by NB.2.1, as long as it is active; constrainChoice means nothing on a leaf.
    """
    return [cluster for cluster in here.ancestors() if cluster is not common and not cluster.contains(common)]


def over(draft: Draft, here: Activity, common: Activity, target: Activity) -> str | None:
    """SB.2.9 11: up to the common ancestor and down again."""
    exception = up(draft, here, common)
    if exception:
        return exception
    bounds = constraint(draft, here, common)
    if bounds is not None and not within(draft, target, bounds):
        return "SB.2.9-8"
    return down(draft, common, target, FORWARD if draft.follows(target, here) else BACKWARD)


Bounds = tuple[Activity, Activity | None, Activity | None]


def constraint(draft: Draft, here: Activity, common: Activity) -> Bounds | None:
    """SB.2.9 11.4: the lowest cluster left behind that constrains choice, and what is next to it on both sides."""
    for cluster in left_behind(here, common):
        if cluster.definition.choice.constrain_choice:
            return cluster, next_to(draft, cluster, BACKWARD), next_to(draft, cluster, FORWARD)
    return None


def within(draft: Draft, target: Activity, bounds: Bounds) -> bool:
    constrained, before, after = bounds
    considered = after if draft.follows(target, constrained) else before
    return target is constrained or (considered or constrained).contains(target)


def next_to(draft: Draft, activity: Activity, direction: int) -> Activity | None:
    """SB.2.9.1 and SB.2.9.2: the next activity in a direction whatever the rules say; None at the end of the tree."""
    at: Activity | None = activity
    while at is not None:
        neighbour = draft.sibling(at, direction)
        if neighbour is not None:
            return neighbour
        at = at.parent
    return None
