"""The conformance material, where it is present: ../shared/conformance, or what LMS_SHARED points at."""

from __future__ import annotations

import json
import os
from pathlib import Path

SHARED = Path(os.environ.get("LMS_SHARED", Path(__file__).parents[3].parent / "shared"))


def adl_manifests() -> list[Path]:
    return sorted((SHARED / "conformance/adl2004/manifests").glob("*.xml"))


def adl_case(identifier: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = json.loads(
        (SHARED / f"conformance/adl2004/cases/{identifier}.json").read_text("utf-8")
    )
    return found


def fuzz_manifests() -> list[tuple[str, bytes]]:
    sample = SHARED / "conformance/fuzz_sample.jsonl"
    lines = sample.read_text("utf-8").splitlines() if sample.exists() else []
    trees = [json.loads(line) for line in lines]
    return [(tree["id"], tree["manifest"].encode()) for tree in trees]
