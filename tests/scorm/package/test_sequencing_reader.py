"""imsss:sequencing and ADL's extensions become the values the sequencing engine works on."""

import pytest

from scorm.package.values import YEAR, seconds
from scorm.sequencing.definition import (
    CompletionThreshold,
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
from tests.scorm.package.manifests import codes, first, item, manifest_2004, parsed, sequencing

pytestmark = pytest.mark.pure


def read(inside, attributes="", more=""):
    return first(manifest_2004(item(sequencing(inside, attributes)), more=more)).sequencing


def faults(inside, attributes="", more=""):
    return codes(manifest_2004(item(sequencing(inside, attributes)), more=more))


def test_nothing_written_means_the_defaults_of_the_book():
    assert first(manifest_2004()).sequencing == Sequencing()
    assert read("") == Sequencing()


def test_control_modes():
    found = read(
        '<imsss:controlMode choice="false" choiceExit="0" flow="true" forwardOnly="1"'
        ' useCurrentAttemptObjectiveInfo="false" useCurrentAttemptProgressInfo="FALSE"/>'
    )
    assert found.control == ControlModes(False, False, True, True, False, False)


def test_choice_considerations():
    found = read('<adlseq:constrainedChoiceConsiderations preventActivation="true" constrainChoice="true"/>')
    assert found.choice == ConstrainedChoice(True, True)


def test_rules_of_three_kinds():
    found = read(
        "<imsss:sequencingRules><imsss:preConditionRule>"
        '<imsss:ruleConditions conditionCombination="any">'
        '<imsss:ruleCondition condition="objectiveMeasureGreaterThan" measureThreshold=" 0.5000 "'
        ' operator="not" referencedObjective=" ob%20j "/><imsss:ruleCondition condition="always"/>'
        '</imsss:ruleConditions><imsss:ruleAction action="hiddenFromChoice"/></imsss:preConditionRule>'
        '<imsss:exitConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="SATISFIED"'
        ' operator="noOp"/></imsss:ruleConditions><imsss:ruleAction action="exit"/></imsss:exitConditionRule>'
        "<imsss:postConditionRule><imsss:ruleConditions>"
        '<imsss:ruleCondition condition="completed"/></imsss:ruleConditions>'
        '<imsss:ruleAction action="retryAll"/></imsss:postConditionRule></imsss:sequencingRules>'
    )
    measure = Condition("objectiveMeasureGreaterThan", True, "ob j", 0.5)
    assert found.pre == (Rule("hiddenFromChoice", (measure, Condition("always")), "any"),)
    assert found.exit == (Rule("exit", (Condition("satisfied"),)),)
    assert found.post == (Rule("retryAll", (Condition("completed"),)),)


@pytest.mark.parametrize(
    "rule",
    [
        '<imsss:preConditionRule><imsss:ruleAction action="skip"/></imsss:preConditionRule>',
        "<imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition='always'/>"
        "</imsss:ruleConditions></imsss:preConditionRule>",
        "<imsss:exitConditionRule><imsss:ruleConditions><imsss:ruleCondition condition='always'/>"
        '</imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:exitConditionRule>',
        "<imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition='always'/>"
        "<imsss:ruleCondition condition='sunny'/></imsss:ruleConditions>"
        '<imsss:ruleAction action="skip"/></imsss:preConditionRule>',
    ],
)
def test_a_rule_that_cannot_be_understood_whole_is_left_out(rule):
    text = manifest_2004(item(sequencing(f"<imsss:sequencingRules>{rule}</imsss:sequencingRules>")))
    found, findings = parsed(text)
    assert found.organization().root.children[0].sequencing == Sequencing()
    assert "rule-without-effect" in [one.code for one in findings]


def test_limits():
    found = read(
        '<imsss:limitConditions attemptLimit=" 3 " attemptAbsoluteDurationLimit="PT1H30M"'
        ' attemptExperiencedDurationLimit="P1DT0.5S" activityAbsoluteDurationLimit="P1Y"'
        ' activityExperiencedDurationLimit="PT0S" beginTimeLimit="2026-09-01" endTimeLimit="2027-05-25T18:00:00"/>'
    )
    assert found.limits == Limits(3, 5400, 86_400.5, YEAR, 0, "2026-09-01", "2027-05-25T18:00:00")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("P5Y6M4DT12H30M58.55S", 5 * YEAR + 6 * YEAR / 12 + 4 * 86_400 + 12 * 3600 + 30 * 60 + 58.55),
        ("PT01M", 60),
        ("P1M", YEAR / 12),
        ("PT36H", 129_600),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("1H", None),
        ("PT1H ", None),
        ("-PT1H", None),
        ("PT1.5H", None),
        ("PT" + "9" * 50 + "S", None),
        ("", None),
    ],
)
def test_durations(written, value):
    assert seconds(written) == (value if value is None else pytest.approx(value))


def test_rollup_rules_controls_and_considerations():
    found = read(
        '<imsss:rollupRules rollupObjectiveSatisfied="false" rollupProgressCompletion="false"'
        ' objectiveMeasureWeight="0.25"><imsss:rollupRule childActivitySet="atLeastPercent" minimumCount="2"'
        ' minimumPercent="0.5"><imsss:rollupConditions conditionCombination="all">'
        '<imsss:rollupCondition condition="attempted" operator="not"/></imsss:rollupConditions>'
        '<imsss:rollupAction action="notSatisfied"/></imsss:rollupRule></imsss:rollupRules>'
        '<adlseq:rollupConsiderations requiredForSatisfied="ifNotSuspended" requiredForNotSatisfied="ifAttempted"'
        ' requiredForCompleted="ifNotSkipped" requiredForIncomplete="IFATTEMPTED"'
        ' measureSatisfactionIfActive="false"/>'
    )
    assert found.rollup_rules == (
        RollupRule("notSatisfied", (Condition("attempted", True),), "all", "atLeastPercent", 2, 0.5),
    )
    assert found.rollup == RollupControls(
        False, False, 0.25, "ifNotSuspended", "ifAttempted", "ifNotSkipped", "ifAttempted", False
    )


def test_a_rollup_rule_without_more_asks_all_children_for_any_condition():
    found = read(
        "<imsss:rollupRules><imsss:rollupRule><imsss:rollupConditions>"
        '<imsss:rollupCondition condition="satisfied"/></imsss:rollupConditions>'
        '<imsss:rollupAction action="satisfied"/></imsss:rollupRule></imsss:rollupRules>'
    )
    assert found.rollup_rules == (RollupRule("satisfied", (Condition("satisfied"),), "any", "all"),)


def test_a_rollup_rule_without_conditions_is_left_out():
    rule = '<imsss:rollupRule><imsss:rollupAction action="satisfied"/></imsss:rollupRule>'
    assert faults(f"<imsss:rollupRules>{rule}</imsss:rollupRules>") == ["rule-without-effect"]


def test_objectives_with_the_primary_one_first():
    found = read(
        '<imsss:objectives><imsss:objective objectiveID="b"/>'
        '<imsss:primaryObjective objectiveID=" p " satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure> 0.6 </imsss:minNormalizedMeasure>"
        '<imsss:mapInfo targetObjectiveID=" g%201 " readSatisfiedStatus="false" readNormalizedMeasure="false"'
        ' writeSatisfiedStatus="true" writeNormalizedMeasure="true"/></imsss:primaryObjective></imsss:objectives>'
    )
    assert found.objectives == (
        Objective("p", True, True, 0.6, (ObjectiveMap("g 1", False, False, True, True),)),
        Objective("b"),
    )


def test_only_a_primary_objective_may_be_without_identifier():
    inside = (
        '<imsss:objectives><imsss:primaryObjective/><imsss:objective objectiveID="o"/></imsss:objectives>'
    )
    assert [one.identifier for one in read(inside).objectives] == ["", "o"]
    inside = "<imsss:objectives><imsss:primaryObjective/><imsss:objective/></imsss:objectives>"
    assert faults(inside) == ["objective-twice"]


def test_objectives_differ_by_case_and_not_by_spaces():
    inside = (
        '<imsss:objectives><imsss:objective objectiveID="a b"/><imsss:objective objectiveID="A b"/>'
        '<imsss:objective objectiveID=" a%20%20b "/></imsss:objectives>'
    )
    assert faults(inside) == ["objective-twice"]


ADL_MAP = (
    '<adlseq:objectives><adlseq:objective objectiveID="p"><adlseq:mapInfo targetObjectiveID="g"{}/>'
    "</adlseq:objective></adlseq:objectives>"
)
IMS_OBJECTIVE = (
    '<imsss:objectives><imsss:primaryObjective objectiveID="p">{}</imsss:primaryObjective></imsss:objectives>'
)
READS = {"read_raw": True, "read_min": True, "read_max": True, "read_completion": True, "read_progress": True}


def test_adl_maps_join_the_ims_map_of_the_same_target():
    ims = IMS_OBJECTIVE.format('<imsss:mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/>')
    adl = ADL_MAP.format(' readMinScore="false" writeRawScore="true" writeCompletionStatus="true"')
    expected = ObjectiveMap(
        "g", write_satisfied=True, **READS | {"read_min": False}, write_raw=True, write_completion=True
    )
    assert read(ims + adl).objectives[0].maps == (expected,)


def test_an_adl_map_alone_maps_only_what_adl_added():
    found = read(IMS_OBJECTIVE.format("") + ADL_MAP.format(' writeMaxScore="1" writeProgressMeasure="1"'))
    assert found.objectives[0].maps == (
        ObjectiveMap(
            "g", read_satisfied=False, read_measure=False, **READS, write_max=True, write_progress=True
        ),
    )


def test_an_ims_map_alone_maps_nothing_adl_added():
    found = read(IMS_OBJECTIVE.format('<imsss:mapInfo targetObjectiveID="g"/>'))
    assert found.objectives[0].maps == (ObjectiveMap("g"),)


def test_an_adl_objective_that_extends_nothing_is_told():
    assert faults(ADL_MAP.format("")) == ["objective-extension-dangling"]


def test_selection_and_randomization():
    found = read(
        '<imsss:randomizationControls randomizationTiming="onEachNewAttempt" selectCount="2"'
        ' reorderChildren="true" selectionTiming="once"/>'
    )
    assert found.selection == Selection("once", 2, "onEachNewAttempt", True)


def test_delivery_controls():
    found = read(
        '<imsss:deliveryControls tracked="false" completionSetByContent="true" objectiveSetByContent="true"/>'
    )
    assert found.delivery == Delivery(False, True, True)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<adlcp:completionThreshold/>", CompletionThreshold()),
        ("<adlcp:completionThreshold> 0.75 </adlcp:completionThreshold>", CompletionThreshold(True, 0.75)),
        (
            '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.8" progressWeight="0.5"/>',
            CompletionThreshold(True, 0.8, 0.5),
        ),
    ],
)
def test_the_completion_threshold_of_both_editions(written, expected):
    assert first(manifest_2004(item(written))).sequencing.completion == expected


def test_organizations_have_sequencing_too():
    found, _ = parsed(manifest_2004(item() + sequencing('<imsss:controlMode flow="true"/>')))
    assert found.organization().root.sequencing.control.flow


SHARED = (
    '<imsss:sequencingCollection><imsss:sequencing ID=" S ">'
    '<imsss:controlMode flow="true" choice="false"/><imsss:deliveryControls tracked="false"/>'
    '<imsss:objectives><imsss:primaryObjective objectiveID="p"/></imsss:objectives>'
    '<adlseq:objectives><adlseq:objective objectiveID="p"><adlseq:mapInfo targetObjectiveID="g"/>'
    "</adlseq:objective></adlseq:objectives></imsss:sequencing></imsss:sequencingCollection>"
)


def test_a_shared_sequencing_is_taken_over():
    found = read("", ' IDRef="S"', SHARED)
    assert found.control == ControlModes(flow=True, choice=False)
    assert not found.delivery.tracked
    assert found.objectives[0].maps[0].target == "g"


def test_what_is_written_at_the_item_replaces_the_shared_element_whole():
    found = read('<imsss:controlMode forwardOnly="true"/>', ' IDRef=" S "', SHARED)
    assert found.control == ControlModes(forward_only=True)
    assert not found.delivery.tracked


def test_local_objectives_leave_the_shared_adl_maps_in_force():
    local = '<imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true"/></imsss:objectives>'
    (objective,) = read(local, ' IDRef="S"', SHARED).objectives
    assert objective.satisfied_by_measure
    assert objective.maps[0].target == "g"


def test_a_shared_sequencing_that_is_not_there_is_told():
    assert faults("", ' IDRef="T"', SHARED) == ["sequencing-reference-dangling"]


@pytest.mark.parametrize(
    "inside",
    [
        '<imsss:controlMode flow="perhaps"/>',
        '<imsss:limitConditions attemptLimit="-1"/>',
        '<imsss:limitConditions attemptLimit="99999999999999999999"/>',
        '<imsss:limitConditions attemptAbsoluteDurationLimit="1 hour"/>',
        '<imsss:rollupRules objectiveMeasureWeight="2"/>',
        '<imsss:rollupRules objectiveMeasureWeight="nan"/>',
        '<imsss:randomizationControls selectionTiming="sometimes"/>',
        "<imsss:objectives><imsss:primaryObjective><imsss:minNormalizedMeasure>1e9</imsss:minNormalizedMeasure>"
        "</imsss:primaryObjective></imsss:objectives>",
    ],
)
def test_a_value_of_the_wrong_type_is_told_and_the_default_holds(inside):
    found, findings = parsed(manifest_2004(item(sequencing(inside))))
    assert [one.code for one in findings] == ["value-not-understood"]
    assert found.organization().root.children[0].sequencing.limits == Limits()
    assert found.organization().root.children[0].sequencing.rollup == RollupControls()


def test_a_threshold_of_the_wrong_type_is_told():
    inside = "<adlcp:completionThreshold>most</adlcp:completionThreshold>"
    assert codes(manifest_2004(item(inside))) == ["value-not-understood"]
