"""Runs every bench, or those named: python -m tests.load scorm events"""

from __future__ import annotations

import importlib
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> None:
    names = sorted(file.stem for file in HERE.glob("bench_*.py"))
    print(
        f"{datetime.now(UTC):%Y-%m-%d} · Python {platform.python_version()} · {os.cpu_count()} cores · {platform.machine()}"
    )
    for name in names:
        if not wanted or name.removeprefix("bench_") in wanted:
            print(f"\n── {name.removeprefix('bench_')} ──", flush=True)
            importlib.import_module(f"tests.load.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
