"""`lms run` as a school starts it, weighed and killed: every process that belongs to it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.lms.core.killing.test_kill_server import free_port

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def served(names: dict[str, str]) -> Iterator[Household]:
    """`lms run` as a school starts it: pages, live events and the worker, in a session of their own."""
    command = [sys.executable, "-m", "lms", "run"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": names["LMS_DATA"], **names}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    )
    family = Household(process)
    try:
        yield family
    finally:
        family.is_killed()


class Household(threading.Thread):
    """All processes of one session, looked at ten times a second: even one that lives briefly is weighed."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self.process, self.peaks, self.over = process, dict[int, int](), threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.wait(0.1):
            for one in self.members():
                try:
                    text = Path(f"/proc/{one}/status").read_text()
                except OSError:
                    continue  # it has ended meanwhile
                if found := re.search(r"VmHWM:\s+(\d+)", text):
                    self.peaks[one] = int(found[1])

    def members(self) -> list[int]:
        """Those of the session, and what they have started in sessions of its own: the inspection."""
        parents = dict(filter(None, map(_parent_and_session, filter(str.isdigit, os.listdir("/proc")))))
        ours = {one for one, (_parent, session) in parents.items() if session == self.process.pid}
        return [one for one, (parent, _session) in parents.items() if one in ours or parent in ours]

    def is_killed(self) -> None:
        """Every one of them in the same moment, whatever it is writing."""
        self.over.set()
        self.join()
        while left := self.members():
            for one in left:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            self.process.poll()
            time.sleep(0.05)
        self.process.wait()


def _parent_and_session(number: str) -> tuple[int, tuple[int, int]] | None:
    try:
        _name, _, rest = Path(f"/proc/{number}/stat").read_text().rpartition(")")
    except OSError:
        return None  # it has ended meanwhile
    state, parent, _group, session = rest.split()[:4]
    return (int(number), (int(parent), int(session))) if state != "Z" else None


def two_free_ports() -> int:
    """Pages take the one, live events the next."""
    while True:
        port = free_port()
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port + 1))
            return port
