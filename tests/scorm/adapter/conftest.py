"""The adapter is built once for all tests here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.scorm.adapter.peers import NODE

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def built() -> Path:
    """Where the freshly built adapter lies."""
    subprocess.run([NODE, "scorm/adapter/build.mjs"], cwd=ROOT, check=True, capture_output=True)
    return ROOT / "scorm" / "adapter" / "dist"
