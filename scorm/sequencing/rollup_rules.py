"""RB.1.4: whether one of a cluster's rollup rules applies."""

from __future__ import annotations

from scorm.sequencing import conditions
from scorm.sequencing.activity import Activity
from scorm.sequencing.definition import Condition, RollupRule
from scorm.sequencing.draft import Draft

SATISFACTION = ("satisfied", "notSatisfied")
COMPLETION = ("completed", "incomplete")

DEFAULTS = {
    "satisfied": RollupRule("satisfied", (Condition("satisfied"),)),
    "notSatisfied": RollupRule("notSatisfied", (Condition("objectiveStatusKnown"),)),
    "completed": RollupRule("completed", (Condition("completed"),)),
    "incomplete": RollupRule("incomplete", (Condition("activityProgressKnown"),)),
}


def rule_applies(draft: Draft, cluster: Activity, action: str) -> bool:
    """RB.1.4 Rollup Rule Check"""
    return any(_holds(draft, cluster, rule) for rule in rules_for(cluster, action))


def rules_for(cluster: Activity, action: str) -> list[RollupRule]:
    """The rules with this action; the default one when there is none of its kind (RB.1.2 b, RB.1.3 b)."""
    kind = SATISFACTION if action in SATISFACTION else COMPLETION
    written = [rule for rule in cluster.definition.rollup_rules if rule.action in kind]
    return [rule for rule in written if rule.action == action] if written else [DEFAULTS[action]]


def _holds(draft: Draft, cluster: Activity, rule: RollupRule) -> bool:
    answers = [
        conditions.evaluate_rollup(draft, child, rule.conditions, rule.combination)
        for child in draft.available(cluster)
        if child.tracked and included(draft, child, rule.action)
    ]
    return enough(answers, rule)


def enough(answers: list[bool | None], rule: RollupRule) -> bool:
    """Whether the children's answers are what the rule's child activity set asks for. Unknown is not yes."""
    yes = answers.count(True)
    match rule.child_set:
        case "all":
            return yes == len(answers)
        case "any":
            return yes > 0
        case "none":
            return answers.count(False) == len(answers)
        case "atLeastCount":
            return yes >= rule.minimum_count
        case "atLeastPercent":
            return bool(answers) and yes / len(answers) >= rule.minimum_percent
    return False


def included(draft: Draft, child: Activity, action: str) -> bool:
    """RB.1.4.2 Check Child for Rollup"""
    controls = child.definition.rollup
    if not (controls.satisfied if action in SATISFACTION else controls.completion):
        return False
    required = {
        "satisfied": controls.required_for_satisfied,
        "notSatisfied": controls.required_for_not_satisfied,
        "completed": controls.required_for_completed,
        "incomplete": controls.required_for_incomplete,
    }[action]
    return _considered(draft, child, required)


def _considered(draft: Draft, child: Activity, required: str) -> bool:
    tracking = draft.of(child)
    match required:
        case "ifNotSuspended":
            return not (tracking.attempts > 0 and tracking.suspended)
        case "ifAttempted":
            return tracking.attempts > 0
        case "ifNotSkipped":
            return not any(
                conditions.evaluate(draft, child, rule.conditions, rule.combination)
                for rule in child.pre.get("skip", ())
            )
    return True
