"""However large a package is, no process that handles it grows with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parent.parent.parent.parent
MOST = 300  # megabytes, the whole process with everything it has imported


def peaks(data: Path, megabytes: int) -> tuple[int, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.lms.player.large_package", str(data), str(megabytes)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    state, own, started = done.stdout.split()
    assert state == "ready"
    return int(own), int(started)


def test_forty_megabytes_pass_in_little_memory(tmp_path: Path) -> None:
    own, started = peaks(tmp_path, 40)
    assert own < MOST and started < 256


@pytest.mark.soak
def test_four_hundred_and_eighty_megabytes_pass_in_as_little(tmp_path: Path) -> None:
    own, started = peaks(tmp_path, 480)
    assert own < MOST and started < 256
