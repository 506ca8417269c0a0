"""However large a file is, little of it is in memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
MEGABYTE = 1024 * 1024
MEMORY = r"""
import io, re, sys
from lms import create_app
from lms.core import storage
from lms.core.db import Base, db, edge
from lms.core.settings import load_settings

class Zeros(io.RawIOBase):
    left = int(sys.argv[3])
    def read(self, size=-1, /):
        size = min(size, self.left)
        self.left -= size
        return bytes(size)

def peak():
    return int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])

app = create_app(load_settings({}, data=sys.argv[1], sqlite_synchronous="OFF", log_level="ERROR", **eval(sys.argv[2])))
with app.app_context():
    Base.metadata.create_all(db.engine)
    storage.store().size("0" * 64)
    open("/proc/self/clear_refs", "w").write("5")  # the highest mark starts anew
    before = peak()
    with edge():
        blob = storage.keep(Zeros(), "video/mp4")
    with app.test_request_context(base_url="http://localhost:8000"):
        answer = storage.send(blob.digest, "lesson.mp4")
        sent = sum(len(piece) for piece in answer.iter_encoded())
        answer.close()
    print(sent, peak() - before)
"""


def _grown(data: Path, size: int, more: dict[str, str]) -> tuple[int, int]:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(data), repr(more), str(size)],
        capture_output=True,
        text=True,
        check=True,
    )
    sent, kilobytes = done.stdout.split()
    return int(sent), int(kilobytes)


def test_two_hundred_megabytes_pass_through_a_folder_in_little_memory(tmp_path: Path) -> None:
    sent, kilobytes = _grown(tmp_path, 200 * MEGABYTE, {})
    assert sent == 200 * MEGABYTE
    assert kilobytes < 16_000


def test_a_large_file_passes_through_s3_in_little_memory(tmp_path: Path, s3: str) -> None:
    sent, kilobytes = _grown(tmp_path, 32 * MEGABYTE, {"storage_url": "s3://files/large", "s3_endpoint": s3})
    assert sent == 32 * MEGABYTE
    assert kilobytes < 30_000
