"""What a handler holds in its hands: the payload, and ways to say how far it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from sqlalchemy import Engine, Update, update
from sqlalchemy.exc import OperationalError

from lms.core import clock
from lms.core.db import begin_writing, commit, db
from lms.core.jobs.models import RUNNING, Job

log = structlog.get_logger()
BEAT_SECONDS = 5.0


class GiveUp(Exception):
    """Trying again would not help; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LeaseLost(Exception):
    """This worker was taken for dead and somebody else has the job: nothing of ours may be kept."""


class Work:
    """One attempt at a job. `aside` is an engine for notes that are kept whatever becomes of the attempt."""

    def __init__(self, row: Job, aside: Engine) -> None:
        self.id, self.kind, self.payload = row.id, row.kind, row.payload
        self.attempt, self.checkpoint = row.attempts, row.checkpoint
        self.asked_by, self.place_path, self.language = row.asked_by, row.place_path, row.language
        self.failures, self.max_failures = row.failures, row.max_failures
        self._aside, self._lost, self._ended = aside, threading.Event(), threading.Event()

    def progress(self, done: int, total: int) -> None:
        """Seen at once. Skipped while this or another writer holds the lock: the next one will be seen."""
        self._note(done=done, total=total)
        if self._lost.is_set():
            raise LeaseLost

    def effects(self) -> None:
        """Called before the first change that depends on something read: from here on nobody else writes."""
        begin_writing()

    def keep(self, checkpoint: dict[str, Any]) -> None:
        """Keep what was done so far, and where to go on: a next attempt finds it in `checkpoint`."""
        self._end_transaction(checkpoint=checkpoint, heartbeat_at=clock.now())
        self.checkpoint = checkpoint

    def finish(self, **values: Any) -> None:
        self._end_transaction(finished_at=clock.now(), worker="", **values)

    def mine(self) -> Update:
        return update(Job).where(Job.id == self.id, Job.attempts == self.attempt, Job.state == RUNNING)

    def _end_transaction(self, **values: Any) -> None:
        begin_writing()
        statement = self.mine().values(**values).execution_options(synchronize_session=False)
        if db.session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
            raise LeaseLost
        commit()

    @contextmanager
    def beating(self) -> Iterator[None]:
        thread = threading.Thread(target=self._beat, name=f"heart of {self.id}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(BEAT_SECONDS):
            self._note(heartbeat_at=clock.now())

    def _note(self, **values: Any) -> None:
        try:
            with self._aside.begin() as connection:
                if connection.execute(self.mine().values(**values)).rowcount != 1:
                    self._lost.set()
        except OperationalError:
            log.debug("note skipped", job=str(self.id))
