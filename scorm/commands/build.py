"""python -m scorm build FOLDER OUT: zip a folder with a manifest, the same bytes every time."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from scorm.errors import PackageRefused
from scorm.package.writer import zip_folder

USAGE = "build FOLDER OUT\n"


def run(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        sys.stderr.write(USAGE)
        return 2
    target = Path(arguments[1])
    partial = target.with_name(target.name + ".part")  # outside the listing even when OUT lies in FOLDER
    try:
        with partial.open("wb") as out:
            zip_folder(Path(arguments[0]), out, leave_out=(target, partial))
        os.replace(partial, target)
    except PackageRefused as refused:
        partial.unlink(missing_ok=True)
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0
