"""RB: what a cluster's children say about it (RB.1.1 to RB.1.3, RB.1.5). The rules are in rollup_rules."""

from __future__ import annotations

from collections.abc import Callable

from scorm.sequencing import objectives
from scorm.sequencing.activity import Activity, Goal
from scorm.sequencing.draft import Draft
from scorm.sequencing.rollup_rules import rule_applies

Amount = Callable[[Activity], float | None]
Weight = Callable[[Activity], float]


def overall(draft: Draft, activity: Activity, path: bool = True, goals: tuple[Goal, ...] = ()) -> None:
    """RB.1.5 Overall Rollup: the ancestors of the activity, deepest first.

    With them the clusters above every activity whose primary objective reads a global objective that the given
    objectives of the activity, or a primary objective on the way up, write to (SN 4.6). Without `path` only those.
    """
    clusters = set(activity.ancestors()) if path else set()
    targets = {target for cluster in clusters for target in cluster.primary.targets()}
    targets.update(target for goal in goals for target in goal.targets())
    for target in targets:
        for reader in draft.tree.readers.get(target, ()):
            if reader.parent is not None and draft.is_available(reader.parent):
                clusters.update(_above(reader.parent))
    for cluster in sorted(clusters, key=lambda one: (-one.depth, one.order)):
        if cluster.tracked:
            roll_up(draft, cluster)


def _above(parent: Activity) -> list[Activity]:
    """The parent and its ancestors; the root only as a parent, it is rolled up along the path of what ended."""
    return [one for one in parent.path() if one is parent or one.parent is not None]


def contribution(draft: Draft, activity: Activity) -> tuple[object, ...]:
    """All that the rollup of its parent looks at."""
    goal = activity.primary
    return (
        draft.of(activity).suspended,
        objectives.satisfied(draft, activity, goal, rollup=True),
        objectives.measure(draft, activity, goal, rollup=True),
        objectives.completed(draft, activity, goal, rollup=True),
        objectives.progress(draft, activity, goal, rollup=True),
    )


def roll_up(draft: Draft, cluster: Activity) -> None:
    """RB.1.5 for one cluster."""
    measure_rollup(draft, cluster)
    progress_rollup(draft, cluster)
    if not cluster.primary.by_measure:
        objective_rollup_by_rules(draft, cluster)
    if not cluster.definition.completion.by_measure:
        completion_rollup_by_rules(draft, cluster)


def measure_rollup(draft: Draft, cluster: Activity) -> None:
    """RB.1.1 a Measure Rollup, and RB.1.2 a with it: an objective by measure follows its measure."""
    amount = _average(
        draft,
        cluster,
        lambda child: objectives.measure(draft, child, child.primary),
        lambda child: child.definition.rollup.weight,
    )
    objectives.set_measure(draft, cluster, cluster.primary, amount)


def progress_rollup(draft: Draft, cluster: Activity) -> None:
    """RB.1.1 b Completion Measure Rollup, and RB.1.3 a with it.

    Unlike a measure, progress of an earlier attempt on the cluster does not count where SM.1 asks for the current.
    """
    amount = _average(
        draft,
        cluster,
        lambda child: objectives.progress(draft, child, child.primary, rollup=True),
        lambda child: child.definition.completion.weight,
    )
    objectives.set_progress(draft, cluster, cluster.primary, amount)


def _average(draft: Draft, cluster: Activity, amount: Amount, weight: Weight) -> float | None:
    """The weighted mean over the tracked children. One without a value counts as zero; if none has one: unknown."""
    total, counted, known = 0.0, 0.0, False
    for child in draft.available(cluster):
        if child.tracked and weight(child) > 0:
            counted += weight(child)
            value = amount(child)
            if value is not None:
                total, known = total + value * weight(child), True
    return total / counted if known else None


def objective_rollup_by_rules(draft: Draft, cluster: Activity) -> None:
    """RB.1.2 b Objective Rollup Using Rules"""
    if rule_applies(draft, cluster, "notSatisfied"):
        objectives.set_satisfied(draft, cluster, cluster.primary, False)
    if rule_applies(draft, cluster, "satisfied"):
        objectives.set_satisfied(draft, cluster, cluster.primary, True)


def completion_rollup_by_rules(draft: Draft, cluster: Activity) -> None:
    """RB.1.3 b Activity Progress Rollup Using Rules"""
    if rule_applies(draft, cluster, "incomplete"):
        objectives.set_completed(draft, cluster, cluster.primary, False)
    if rule_applies(draft, cluster, "completed"):
        objectives.set_completed(draft, cluster, cluster.primary, True)
