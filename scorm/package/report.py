"""Collecting findings while a package is read."""

from __future__ import annotations

from scorm.package.codes import CODES
from scorm.package.findings import Finding

MOST_OF_A_KIND = 200  # a manifest with 50,000 dangling references has one problem, not 50,000


def finding(code: str, where: str = "", **values: str) -> Finding:
    """The finding of this code, with the level the list of codes gives it."""
    return Finding(code, CODES[code][0], where, values=values)


class Report:
    """Findings in the order they were made, each only once and not too many of one kind."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], Finding] = {}
        self._count: dict[str, int] = {}

    def add(self, code: str, where: str = "", **values: str) -> None:
        key = (code, where, repr(values))
        if key in self._found or self._count.get(code, 0) >= MOST_OF_A_KIND:
            return
        self._found[key] = finding(code, where, **values)
        self._count[code] = self._count.get(code, 0) + 1

    def extend(self, findings: list[Finding] | tuple[Finding, ...]) -> None:
        for one in findings:
            self.add(one.code, one.where, **one.values)

    @property
    def findings(self) -> list[Finding]:
        return list(self._found.values())
