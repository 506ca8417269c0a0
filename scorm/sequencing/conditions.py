"""Conditions of sequencing and rollup rules, in three values: True, False and None for unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from scorm.sequencing import objectives
from scorm.sequencing.activity import Activity, Goal
from scorm.sequencing.definition import Condition
from scorm.sequencing.draft import Draft, moment


def opposite(value: bool | None) -> bool | None:
    return None if value is None else not value


def combine(values: Iterable[bool | None], combination: str) -> bool | None:
    """all: the least of the values, any: the greatest, where False < unknown < True. Nothing at all is unknown."""
    seen = set(values)
    if not seen:
        return None
    decisive = combination == "any"
    if decisive in seen:
        return decisive
    return None if None in seen else not decisive


def evaluate(
    draft: Draft, activity: Activity, conditions: tuple[Condition, ...], combination: str
) -> bool | None:
    """UP.2.1: the conditions of a sequencing rule."""
    return combine((check(draft, activity, one) for one in conditions), combination)


def evaluate_rollup(
    draft: Draft, child: Activity, conditions: tuple[Condition, ...], combination: str
) -> bool | None:
    """RB.1.4.1: the conditions of a rollup rule, for one child."""
    return combine((check(draft, child, one, rollup=True) for one in conditions), combination)


def check(draft: Draft, activity: Activity, condition: Condition, rollup: bool = False) -> bool | None:
    question = QUESTIONS.get(condition.name)
    if question is not None:
        answer: bool | None = question(draft, activity)
    else:
        answer = _of_objective(draft, activity, condition, rollup)
    return opposite(answer) if condition.negate else answer


def _of_objective(draft: Draft, activity: Activity, condition: Condition, rollup: bool) -> bool | None:
    question = OBJECTIVE_QUESTIONS.get(condition.name)
    goal = objectives.goal_named(activity, condition.objective)
    if question is None or goal is None:
        return None
    if not activity.tracked:
        return False if condition.name.endswith("Known") else None
    return question(draft, activity, goal, condition.threshold, rollup)


def _satisfied(draft: Draft, at: Activity, goal: Goal, _: float, rollup: bool) -> bool | None:
    return objectives.satisfied(draft, at, goal, rollup)


def _status_known(draft: Draft, at: Activity, goal: Goal, _: float, rollup: bool) -> bool | None:
    return objectives.satisfied(draft, at, goal, rollup) is not None


def _measure_known(draft: Draft, at: Activity, goal: Goal, _: float, rollup: bool) -> bool | None:
    return objectives.measure(draft, at, goal, rollup) is not None


def _measure_greater(draft: Draft, at: Activity, goal: Goal, threshold: float, rollup: bool) -> bool | None:
    value = objectives.measure(draft, at, goal, rollup)
    return None if value is None else value > threshold


def _measure_less(draft: Draft, at: Activity, goal: Goal, threshold: float, rollup: bool) -> bool | None:
    value = objectives.measure(draft, at, goal, rollup)
    return None if value is None else value < threshold


def _completed(draft: Draft, at: Activity, goal: Goal, _: float, rollup: bool) -> bool | None:
    return objectives.completed(draft, at, goal, rollup)


def _progress_known(draft: Draft, at: Activity, goal: Goal, _: float, rollup: bool) -> bool | None:
    return objectives.completed(draft, at, goal, rollup) is not None


OBJECTIVE_QUESTIONS: dict[str, Callable[[Draft, Activity, Goal, float, bool], bool | None]] = {
    "satisfied": _satisfied,
    "objectiveStatusKnown": _status_known,
    "objectiveMeasureKnown": _measure_known,
    "objectiveMeasureGreaterThan": _measure_greater,
    "objectiveMeasureLessThan": _measure_less,
    "completed": _completed,
    "activityProgressKnown": _progress_known,
}


def attempted(draft: Draft, activity: Activity) -> bool:
    return draft.of(activity).attempts > 0


def attempts_exceeded(draft: Draft, activity: Activity) -> bool:
    limit = activity.definition.limits.attempt_limit
    return activity.tracked and limit is not None and draft.of(activity).attempts >= limit


def activity_time_exceeded(draft: Draft, activity: Activity) -> bool:
    """Whether one of the two limits on the time of all attempts together is reached (SM.3)."""
    limits, tracking = activity.definition.limits, draft.of(activity)
    return _reached(
        (limits.activity_absolute_duration, _between(tracking.activity_began, draft.now)),
        (limits.activity_experienced_duration, tracking.activity_seconds),
    )


def attempt_time_exceeded(draft: Draft, activity: Activity) -> bool:
    """Whether one of the two limits on the time of one attempt is reached (SM.3); it stands still with its end."""
    limits, tracking = activity.definition.limits, draft.of(activity)
    until = moment(tracking.attempt_ended) or draft.now
    return _reached(
        (limits.attempt_absolute_duration, _between(tracking.attempt_began, until)),
        (limits.attempt_experienced_duration, tracking.attempt_seconds),
    )


def time_exceeded(draft: Draft, activity: Activity) -> bool:
    if not activity.tracked or not attempted(draft, activity):
        return False
    return activity_time_exceeded(draft, activity) or attempt_time_exceeded(draft, activity)


def _reached(*spent: tuple[float | None, float]) -> bool:
    return any(limit is not None and seconds >= limit for limit, seconds in spent)


def _between(began: str, until: datetime | None) -> float:
    start = moment(began)
    return 0.0 if until is None or start is None else (until - start).total_seconds()


def outside_time(draft: Draft, activity: Activity) -> bool:
    """Whether it is too early or too late for the activity (SM.3, begin and end time limit)."""
    begin, end = moment(activity.definition.limits.begin), moment(activity.definition.limits.end)
    if draft.now is None:
        return False
    return (begin is not None and draft.now < begin) or (end is not None and draft.now > end)


QUESTIONS: dict[str, Callable[[Draft, Activity], bool]] = {
    "always": lambda draft, activity: True,
    "never": lambda draft, activity: False,
    "attempted": attempted,
    "attemptLimitExceeded": attempts_exceeded,
    "timeLimitExceeded": time_exceeded,
    "outsideAvailableTimeRange": outside_time,
}
