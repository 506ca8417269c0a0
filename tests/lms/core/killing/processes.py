"""Starting real processes on the database of the test, and ending them without a word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from lms.core.settings import Settings

ROOT = Path(__file__).resolve().parents[4]


class Process:
    """A process group of our own: SIGKILL takes the master and its children at the same moment."""

    def __init__(self, settings: Settings, *command: str, **more: str) -> None:
        environment = {
            **os.environ, "LMS_DATA": settings.data, "LMS_DATABASE_URL": settings.database_url,
            "LMS_REDIS_URL": settings.redis_url, "LMS_SECRET_KEY": settings.secret_key,
            "LMS_SQLITE_SYNCHRONOUS": "FULL", "LMS_LOG_LEVEL": "ERROR", **more,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, start_new_session=True
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(30)
