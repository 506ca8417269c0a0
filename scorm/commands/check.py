"""python -m scorm check [--json] FILE…: the package doctor at the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from scorm.package.check import Diagnosis, examine

USAGE = "check [--json] FILE…\n"


def run(arguments: Sequence[str]) -> int:
    """1 when any package was refused, 2 when called wrongly."""
    as_json = "--json" in arguments
    files = [one for one in arguments if one != "--json"]
    if not files:
        sys.stderr.write(USAGE)
        return 2
    refused = False
    for file in files:
        diagnosis = examine(file)
        refused = refused or diagnosis.verdict == "refuse"
        sys.stdout.write((_line(diagnosis) if as_json else _page(diagnosis)) + "\n")
        sys.stdout.flush()
    return int(refused)


def _line(diagnosis: Diagnosis) -> str:
    return json.dumps(diagnosis.as_json(), ensure_ascii=True)


def _page(diagnosis: Diagnosis) -> str:
    head = f"{diagnosis.file}: {diagnosis.verdict} ({diagnosis.edition or 'no edition'})"
    lines = [
        f"  {one.level:7} {one.code}  {one.where}"
        + "".join(f"  {name}={value}" for name, value in one.values.items())
        + (f"  -> {one.remedy}" if one.remedy else "")
        for one in diagnosis.findings
    ]
    return "\n".join([head, *lines]).encode("utf-8", "backslashreplace").decode("utf-8")
