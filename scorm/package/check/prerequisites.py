"""SCORM 1.2's prerequisites, as far as they can be judged without a learner: names and circles."""

from __future__ import annotations

import re

from scorm.package.model import Manifest
from scorm.package.report import Report

_NAME = re.compile(r"[^\s&|~*{},()=<>\"]+")
_QUOTED = re.compile(r'"[^"]*"')
_WORDS = frozenset({"passed", "completed", "browsed", "failed", "incomplete"})


def check_prerequisites(manifest: Manifest, report: Report) -> None:
    for organization in manifest.organizations:
        needs = {
            item.identifier: _names(item.prerequisites)
            for item in organization.root.walk()
            if item.prerequisites
        }
        known = {item.identifier for item in organization.root.walk()}
        for identifier, names in needs.items():
            for name in sorted(names - known):
                report.add("prerequisite-dangling", f"item {identifier}", reference=name[:80])
        for identifier in _in_circles(needs):
            report.add("prerequisite-circle", f"item {identifier}")


def _names(script: str) -> set[str]:
    """The items an AICC script speaks of; numbers and statuses are none of them."""
    words = _NAME.findall(_QUOTED.sub(" ", script))
    return {word for word in words if not word.isdigit() and word.lower() not in _WORDS}


def _in_circles(needs: dict[str, set[str]]) -> list[str]:
    """What is left when everything that can be begun has been begun, one after another."""
    waiting = {name: wanted & needs.keys() for name, wanted in needs.items()}
    needed_by: dict[str, list[str]] = {}
    for name, wanted in waiting.items():
        for one in wanted:
            needed_by.setdefault(one, []).append(name)
    free = [name for name, wanted in waiting.items() if not wanted]
    while free:
        begun = free.pop()
        del waiting[begun]
        for name in needed_by.get(begun, ()):
            waiting[name].discard(begun)
            if not waiting[name]:
                free.append(name)
    return list(waiting)
