"""Small trees and steps written as JSON, for conformance steps named by clause.

An activity: {"id", "children", "control", "constrain", "pre", "exit", "post", "limits", "rollup", "rollup_rules",
"objectives", "selection", "delivery", "completion", "visible", "hide"}; clusters flow unless they say otherwise.
A rule: [action, condition, …], with "any" among the conditions where one is enough. A condition: "satisfied",
"not completed", "o1 satisfied", "objectiveMeasureLessThan 0.5". A rollup rule: [action, child set, condition, …].
"""

from __future__ import annotations

from typing import Any

from scorm.package.model import Item, Organization
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

PARTS: dict[str, Any] = {
    "limits": Limits, "rollup": RollupControls, "selection": Selection, "delivery": Delivery,
    "completion": CompletionThreshold,
}  # fmt: skip


def organization(outline: dict[str, Any], **whole: Any) -> Organization:
    return Organization(item(outline), **whole)


def item(outline: dict[str, Any]) -> Item:
    children = tuple(item(child) for child in outline.get("children", ()))
    return Item(
        outline["id"],
        outline.get("title", outline["id"].upper()),
        children,
        visible=outline.get("visible", True),
        hide=tuple(outline.get("hide", ())),
        sequencing=_sequencing(outline, bool(children)),
    )


def _sequencing(outline: dict[str, Any], cluster: bool) -> Sequencing:
    parts = {name: kind(**outline[name]) for name, kind in PARTS.items() if name in outline}
    return Sequencing(
        control=ControlModes(**{"flow": cluster, **outline.get("control", {})}),
        choice=ConstrainedChoice(**outline.get("constrain", {})),
        pre=tuple(_rule(rule) for rule in outline.get("pre", ())),
        exit=tuple(_rule(rule) for rule in outline.get("exit", ())),
        post=tuple(_rule(rule) for rule in outline.get("post", ())),
        rollup_rules=tuple(_rollup_rule(rule) for rule in outline.get("rollup_rules", ())),
        objectives=tuple(_objective(one) for one in outline.get("objectives", ())),
        **parts,
    )


def _rule(rule: list[str]) -> Rule:
    action, *conditions = rule
    combination = "any" if "any" in conditions else "all"
    return Rule(action, tuple(_condition(one) for one in conditions if one != "any"), combination)


def _rollup_rule(rule: list[str]) -> RollupRule:
    action, chosen, *conditions = rule
    kind, _, amount = chosen.partition(" ")
    return RollupRule(
        action,
        tuple(_condition(one) for one in conditions if one != "every"),
        "all" if "every" in conditions else "any",
        kind,
        int(amount) if kind == "atLeastCount" else 0,
        float(amount) if kind == "atLeastPercent" else 0.0,
    )


def _condition(text: str) -> Condition:
    words = text.split()
    negate = words[0] == "not"
    words = words[negate:]
    threshold = float(words.pop()) if words[-1].lstrip("-").replace(".", "").isdigit() else 0.0
    return Condition(words[-1], negate, words[0] if len(words) > 1 else None, threshold)


def _objective(outline: dict[str, Any]) -> Objective:
    maps = tuple(ObjectiveMap(**one) for one in outline.get("maps", ()))
    return Objective(**{**outline, "maps": maps})
