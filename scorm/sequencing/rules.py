"""UP: what the other processes share: limits, rules, ending attempts."""

from __future__ import annotations

from scorm.sequencing import conditions, objectives, rollup, selection
from scorm.sequencing.activity import Activity, common_ancestor
from scorm.sequencing.definition import Rule
from scorm.sequencing.draft import Draft


def limit_reached(draft: Draft, activity: Activity) -> bool:
    """UP.1 Limit Conditions Check: whether no new attempt may begin. A running or suspended one may go on.

    How long the last attempt took says nothing about the next, which begins at nought.
    """
    tracking = draft.of(activity)
    if not activity.tracked or tracking.active or tracking.suspended:
        return False
    return (
        conditions.attempts_exceeded(draft, activity)
        or (conditions.attempted(draft, activity) and conditions.activity_time_exceeded(draft, activity))
        or conditions.outside_time(draft, activity)
    )


def rules_check(draft: Draft, activity: Activity, rules: tuple[Rule, ...]) -> str | None:
    """UP.2 Sequencing Rules Check: the action of the first rule whose conditions are true."""
    for rule in rules:
        if conditions.evaluate(draft, activity, rule.conditions, rule.combination):
            return rule.action
    return None


def applies(draft: Draft, activity: Activity, action: str) -> bool:
    """UP.2 for the precondition rules with one action: skip, disabled, hiddenFromChoice, stopForwardTraversal."""
    return rules_check(draft, activity, activity.pre.get(action, ())) is not None


def disabled(draft: Draft, activity: Activity) -> bool:
    """UP.5 Check Activity: whether a rule disables it or a limit is reached."""
    return applies(draft, activity, "disabled") or limit_reached(draft, activity)


def terminate_descendants(draft: Draft, activity: Activity) -> None:
    """UP.3 Terminate Descendent Attempts: end the clusters between the current activity and their common ancestor.

    The current activity itself has ended before. What its end means is worked out once more: the first rollup may
    have written global objectives that it, or other activities, read.
    """
    current = draft.current
    if current is None:
        return
    top = common_ancestor(current, activity)
    if current is not top and draft.of(current).over:
        _conclude(draft, current)
        rollup.overall(draft, current, goals=current.goals)
    for cluster in current.ancestors():
        if cluster is top or cluster.contains(top):
            break
        end_attempt(draft, cluster)


def end_attempt(draft: Draft, activity: Activity) -> None:
    """UP.4 End Attempt: default statuses, suspension of clusters, rollup, and what the next attempt begins with.

    A cluster was rolled up when its children ended; above it there is news only when its own end makes a difference.
    """
    before = rollup.contribution(draft, activity)
    draft.change(activity, over=True, attempt_ended=draft.now.isoformat() if draft.now else "")
    _conclude(draft, activity)
    news = activity.leaf or rollup.contribution(draft, activity) != before
    rollup.overall(draft, activity, path=news, goals=activity.goals)
    if not activity.leaf and not draft.of(activity).suspended:
        selection.prepare_next_attempt(draft, activity)


def _conclude(draft: Draft, activity: Activity) -> None:
    if activity.leaf:
        _default_statuses(draft, activity)
    else:
        children = draft.available(activity)
        draft.change(activity, suspended=any(draft.of(child).suspended for child in children))
    draft.change(activity, active=False)
    _settle_by_measure(draft, activity)


def _default_statuses(draft: Draft, leaf: Activity) -> None:
    """UP.4 1.1: what the content left unsaid is taken as done, unless it is the content's business to say it."""
    tracking, delivery, goal = draft.of(leaf), leaf.definition.delivery, leaf.primary
    if not leaf.tracked or tracking.suspended:
        return
    completion_open = not (delivery.completion_set_by_content or tracking.completion_set)
    if completion_open and objectives.completed(draft, leaf, goal) is None:
        objectives.set_completed(draft, leaf, goal, True)
    success_open = not (delivery.objective_set_by_content or tracking.said_unknown)
    if success_open and objectives.satisfied(draft, leaf, goal) is None:
        objectives.set_satisfied(draft, leaf, goal, True)


def _settle_by_measure(draft: Draft, activity: Activity) -> None:
    """With the attempt over, the measure decides even without measureSatisfactionIfActive."""
    if activity.tracked and activity.primary.by_measure:
        value = objectives.measure(draft, activity, activity.primary)
        objectives.set_measure(draft, activity, activity.primary, value)
