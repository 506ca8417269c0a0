"""The event service as it runs: gunicorn with gevent, spoken to over real sockets."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from lms.core import live
from lms.core.db import edge
from lms.core.live.tickets import Office, Ticket
from lms.core.settings import Settings

ROOT = Path(__file__).resolve().parents[4]
SITE = "http://localhost:8000"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def port(test_settings: Settings, _migrated: Flask) -> Iterator[int]:
    port = free_port()
    environment = {
        **os.environ, "LMS_DATA": test_settings.data, "LMS_DATABASE_URL": test_settings.database_url,
        "LMS_REDIS_URL": test_settings.redis_url, "LMS_SECRET_KEY": test_settings.secret_key,
        "LMS_SITE": SITE, "LMS_LIVE_SITE": f"http://localhost:{port}",
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "lms.live_service:create_live_app()",
               f"--bind=127.0.0.1:{port}", "--no-control-socket", "--log-level=error",
               "--worker-class=gevent", "--graceful-timeout=1"]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        until_alive(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def until_alive(port: int) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


class Line:
    """One open connection, read line by line."""

    def __init__(self, port: int, path: str, **headers: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 15)
        sent = {
            "Host": f"localhost:{port}",
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        self.socket.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
        self.file = self.socket.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        self.headers = dict(self._headers())

    def _headers(self) -> Iterator[tuple[str, str]]:
        while line := self.file.readline().decode().strip():
            name, _, value = line.partition(": ")
            yield name, value

    def until(self, start: str) -> str:
        while True:
            line = self.file.readline()
            assert line, "the line was cut"
            if line.decode().startswith(start):
                return line.decode().strip()

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.socket.close()


def path(*channels: str, after: int = 0) -> str:
    return f"/live?ticket={Office('only for tests').write(Ticket(channels, None, after))}"


def said(channel: str, word: str) -> None:
    with edge():
        live.publish(channel, "said", {"word": word})


def test_an_event_reaches_an_open_page_at_once_and_again_after_a_gap(app: Flask, port: int) -> None:
    with Line(port, path("lesson:1"), Origin=SITE) as page:
        assert page.status == 200
        assert page.headers["Content-Type"].startswith("text/event-stream")
        assert page.headers["X-Accel-Buffering"] == "no"
        assert page.headers["Access-Control-Allow-Origin"] == SITE
        page.until("retry:")
        begun = time.monotonic()
        said("lesson:1", "бір")
        number = page.until("id:").removeprefix("id: ")
        assert "бір" in page.until("data:")
        assert time.monotonic() - begun < 2
    said("lesson:1", "екі")
    said("lesson:2", "not ours")
    said("lesson:1", "үш")
    with Line(port, path("lesson:1"), Last_Event_ID=number) as page:
        assert ["екі" in page.until("data:"), "үш" in page.until("data:")] == [True, True]


@pytest.mark.parametrize(
    ("where", "headers", "status"),
    [("/live", {}, 403), ("/live?ticket=forged", {}, 403), ("/", {}, 404), ("/sign-in", {}, 404),
     ("ticket", {"Origin": "http://content.localhost:8000"}, 403), ("ticket", {"Origin": "null"}, 403),
     ("ticket", {"Host": "evil.example"}, 421)],
)  # fmt: skip
def test_strangers_are_turned_away(
    app: Flask, port: int, where: str, headers: dict[str, str], status: int
) -> None:
    with Line(port, path("lesson:1") if where == "ticket" else where, **headers) as page:
        assert page.status == status


def test_a_ticket_of_an_ended_sign_in_is_worth_nothing(app: Flask, port: int) -> None:
    nobody = Ticket(("lesson:1",), uuid4(), 0)
    with Line(port, f"/live?ticket={Office('only for tests').write(nobody)}") as page:
        assert page.status == 403


def test_two_hundred_hear_one_event(app: Flask, port: int) -> None:
    pages = [Line(port, path("lesson:all")) for _ in range(200)]
    for page in pages:
        page.until("retry:")
    begun = time.monotonic()
    said("lesson:all", "бәріне")
    assert all("бәріне" in page.until("data:") for page in pages)
    assert time.monotonic() - begun < 5
    for page in pages:
        page.__exit__()
