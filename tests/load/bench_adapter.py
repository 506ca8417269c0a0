"""The browser's half in Node: how many calls a second, and what it weighs."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

from tests.scorm.adapter.peers import NODE

ROOT = Path(__file__).parents[2]


def main() -> None:
    subprocess.run([NODE, "scorm/adapter/build.mjs"], cwd=ROOT, check=True)
    subprocess.run([NODE, "tests/load/bench_adapter.mjs"], cwd=ROOT, check=True)
    weight = len(gzip.compress((ROOT / "scorm/adapter/dist/adapter.js").read_bytes(), 9))
    print(f"both versions with their tables: {weight:,} bytes gzipped")
