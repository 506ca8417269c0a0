"""The process behind `lms jobs work`: a few threads that work and one that looks after what stands still."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from contextvars import Context

import structlog
from flask import Flask
from sqlalchemy import Engine

from lms.core.db import make_engine
from lms.core.jobs.queue import Queue
from lms.core.jobs.running import run, worker_name
from lms.core.jobs.sweeper import ask_for_daily_work, hand_back, sweep
from lms.core.settings import Settings

log = structlog.get_logger()
PAUSE = 0.25  # between two looks into an empty queue
SWEEP_SECONDS = 5.0
GRACE = 6.0  # to finish what is in hand when told to end
PATIENCE = 0.2  # how long a note about progress waits for a lock


class Worker:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.settings: Settings = app.extensions["settings"]
        self.queue: Queue = app.extensions["queue"]
        self.aside: Engine = make_engine(self.settings, PATIENCE)
        self.ending = threading.Event()

    def serve(self) -> None:
        """Until SIGTERM or SIGINT. Then what is in hand may end; the rest goes back at once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.ending.set())
        threads = [self._thread(self._work) for _ in range(self.settings.job_threads)]
        threads.append(self._thread(self._look_after))
        self.ending.wait()
        deadline = time.monotonic() + GRACE
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        if any(thread.is_alive() for thread in threads):
            with self.app.app_context():
                hand_back([worker_name()])
            os._exit(0)

    def _thread(self, loop: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=lambda: self._forever(loop), daemon=True)
        thread.start()
        return thread

    def _forever(self, step: Callable[[], None]) -> None:
        """A database that is away for a while ends no worker."""
        while not self.ending.is_set():
            try:
                Context().run(step)
            except Exception:
                log.exception("worker")
                self.ending.wait(1)

    def _work(self) -> None:
        key = self.queue.receive()
        if key:
            with self.app.app_context():
                run(key, self.aside)
        elif not self.queue.waits:
            self.ending.wait(PAUSE)

    def _look_after(self) -> None:
        with self.app.app_context():
            sweep()
            ask_for_daily_work()
        self.ending.wait(SWEEP_SECONDS)
