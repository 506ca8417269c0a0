"""python -m scorm repair IN OUT: write a package anew with everything put right that needs no guessing."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from scorm.errors import PackageRefused
from scorm.package.repair import repair

USAGE = "repair IN OUT\n"


def run(arguments: Sequence[str]) -> int:
    """1 when the package is beyond repair; then nothing is written."""
    if len(arguments) != 2:
        sys.stderr.write(USAGE)
        return 2
    target = Path(arguments[1])
    partial = target.with_name(target.name + ".part")  # never half a package under the name asked for
    try:
        with partial.open("wb") as out:
            changes = repair(arguments[0], out)
        os.replace(partial, target)
    except PackageRefused as refused:
        partial.unlink(missing_ok=True)
        sys.stderr.write(f"{refused}\n")
        return 1
    for change in changes:
        sys.stdout.write(f"{change.code}  {change.where}\n")
    return 0
