"""What the doctor says in the end: a verdict, and the findings it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from scorm.package.check.remedies import REMEDIES, REPAIRABLE
from scorm.package.findings import Finding
from scorm.package.model import Manifest

Verdict = Literal["accept", "accept-with-changes", "refuse"]


@dataclass(frozen=True)
class Diagnosis:
    """`manifest` is None where the package could not be opened or read."""

    file: str
    findings: tuple[Finding, ...]
    manifest: Manifest | None = None

    @property
    def verdict(self) -> Verdict:
        if self.manifest is None or any(one.level == "error" for one in self.findings):
            return "refuse"
        changed = any(one.code in REPAIRABLE for one in self.findings)
        return "accept-with-changes" if changed else "accept"

    @property
    def edition(self) -> str | None:
        return self.manifest.edition if self.manifest else None

    def as_json(self) -> dict[str, Any]:
        """The line `check --json` prints."""
        return {
            "file": self.file,
            "verdict": self.verdict,
            "edition": self.edition,
            "findings": [{"code": one.code, "level": one.level, "where": one.where} for one in self.findings],
        }


def with_remedies(findings: list[Finding]) -> tuple[Finding, ...]:
    """Each finding with what to do about it, the gravest first and otherwise in the order they were made."""
    grave = {"error": 0, "warning": 1, "note": 2}
    known = [one if one.remedy else replace(one, remedy=REMEDIES.get(one.code, "")) for one in findings]
    return tuple(sorted(known, key=lambda one: grave[one.level]))
