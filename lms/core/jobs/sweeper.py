"""Jobs that stand still: their worker is gone, or their id never reached one."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, or_, select, update

from lms.core import clock
from lms.core.db import db, edge
from lms.core.jobs.asking import enqueue
from lms.core.jobs.models import FAILED, RUNNING, WAITING, Job
from lms.core.jobs.queue import queue
from lms.core.jobs.registry import KINDS
from lms.core.jobs.running import worker_name

log = structlog.get_logger()
STALE = timedelta(seconds=30)  # six heartbeats
UNHEARD = timedelta(minutes=5)  # after which an id that was sent counts as lost
MOST_LOST = 10  # workers that may die over one job before it is given up as their likely cause
BATCH = 500


def sweep() -> int:
    """Give every job that stands still another chance. How many got one."""
    freed = _free_jobs_of_the_dead()
    return freed + _send_again()


def ask_for_daily_work() -> None:
    """Once a day each, whichever of many workers comes first."""
    with edge():
        for kind in KINDS.values():
            if kind.daily:
                enqueue(kind.name, key=f"{kind.name} {clock.today()}")


def hand_back(names: list[str]) -> None:
    """This process ends: what it could not finish goes to the next one without waiting."""
    with edge():
        db.session.execute(
            update(Job)
            .where(Job.state == RUNNING, Job.worker.in_(names))
            .values(state=WAITING, worker="", sent_at=None)
            .execution_options(synchronize_session=False)
        )


def _free_jobs_of_the_dead() -> int:
    running = db.session.execute(
        select(Job.id, Job.worker, Job.attempts, Job.failures, Job.heartbeat_at).where(Job.state == RUNNING)
    ).all()
    db.session.rollback()
    limit = clock.now() - STALE
    lost = [row for row in running if row.heartbeat_at < limit or _is_gone(row.worker)]
    for row in lost:
        with edge():
            _free(row.id, row.attempts, row.failures)
    return len(lost)


def _free(job_id: UUID, attempt: int, failures: int) -> None:
    """The attempt is in the condition, so a worker that was only slow loses its lease, not its successor."""
    if attempt - failures >= MOST_LOST:
        values = {"state": FAILED, "error_code": "worker-lost", "finished_at": clock.now(), "worker": ""}
    else:
        values = {"state": WAITING, "worker": "", "due_at": clock.now(), "sent_at": None}
    log.warning("worker lost", job=str(job_id), attempt=attempt)
    db.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.attempts == attempt, Job.state == RUNNING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _is_gone(worker: str) -> bool:
    """Only about processes of this machine can that be said at once."""
    machine, _, process = worker.rpartition(":")
    if f"{machine}:{os.getpid()}" != worker_name() or not process.isdigit():
        return False
    if int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False


def _send_again() -> int:
    """With nothing in the queue every waiting id is lost; else only those sent long ago."""
    now = clock.now()
    unheard: ColumnElement[bool] = or_(Job.sent_at.is_(None), Job.sent_at < now - UNHEARD)
    due = select(Job.id).where(Job.state == WAITING, Job.due_at <= now).order_by(Job.due_at).limit(BATCH)
    keys = list(db.session.scalars(due if not len(queue()) else due.where(unheard)))
    db.session.rollback()
    if keys:
        with edge():
            sent = update(Job).where(Job.id.in_(keys)).values(sent_at=now)
            db.session.execute(sent.execution_options(synchronize_session=False))
    for key in keys:
        queue().send(key)
    return len(keys)
