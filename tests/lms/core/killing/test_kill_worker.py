"""A worker killed in the middle of its jobs: every job is done, and none twice to effect."""

from __future__ import annotations

import json
import random
import time
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.core import audit
from lms.core.audit import AuditEntry
from lms.core.db import db, edge
from lms.core.jobs import Job, enqueue
from lms.core.jobs.queue import queue
from tests.lms.core.killing import factory
from tests.lms.core.killing.processes import Process

MODULE = factory.__name__


def count(state: str) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.state == state)) or 0


def wait_for(state: str, number: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while count(state) < number:
        assert time.monotonic() < deadline, f"{count(state)} {state} of {number}"
        time.sleep(0.05)


def traces(action: str) -> Counter[int]:
    rows = db.session.scalars(select(AuditEntry.details).where(AuditEntry.action == action))
    return Counter(json.loads(details)["number"] for details in rows)


def killed(app: Flask, kills: int, jobs: int) -> None:
    chance = random.Random(kills)
    while queue().receive():
        pass
    with edge():
        for number in range(jobs):
            enqueue("test.trace", {"number": number, "seconds": chance.uniform(0.02, 0.2)})
    for _ in range(kills):
        worker = Process(app.extensions["settings"], "-m", MODULE)
        before = count("done")
        deadline = time.monotonic() + 60
        while not (count("running") and count("done") > before) and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.2))
        worker.kill()
    last = Process(app.extensions["settings"], "-m", MODULE)
    ours = select(func.count()).select_from(Job).where(Job.kind == "test.trace", Job.state == "done")
    deadline = time.monotonic() + 120
    while (db.session.scalar(ours) or 0) < jobs and time.monotonic() < deadline:
        db.session.rollback()
        time.sleep(0.1)
    assert last.end() == 0
    db.session.rollback()
    assert db.session.scalar(ours) == jobs
    once = Counter(range(jobs))
    assert traces("traced") == once
    assert traces("traced again") == once
    assert audit.first_broken() is None
    attempts = list(db.session.scalars(select(Job.attempts).where(Job.kind == "test.trace")))
    assert sum(attempts) > jobs, "no kill has hit a running job"


def test_a_worker_killed_twice_does_every_job_once(app: Flask) -> None:
    killed(app, 2, 12)


@pytest.mark.soak
def test_a_worker_killed_twenty_times_does_every_job_once(app: Flask) -> None:
    killed(app, 20, 160)
