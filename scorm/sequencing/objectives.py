"""Objectives as the rules see them: local values, global ones where a map says so, and what is written where.

None is unknown throughout. A read map for satisfaction, measure or a score reads the global objective even while that
is unknown; completion and progress fall back to the local value then. `rollup` leaves out what was recorded in an
earlier attempt on the parent, where the parent's control mode asks for that (SM.1, use current attempt information).
"""

from __future__ import annotations

from typing import Any

from scorm.sequencing.activity import Activity, Goal
from scorm.sequencing.draft import Draft


def goal_named(activity: Activity, name: str | None) -> Goal | None:
    """The objective a condition refers to; without a name the primary one."""
    return activity.primary if not name else activity.goal_of.get(name)


def satisfied(draft: Draft, activity: Activity, goal: Goal, rollup: bool = False) -> bool | None:
    """TM.1.1 Objective Satisfied Status; by measure it is derived and not set (RB.1.2 a)."""
    if goal.by_measure and not by_measure_now(draft, activity):
        return None
    return satisfied_at_launch(draft, activity, goal, rollup)


def satisfied_at_launch(draft: Draft, activity: Activity, goal: Goal, rollup: bool = False) -> bool | None:
    """The status by itself, whether or not the activity is active: what cmi.objectives begins with."""
    if goal.by_measure:
        value = measure(draft, activity, goal, rollup)
        return None if value is None else value >= goal.minimum
    if "satisfied" in goal.reads:
        return draft.shared(goal.reads["satisfied"]).satisfied
    if rollup and draft.of(activity).stale_objectives:
        return None
    return draft.local(activity, goal).satisfied


def by_measure_now(draft: Draft, activity: Activity) -> bool:
    """adlseq:measureSatisfactionIfActive: whether a measure decides while the activity is still active."""
    return activity.definition.rollup.measure_satisfaction_if_active or not draft.of(activity).active


def measure(draft: Draft, activity: Activity, goal: Goal, rollup: bool = False) -> float | None:
    """TM.1.1 Objective Normalized Measure"""
    if "measure" in goal.reads:
        return draft.shared(goal.reads["measure"]).measure
    if rollup and draft.of(activity).stale_objectives:
        return None
    return draft.local(activity, goal).measure


def score(draft: Draft, activity: Activity, goal: Goal, aspect: str) -> float | None:
    """Raw, min and max of the 4th edition's objectives."""
    if aspect in goal.reads:
        value: float | None = getattr(draft.shared(goal.reads[aspect]), aspect)
        return value
    local: float | None = getattr(draft.local(activity, goal), aspect)
    return local


def completed(draft: Draft, activity: Activity, goal: Goal, rollup: bool = False) -> bool | None:
    """TM.1.2.2 Attempt Completion Status; of another objective than the primary its completion status."""
    if goal.primary and activity.definition.completion.by_measure:
        amount = progress(draft, activity, goal, rollup)
        return None if amount is None else amount >= activity.definition.completion.minimum
    return completed_at_launch(draft, activity, goal, rollup)


def completed_at_launch(draft: Draft, activity: Activity, goal: Goal, rollup: bool = False) -> bool | None:
    """The status by itself, before any threshold: what cmi.objectives begins with."""
    value: bool | None = _with_fallback(draft, activity, goal, "completion", rollup)
    return value


def progress(draft: Draft, activity: Activity, goal: Goal, rollup: bool = False) -> float | None:
    """TM.1.2.2 Attempt Completion Amount; of another objective than the primary its progress measure."""
    value: float | None = _with_fallback(draft, activity, goal, "progress", rollup)
    return value


def _with_fallback(draft: Draft, activity: Activity, goal: Goal, aspect: str, rollup: bool) -> Any:
    if aspect in goal.reads:
        value = getattr(draft.shared(goal.reads[aspect]), aspect)
        if value is not None:
            return value
    if rollup and draft.of(activity).stale_progress:
        return None
    return getattr(draft.local(activity, goal), aspect)


def write(draft: Draft, activity: Activity, goal: Goal, aspect: str, value: Any) -> None:
    """Record a value, or that it is unknown, here and in every global objective it is mapped to (SM.7).

    A value that was unknown here already leaves the global objectives alone when it stays so.
    """
    if value is None and getattr(draft.local(activity, goal), aspect) is None:
        return
    draft.record(activity, goal, aspect, value)
    for target in goal.writes.get(aspect, ()):
        draft.share(target, aspect, value)


def write_unknown(draft: Draft, activity: Activity, goal: Goal, aspect: str) -> None:
    """The SCO itself said "unknown": that is news for the global objectives too."""
    write(draft, activity, goal, aspect, None)
    for target in goal.writes.get(aspect, ()):
        draft.share(target, aspect, None)


def set_satisfied(draft: Draft, activity: Activity, goal: Goal, value: bool | None) -> None:
    """A status given by the SCO, by rollup rules or at the end of an attempt; not for objectives by measure."""
    if not goal.by_measure:
        write(draft, activity, goal, "satisfied", value)


def set_measure(draft: Draft, activity: Activity, goal: Goal, value: float | None) -> None:
    """A measure, and with it the status of an objective that is satisfied by measure."""
    if value is not None and not -1.0 <= value <= 1.0:
        value = None
    write(draft, activity, goal, "measure", value)
    if goal.by_measure and value is not None and (not goal.primary or by_measure_now(draft, activity)):
        write(draft, activity, goal, "satisfied", value >= goal.minimum)


def set_completed(draft: Draft, activity: Activity, goal: Goal, value: bool | None) -> None:
    """A completion status; not for an activity that is completed by measure."""
    if not (goal.primary and activity.definition.completion.by_measure):
        write(draft, activity, goal, "completion", value)


def set_progress(draft: Draft, activity: Activity, goal: Goal, value: float | None) -> None:
    """A progress measure, and with it the completion of an activity that is completed by measure."""
    if value is not None and not 0.0 <= value <= 1.0:
        value = None
    write(draft, activity, goal, "progress", value)
    threshold = activity.definition.completion
    if goal.primary and threshold.by_measure and value is not None:
        write(draft, activity, goal, "completion", value >= threshold.minimum)
