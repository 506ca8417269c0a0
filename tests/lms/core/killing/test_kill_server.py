"""The server killed while people write: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import http.client
import itertools
import json
import random
import socket
import threading
import time
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core import audit
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.doctor import ERROR
from lms.core.doctor.database import whole
from tests.lms.core.killing import factory
from tests.lms.core.killing.processes import Process

WRITERS = 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Writers:
    """Each sends a number until it is acknowledged, then the next one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.numbers = itertools.count()
        self.acknowledged: list[int] = []
        self.unsure = 0
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self._write) for _ in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def _write(self) -> None:
        while not self.ending.is_set():
            number = next(self.numbers)
            while not self._sent(number):
                if self.ending.is_set():
                    return
                self.unsure += 1
                time.sleep(0.02)
            self.acknowledged.append(number)

    def _sent(self, number: int) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request("POST", f"/ledger/{number}", b"x" * 500, {"Host": f"localhost:{self.port}"})
            return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def until(self, more: int, seconds: float = 60) -> None:
        goal, deadline = len(self.acknowledged) + more, time.monotonic() + seconds
        while len(self.acknowledged) < goal:
            assert time.monotonic() < deadline, "the server does not come back"
            time.sleep(0.02)

    def end(self) -> None:
        self.ending.set()
        for thread in self.threads:
            thread.join()


def serve(app: Flask, port: int) -> Process:
    return Process(
        app.extensions["settings"], "-m", "gunicorn", f"{factory.__name__}:create()", f"--bind=127.0.0.1:{port}",
        "--no-control-socket", "--log-level=critical", "--worker-class=gthread", "--threads=4", "--workers=1",
        LMS_SITE=f"http://localhost:{port}",
    )  # fmt: skip


def killed(app: Flask, kills: int) -> None:
    chance = random.Random(kills)
    port = free_port()
    server = serve(app, port)
    writers = Writers(port)
    try:
        for _ in range(kills):
            writers.until(20)
            time.sleep(chance.uniform(0, 0.3))
            server.kill()
            server = serve(app, port)
        writers.until(20)
    finally:
        writers.end()
        server.kill()
    check(writers)


def check(writers: Writers) -> None:
    rows = db.session.scalars(select(AuditEntry.details).where(AuditEntry.action == "ledger"))
    found = Counter(json.loads(details)["number"] for details in rows)
    assert writers.unsure > 0, "no kill has hit a request"
    assert set(writers.acknowledged) - set(found) == set()
    assert [number for number, times in found.items() if times > 1] == []
    assert audit.first_broken() is None
    assert [finding for finding in whole(True) if finding.level == ERROR] == []


def test_a_server_killed_twice_while_people_write_loses_nothing(app: Flask) -> None:
    killed(app, 2)


@pytest.mark.soak
def test_a_server_killed_twenty_times_while_people_write_loses_nothing(app: Flask) -> None:
    killed(app, 20)
