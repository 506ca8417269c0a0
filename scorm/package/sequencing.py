"""imsss:sequencing of an item, with ADL's extensions, to the values the sequencing engine works on (CAM 4th Ed. 5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scorm.package import limits as bounds
from scorm.package.objectives import read_objectives, reference
from scorm.package.report import Report
from scorm.package.values import Attributes, number
from scorm.package.xml import Document, Element, attribute, child, children, local, namespace, text
from scorm.sequencing.definition import (
    CompletionThreshold,
    Condition,
    ConstrainedChoice,
    ControlModes,
    Delivery,
    Limits,
    RollupControls,
    RollupRule,
    Rule,
    Selection,
    Sequencing,
)

_ROLLUP_CONDITIONS = (
    "satisfied",
    "objectiveStatusKnown",
    "objectiveMeasureKnown",
    "completed",
    "activityProgressKnown",
    "attempted",
    "attemptLimitExceeded",
    "timeLimitExceeded",
    "outsideAvailableTimeRange",
)
_CONDITIONS = (*_ROLLUP_CONDITIONS, "objectiveMeasureGreaterThan", "objectiveMeasureLessThan", "always")
_ACTIONS = {
    "preConditionRule": ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"),
    "exitConditionRule": ("exit",),
    "postConditionRule": ("exitParent", "exitAll", "retry", "retryAll", "continue", "previous"),
}
_ROLLUP_ACTIONS = ("satisfied", "notSatisfied", "completed", "incomplete")
_CHILD_SETS = ("all", "any", "none", "atLeastCount", "atLeastPercent")
_TIMINGS = ("never", "once", "onEachNewAttempt")
_REQUIRED = ("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended")
_NO_LIMIT = 1e15


class Collection:
    """imsss:sequencingCollection: what an IDRef may name."""

    def __init__(self, manifest: Element, limits: bounds.Limits = bounds.DEFAULT) -> None:
        self._named: dict[str, Element] = {}
        self._budget = bounds.Budget("sequencing-too-large", limits.sequencing_elements)
        self._sizes: dict[str, int] = {}
        for collection in children(manifest, "sequencingCollection"):
            for sequencing in children(collection, "sequencing"):
                self._named.setdefault(attribute(sequencing, "ID") or "", sequencing)

    def parts(self, sequencing: Element, document: Document, report: Report) -> dict[str, Element]:
        """The elements that hold: one written here takes the place of the collection's of the same name."""
        name = attribute(sequencing, "IDRef")
        shared = self._named.get(name) if name else None
        if name and shared is None:
            report.add("sequencing-reference-dangling", document.where(sequencing), reference=name)
        if not name or shared is None:
            return _by_name(sequencing)
        if name not in self._sizes:
            self._sizes[name] = sum(1 for _ in shared.iter())
        self._budget.spend(self._sizes[name], document.where(sequencing))
        return _by_name(shared) | _by_name(sequencing)


def _by_name(sequencing: Element) -> dict[str, Element]:
    """Local names tell the elements apart, but for `objectives`, which IMS and ADL both have."""
    named: dict[str, Element] = {}
    for one in sequencing:
        ours = "adlseq" in namespace(one.tag) and local(one.tag) == "objectives"
        named.setdefault("adl:objectives" if ours else local(one.tag), one)
    return named


def _written(conditions: Element | None) -> int:
    """How many conditions there are. Without the one that cannot be read, a rule would mean something else."""
    return 0 if conditions is None else len(conditions)


@dataclass(frozen=True)
class Reader:
    """Reads the sequencing of one activity after another; the document and the report are the same for all."""

    document: Document
    collection: Collection
    report: Report

    def read(self, owner: Element) -> Sequencing:
        """What <item> or <organization> says; defaults where it says nothing."""
        element = child(owner, "sequencing")
        completion = self._completion(child(owner, "completionThreshold"))
        if element is None:
            return Sequencing(completion=completion)
        parts = self.collection.parts(element, self.document, self.report)
        rules = parts.get("sequencingrules")
        return Sequencing(
            control=self._control(self._of(parts.get("controlmode"))),
            choice=self._choice(self._of(parts.get("constrainedchoiceconsiderations"))),
            pre=self._rules(rules, "preConditionRule"),
            exit=self._rules(rules, "exitConditionRule"),
            post=self._rules(rules, "postConditionRule"),
            limits=self._limits(self._of(parts.get("limitconditions"))),
            rollup_rules=tuple(self._rollup_rules(parts.get("rolluprules"))),
            rollup=self._rollup(parts.get("rolluprules"), parts.get("rollupconsiderations")),
            objectives=read_objectives(
                parts.get("objectives"), parts.get("adl:objectives"), self.document, self.report
            ),
            selection=self._selection(self._of(parts.get("randomizationcontrols"))),
            delivery=self._delivery(self._of(parts.get("deliverycontrols"))),
            completion=completion,
        )

    def _of(self, element: Element | None) -> Attributes:
        return Attributes(element, self.document, self.report)

    def _control(self, mode: Attributes) -> ControlModes:
        return ControlModes(
            choice=mode.flag("choice", True),
            choice_exit=mode.flag("choiceExit", True),
            flow=mode.flag("flow", False),
            forward_only=mode.flag("forwardOnly", False),
            use_current_attempt_objective_info=mode.flag("useCurrentAttemptObjectiveInfo", True),
            use_current_attempt_progress_info=mode.flag("useCurrentAttemptProgressInfo", True),
        )

    def _choice(self, considerations: Attributes) -> ConstrainedChoice:
        return ConstrainedChoice(
            prevent_activation=considerations.flag("preventActivation", False),
            constrain_choice=considerations.flag("constrainChoice", False),
        )

    def _rules(self, rules: Element | None, kind: str) -> tuple[Rule, ...]:
        if rules is None:
            return ()
        found = (self._rule(rule, _ACTIONS[kind]) for rule in children(rules, kind))
        return tuple(rule for rule in found if rule is not None)

    def _rule(self, rule: Element, actions: tuple[str, ...]) -> Rule | None:
        action = self._of(child(rule, "ruleAction")).word("action", actions, "")
        conditions = child(rule, "ruleConditions")
        listed = tuple(self._conditions(conditions, "ruleCondition", _CONDITIONS))
        if not action or not listed or len(listed) < _written(conditions):
            self.report.add("rule-without-effect", self.document.where(rule))
            return None
        combination = self._of(conditions).word("conditionCombination", ("all", "any"), "all")
        return Rule(action, listed, combination)

    def _conditions(
        self, conditions: Element | None, name: str, words: tuple[str, ...]
    ) -> Iterator[Condition]:
        for one in () if conditions is None else children(conditions, name):
            values = self._of(one)
            condition = values.word("condition", words, "")
            if condition:
                yield Condition(
                    condition,
                    negate=values.word("operator", ("not", "noOp"), "noOp") == "not",
                    objective=reference(values.text("referencedObjective")) or None,
                    threshold=values.number("measureThreshold", 0.0, -1.0, 1.0),
                )

    def _limits(self, limits: Attributes) -> Limits:
        return Limits(
            attempt_limit=limits.count("attemptLimit"),
            attempt_absolute_duration=limits.seconds("attemptAbsoluteDurationLimit"),
            attempt_experienced_duration=limits.seconds("attemptExperiencedDurationLimit"),
            activity_absolute_duration=limits.seconds("activityAbsoluteDurationLimit"),
            activity_experienced_duration=limits.seconds("activityExperiencedDurationLimit"),
            begin=limits.text("beginTimeLimit") or None,
            end=limits.text("endTimeLimit") or None,
        )

    def _rollup_rules(self, rules: Element | None) -> Iterator[RollupRule]:
        for rule in () if rules is None else children(rules, "rollupRule"):
            conditions = child(rule, "rollupConditions")
            listed = tuple(self._conditions(conditions, "rollupCondition", _ROLLUP_CONDITIONS))
            action = self._of(child(rule, "rollupAction")).word("action", _ROLLUP_ACTIONS, "")
            if not action or not listed or len(listed) < _written(conditions):
                self.report.add("rule-without-effect", self.document.where(rule))
                continue
            values = self._of(rule)
            yield RollupRule(
                action,
                listed,
                combination=self._of(conditions).word("conditionCombination", ("all", "any"), "any"),
                child_set=values.word("childActivitySet", _CHILD_SETS, "all"),
                minimum_count=values.count("minimumCount") or 0,
                minimum_percent=values.number("minimumPercent", 0.0, 0.0, 1.0),
            )

    def _rollup(self, rules: Element | None, considerations: Element | None) -> RollupControls:
        values, adl = self._of(rules), self._of(considerations)
        return RollupControls(
            satisfied=values.flag("rollupObjectiveSatisfied", True),
            completion=values.flag("rollupProgressCompletion", True),
            weight=values.number("objectiveMeasureWeight", 1.0, 0.0, 1.0),
            required_for_satisfied=adl.word("requiredForSatisfied", _REQUIRED, "always"),
            required_for_not_satisfied=adl.word("requiredForNotSatisfied", _REQUIRED, "always"),
            required_for_completed=adl.word("requiredForCompleted", _REQUIRED, "always"),
            required_for_incomplete=adl.word("requiredForIncomplete", _REQUIRED, "always"),
            measure_satisfaction_if_active=adl.flag("measureSatisfactionIfActive", True),
        )

    def _selection(self, controls: Attributes) -> Selection:
        return Selection(
            selection_timing=controls.word("selectionTiming", _TIMINGS, "never"),
            select_count=controls.count("selectCount"),
            randomization_timing=controls.word("randomizationTiming", _TIMINGS, "never"),
            reorder_children=controls.flag("reorderChildren", False),
        )

    def _delivery(self, controls: Attributes) -> Delivery:
        return Delivery(
            tracked=controls.flag("tracked", True),
            completion_set_by_content=controls.flag("completionSetByContent", False),
            objective_set_by_content=controls.flag("objectiveSetByContent", False),
        )

    def _completion(self, element: Element | None) -> CompletionThreshold:
        """CAM 4th Ed. 3.4.1.13: attributes; the 3rd edition wrote the minimum as the element's text."""
        if element is None:
            return CompletionThreshold()
        values, written = self._of(element), text(element)
        if written:
            minimum = number(written, 0.0, 1.0)
            if minimum is None:
                self.report.add("value-not-understood", self.document.where(element), value=written[:80])
                return CompletionThreshold()
            return CompletionThreshold(by_measure=True, minimum=minimum)
        return CompletionThreshold(
            by_measure=values.flag("completedByMeasure", False),
            minimum=values.number("minProgressMeasure", 1.0, 0.0, 1.0),
            weight=values.number("progressWeight", 1.0, 0.0, 1.0),
        )
