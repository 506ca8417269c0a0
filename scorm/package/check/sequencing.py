"""Sequencing that can be seen to lead nowhere, without playing it."""

from __future__ import annotations

from collections.abc import Iterator

from scorm.package.model import Item, Manifest
from scorm.package.report import Report
from scorm.sequencing.definition import Condition, Objective, Rule


def check_sequencing(manifest: Manifest, report: Report) -> None:
    if manifest.edition == "1.2":
        return
    for organization in manifest.organizations:
        for item in organization.root.walk():
            _control(item, report)
            _rules(item, report)
            _limits(item, report)
            _rollup(item, report)
        _globals(organization.root, report)


def _where(item: Item) -> str:
    return f"item {item.identifier}"


def _control(item: Item, report: Report) -> None:
    if item.leaf:
        return
    control = item.sequencing.control
    if not control.choice and not control.flow:
        report.add("children-unreachable", _where(item))
    if control.flow and not control.choice and all(_always(one, "skip") for one in item.children):
        report.add("always-skipped", _where(item))
    count = item.sequencing.selection.select_count
    if count is not None and count > len(item.children):
        report.add("select-count-too-large", _where(item), count=str(count))


def _always(item: Item, action: str) -> bool:
    return any(rule.action == action and _holds_always(rule) for rule in item.sequencing.pre)


def _holds_always(rule: Rule) -> bool:
    certain = [one.name == "always" and not one.negate for one in rule.conditions]
    return bool(certain) and (all(certain) if rule.combination == "all" else any(certain))


def _rules(item: Item, report: Report) -> None:
    sequencing = item.sequencing
    if _always(item, "disabled"):
        report.add("always-disabled", _where(item))
    if any(rule.action in ("retry", "retryAll") and _holds_always(rule) for rule in sequencing.post):
        report.add("retry-without-end", _where(item))
    known = {one.identifier for one in sequencing.objectives}
    for condition in _conditions(item):
        if condition.objective is not None and condition.objective not in known:
            report.add("rule-objective-dangling", _where(item), reference=condition.objective[:80])
        if _never(condition):
            report.add("condition-never-true", _where(item), condition=condition.name)


def _conditions(item: Item) -> Iterator[Condition]:
    sequencing = item.sequencing
    for rule in (*sequencing.pre, *sequencing.exit, *sequencing.post):
        yield from rule.conditions


def _never(condition: Condition) -> bool:
    """A measure lies between -1 and 1, and both comparisons are strict (SN 4th Ed. 3.4.3)."""
    if condition.negate:
        return False
    above = condition.name == "objectiveMeasureGreaterThan" and condition.threshold >= 1.0
    return above or (condition.name == "objectiveMeasureLessThan" and condition.threshold <= -1.0)


def _limits(item: Item, report: Report) -> None:
    if item.sequencing.limits.attempt_limit == 0:
        report.add("attempt-limit-zero", _where(item))


def _rollup(item: Item, report: Report) -> None:
    for rule in item.sequencing.rollup_rules:
        if rule.child_set == "atLeastCount" and rule.minimum_count > len(item.children):
            report.add("rollup-never-true", _where(item), count=str(rule.minimum_count))


def _globals(root: Item, report: Report) -> None:
    """Reading what nobody writes only makes sense where another package writes it."""
    written = {
        one.target for item in root.walk() for objective in item.sequencing.objectives
        for one in objective.maps if one.write_satisfied or one.write_measure
        or one.write_raw or one.write_min or one.write_max or one.write_completion or one.write_progress
    }  # fmt: skip
    for item in root.walk():
        for objective in item.sequencing.objectives:
            for target in _read_by(objective):
                if target not in written:
                    report.add("global-never-written", _where(item), objective=target[:80])


def _read_by(objective: Objective) -> Iterator[str]:
    for one in objective.maps:
        extended = one.read_raw or one.read_min or one.read_max or one.read_completion or one.read_progress
        if one.read_satisfied or one.read_measure or extended:
            yield one.target
