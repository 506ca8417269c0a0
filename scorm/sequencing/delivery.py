"""DB: whether an activity may be delivered, and the attempts that begin with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scorm.sequencing.activity import Activity, common_ancestor
from scorm.sequencing.draft import Draft
from scorm.sequencing.rules import disabled, terminate_descendants
from scorm.sequencing.state import Tracking


def delivery_exception(draft: Draft, activity: Activity) -> str | None:
    """DB.1.1 Delivery Request"""
    if not activity.leaf:
        return "DB.1.1-1"
    if any(disabled(draft, one) for one in reversed(activity.path())):
        return "DB.1.1-3"
    return None


def deliver(draft: Draft, activity: Activity) -> str | None:
    """DB.2 Content Delivery Environment: the attempts on the way to the activity begin, or go on."""
    if draft.current is not None and draft.of(draft.current).active:
        return "DB.2-1"
    left = draft.of(activity)
    draft.resumed = left.suspended if activity.tracked else left.kept
    clear_suspended(draft, activity)
    terminate_descendants(draft, activity)
    for one in reversed(activity.path()):
        if not draft.of(one).active:
            _begin(draft, one)
    draft.current = activity
    return None


def clear_suspended(draft: Draft, activity: Activity) -> None:
    """DB.2.1 Clear Suspended Activity: another activity than the suspended one is delivered."""
    suspended, draft.suspended = draft.suspended, None
    if suspended is None or suspended is activity:
        return
    common = common_ancestor(activity, suspended)
    for one in suspended.path():
        if one.contains(common):
            return
        draft.change(one, suspended=any(draft.of(child).suspended for child in draft.available(one)))


def _begin(draft: Draft, activity: Activity) -> None:
    """DB.2 5.1: a suspended attempt goes on, otherwise a new one begins; untracked activities have neither."""
    draft.change(activity, active=True, over=False, attempt_ended="")
    if not activity.tracked:
        return
    if draft.of(activity).suspended:
        draft.change(activity, suspended=False)
    else:
        _new_attempt(draft, activity)


def _new_attempt(draft: Draft, activity: Activity) -> None:
    tracking = draft.of(activity)
    began = draft.now.isoformat() if draft.now else ""
    draft.activities[activity.id] = Tracking(
        attempts=tracking.attempts + 1,
        active=True,
        activity_seconds=tracking.activity_seconds,
        attempt_began=began,
        activity_began=tracking.activity_began or began,
        selected=tracking.selected,
    )
    if activity.parent is None and not draft.tree.objectives_global_to_system:
        draft.globals.clear()
    _age_children(draft, activity)


def _age_children(draft: Draft, cluster: Activity) -> None:
    """SM.1: what earlier attempts recorded below does not count for rollup, where the control mode says so.

    It goes on downwards as long as the clusters there say so too.
    """
    waiting = [(cluster, True, True)]
    while waiting:
        at, goals, progress = waiting.pop()
        control = at.definition.control
        goals = goals and control.use_current_attempt_objective_info
        progress = progress and control.use_current_attempt_progress_info
        if not (goals or progress):
            continue
        for child in draft.available(at):
            _age(draft, child, goals, progress)
            if child.children:
                waiting.append((child, goals, progress))


def _age(draft: Draft, activity: Activity, goals: bool, progress: bool) -> None:
    known = draft.activities.get(activity.id)
    if known is None:
        return
    aged: dict[str, Any] = {}
    if goals and not known.stale_objectives:
        aged["stale_objectives"] = True
    if progress and not known.stale_progress:
        aged["stale_progress"] = True
    if aged:
        draft.activities[activity.id] = replace(known, **aged)
