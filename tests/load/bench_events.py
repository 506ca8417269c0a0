"""2,000 open pages hear one event; how long a page takes meanwhile, beside how long it takes in quiet."""

from __future__ import annotations

import asyncio
import http.client
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade

from lms import create_app
from lms.core import live
from lms.core.db import edge
from lms.core.live.tickets import Office, Ticket
from lms.core.settings import load_settings
from tests.lms.core.live.test_service import free_port, until_alive

LISTENERS = 2000
EVENTS = 10
AT_ONCE = 200  # come in at the same moment; browsers that are turned away try again
CHANNEL = "lesson:all"


def main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 16384), hard))
    with tempfile.TemporaryDirectory() as folder, services(Path(folder)) as (web, events, app):
        quiet = page_times(web, 40)
        print(f"a page with nobody listening  {shown(quiet)}")
        asyncio.run(listen(web, events, app))


@contextmanager
def services(folder: Path, processes: int = 1) -> Iterator[tuple[int, int, object]]:
    web, events = free_port(), free_port()
    names = {"LMS_DATA": str(folder), "LMS_SITE": f"http://localhost:{web}",
             "LMS_LIVE_SITE": f"http://localhost:{events}", "LMS_LOG_LEVEL": "ERROR"}  # fmt: skip
    app = create_app(load_settings(names))
    with app.app_context():
        upgrade()
    started = [
        gunicorn("lms:create_app()", web, names, "--worker-class=gthread", "--threads=8", f"--workers={processes}"),
        gunicorn("lms.live_service:create_live_app()", events, names, "--worker-class=gevent",
                 "--worker-connections=4000"),
    ]  # fmt: skip
    try:
        until_alive(web)
        until_alive(events)
        yield web, events, app
    finally:
        for process in started:
            process.terminate()
            process.wait()


def gunicorn(app: str, port: int, names: dict[str, str], *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gunicorn", app, f"--bind=127.0.0.1:{port}", "--no-control-socket",
               "--log-level=error", "--graceful-timeout=1", *options]  # fmt: skip
    return subprocess.Popen(command, env={**os.environ, **names})


def page_times(port: int, times: int) -> list[float]:
    found = []
    line = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(times):
        begun = time.perf_counter()
        line.request("GET", "/sign-in", headers={"Host": f"localhost:{port}"})
        assert line.getresponse().read()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def shown(times: list[float]) -> str:
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):6.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms"


class Counted:
    """Who has heard how many events, and when the last of them heard each."""

    def __init__(self) -> None:
        self.heard = [0] * EVENTS
        self.last = [0.0] * EVENTS
        self.open = 0
        self.door = asyncio.Semaphore(AT_ONCE)

    async def hear(self, port: int, path: str) -> None:
        async with self.door:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
            await reader.readuntil(b"retry: ")
        self.open += 1
        for number in range(EVENTS):
            await reader.readuntil(b"data: ")
            self.heard[number] += 1
            self.last[number] = time.perf_counter()
        writer.close()


async def listen(web: int, port: int, app: object) -> None:
    counted = Counted()
    path = f"/live?ticket={Office(app.config['SECRET_KEY']).write(Ticket((CHANNEL,), None, 0))}"  # type: ignore[attr-defined]
    begun = time.perf_counter()
    tasks = [asyncio.create_task(counted.hear(port, path)) for _ in range(LISTENERS)]
    while counted.open < LISTENERS:
        await asyncio.sleep(0.05)
        for task in tasks:
            if task.done():
                task.result()  # shows what went wrong
    print(f"{LISTENERS} listeners joined in       {time.perf_counter() - begun:6.2f} s")
    meanwhile: list[float] = []
    pages = threading.Thread(target=lambda: meanwhile.extend(page_times(web, 100)))
    pages.start()
    times = [await one_event(counted, app, number) for number in range(EVENTS)]
    await asyncio.gather(*tasks)
    pages.join()
    print(f"one event to all of them      {statistics.median(times):6.2f} s (slowest {max(times):.2f} s)")
    print(f"a page while they listen      {shown(meanwhile)}")


async def one_event(counted: Counted, app: object, number: int) -> float:
    begun = time.perf_counter()
    with app.app_context(), edge():  # type: ignore[attr-defined]
        live.publish(CHANNEL, "said", {"number": number})
    while counted.heard[number] < LISTENERS:
        await asyncio.sleep(0.01)
    return counted.last[number] - begun


if __name__ == "__main__":
    main()
