"""<imsss:sequencing>: every value that is not the book's default, in the order of the schema (CAM 4th Ed. 5.1)."""

from __future__ import annotations

from scorm.package.writer_xml import ADLSEQ, IMSSS, Element, add, changed, number, truth
from scorm.sequencing.definition import (
    Condition,
    ConstrainedChoice,
    ControlModes,
    Delivery,
    Limits,
    Objective,
    ObjectiveMap,
    RollupControls,
    RollupRule,
    Rule,
    Selection,
    Sequencing,
)

_CONTROL = {
    "choice": "choice",
    "choice_exit": "choiceExit",
    "flow": "flow",
    "forward_only": "forwardOnly",
    "use_current_attempt_objective_info": "useCurrentAttemptObjectiveInfo",
    "use_current_attempt_progress_info": "useCurrentAttemptProgressInfo",
}
_DURATIONS = {
    "attempt_absolute_duration": "attemptAbsoluteDurationLimit",
    "attempt_experienced_duration": "attemptExperiencedDurationLimit",
    "activity_absolute_duration": "activityAbsoluteDurationLimit",
    "activity_experienced_duration": "activityExperiencedDurationLimit",
}
_ROLLUP = {
    "satisfied": "rollupObjectiveSatisfied",
    "completion": "rollupProgressCompletion",
    "weight": "objectiveMeasureWeight",
}
_ROLLUP_RULE = {
    "child_set": "childActivitySet",
    "minimum_count": "minimumCount",
    "minimum_percent": "minimumPercent",
}
_CONSIDERATIONS = {
    "required_for_satisfied": "requiredForSatisfied",
    "required_for_not_satisfied": "requiredForNotSatisfied",
    "required_for_completed": "requiredForCompleted",
    "required_for_incomplete": "requiredForIncomplete",
    "measure_satisfaction_if_active": "measureSatisfactionIfActive",
}
_SELECTION = {
    "randomization_timing": "randomizationTiming",
    "select_count": "selectCount",
    "reorder_children": "reorderChildren",
    "selection_timing": "selectionTiming",
}
_DELIVERY = {
    "tracked": "tracked",
    "completion_set_by_content": "completionSetByContent",
    "objective_set_by_content": "objectiveSetByContent",
}
_CHOICE = {"prevent_activation": "preventActivation", "constrain_choice": "constrainChoice"}
_MAP = {
    "read_satisfied": "readSatisfiedStatus",
    "read_measure": "readNormalizedMeasure",
    "write_satisfied": "writeSatisfiedStatus",
    "write_measure": "writeNormalizedMeasure",
}
_MAP_4TH = {
    "read_raw": "readRawScore",
    "read_min": "readMinScore",
    "read_max": "readMaxScore",
    "read_completion": "readCompletionStatus",
    "read_progress": "readProgressMeasure",
    "write_raw": "writeRawScore",
    "write_min": "writeMinScore",
    "write_max": "writeMaxScore",
    "write_completion": "writeCompletionStatus",
    "write_progress": "writeProgressMeasure",
}


def add_sequencing(item: Element, sequencing: Sequencing) -> None:
    """Nothing at all where all is as the book has it anyway."""
    element = add(item, IMSSS, "sequencing")
    _attributes_only(element, IMSSS, "controlMode", changed(sequencing.control, ControlModes(), _CONTROL))
    _rules(element, sequencing)
    _attributes_only(element, IMSSS, "limitConditions", _limits(sequencing.limits))
    _rollup(element, sequencing)
    _objectives(element, sequencing.objectives)
    selection = changed(sequencing.selection, Selection(), _SELECTION)
    _attributes_only(element, IMSSS, "randomizationControls", selection)
    _attributes_only(element, IMSSS, "deliveryControls", changed(sequencing.delivery, Delivery(), _DELIVERY))
    choice = changed(sequencing.choice, ConstrainedChoice(), _CHOICE)
    _attributes_only(element, ADLSEQ, "constrainedChoiceConsiderations", choice)
    considerations = changed(sequencing.rollup, RollupControls(), _CONSIDERATIONS)
    _attributes_only(element, ADLSEQ, "rollupConsiderations", considerations)
    _objectives_4th(element, sequencing.objectives)
    if len(element) == 0:
        item.remove(element)


def _attributes_only(parent: Element, space: str, name: str, attributes: dict[str, str]) -> None:
    if attributes:
        add(parent, space, name, **attributes)


def _rules(parent: Element, sequencing: Sequencing) -> None:
    if not (sequencing.pre or sequencing.exit or sequencing.post):
        return
    element = add(parent, IMSSS, "sequencingRules")
    for name, rules in (
        ("preConditionRule", sequencing.pre),
        ("exitConditionRule", sequencing.exit),
        ("postConditionRule", sequencing.post),
    ):
        for rule in rules:
            _rule(add(element, IMSSS, name), rule)


def _rule(element: Element, rule: Rule) -> None:
    conditions = add(element, IMSSS, "ruleConditions")
    if rule.combination != "all":
        conditions.set("conditionCombination", rule.combination)
    for condition in rule.conditions:
        _condition(conditions, "ruleCondition", condition)
    add(element, IMSSS, "ruleAction", action=rule.action)


def _condition(parent: Element, name: str, condition: Condition) -> None:
    element = add(parent, IMSSS, name)
    if condition.objective is not None:
        element.set("referencedObjective", condition.objective)
    if condition.threshold:
        element.set("measureThreshold", number(condition.threshold))
    if condition.negate:
        element.set("operator", "not")
    element.set("condition", condition.name)


def _limits(limits: Limits) -> dict[str, str]:
    written: dict[str, str] = {}
    if limits.attempt_limit is not None:
        written["attemptLimit"] = str(limits.attempt_limit)
    for field, attribute in _DURATIONS.items():
        seconds = getattr(limits, field)
        if seconds is not None:
            written[attribute] = f"PT{number(seconds)}S"
    if limits.begin is not None:
        written["beginTimeLimit"] = limits.begin
    if limits.end is not None:
        written["endTimeLimit"] = limits.end
    return written


def _rollup(parent: Element, sequencing: Sequencing) -> None:
    controls = changed(sequencing.rollup, RollupControls(), _ROLLUP)
    if not controls and not sequencing.rollup_rules:
        return
    element = add(parent, IMSSS, "rollupRules", **controls)
    for rule in sequencing.rollup_rules:
        _rollup_rule(element, rule)


def _rollup_rule(parent: Element, rule: RollupRule) -> None:
    element = add(parent, IMSSS, "rollupRule", **changed(rule, RollupRule(""), _ROLLUP_RULE))
    conditions = add(element, IMSSS, "rollupConditions")
    if rule.combination != "any":
        conditions.set("conditionCombination", rule.combination)
    for condition in rule.conditions:
        _condition(conditions, "rollupCondition", condition)
    add(element, IMSSS, "rollupAction", action=rule.action)


def _objectives(parent: Element, objectives: tuple[Objective, ...]) -> None:
    if not objectives:
        return
    element = add(parent, IMSSS, "objectives")
    if not any(one.primary for one in objectives):
        add(element, IMSSS, "primaryObjective")  # the schema asks for one before all others
    for one in sorted(objectives, key=lambda objective: not objective.primary):
        _objective(element, one)


def _objective(parent: Element, objective: Objective) -> None:
    element = add(parent, IMSSS, "primaryObjective" if objective.primary else "objective")
    if objective.satisfied_by_measure:
        element.set("satisfiedByMeasure", "true")
    if objective.identifier:
        element.set("objectiveID", objective.identifier)
    if objective.minimum_measure != 1.0:
        add(element, IMSSS, "minNormalizedMeasure", number(objective.minimum_measure))
    for one in objective.maps:
        add(
            element,
            IMSSS,
            "mapInfo",
            targetObjectiveID=one.target,
            **changed(one, ObjectiveMap(one.target), _MAP),
        )


def _objectives_4th(parent: Element, objectives: tuple[Objective, ...]) -> None:
    """CAM 4th Ed. 5.1.14: here every read is on unless it is switched off, so all is written out."""
    extended = [one for one in objectives if any(_is_extended(each) for each in one.maps)]
    if not extended:
        return
    element = add(parent, ADLSEQ, "objectives")
    for objective in extended:
        entry = add(element, ADLSEQ, "objective", objectiveID=objective.identifier)
        for one in filter(_is_extended, objective.maps):
            values = {attribute: truth(getattr(one, field)) for field, attribute in _MAP_4TH.items()}
            add(entry, ADLSEQ, "mapInfo", targetObjectiveID=one.target, **values)


def _is_extended(one: ObjectiveMap) -> bool:
    return any(getattr(one, field) for field in _MAP_4TH)
