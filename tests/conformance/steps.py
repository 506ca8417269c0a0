"""Conformance steps as data: what a SCO calls and what it must be answered, named by clause.

A file in datamodel/ is a list of cases: `clause`, `version` ("1.2" or "2004"), `launch` (what the system has put into the
data model: `values`, `live` answers, narrower `access`), `commands` in order, the first of them usually Initialize:
{"method", "element" or "arg", "value", "expected", "error"}; `error` is what GetLastError says afterwards. A text
{"char": c, "times": n} is that character so many times. The browser's half replays the same files.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("LMS_SHARED") or HERE.parents[2] / "shared") / "conformance"


def text(value: Any) -> str:
    return value["char"] * value["times"] if isinstance(value, dict) else str(value)


def own_cases() -> list[dict[str, Any]]:
    files = sorted((HERE / "datamodel").glob("*.json"))
    return [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))]


def shared(pattern: str) -> list[Path]:
    """Files of the conformance material, none where it is absent."""
    return sorted(SHARED.glob(pattern))
