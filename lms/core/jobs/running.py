"""One attempt at one job: claim it, do it, and bring it to an end that holds."""

from __future__ import annotations

import os
import platform
from datetime import timedelta
from uuid import UUID

import structlog
from flask import current_app, g
from flask_babel import force_locale
from sqlalchemy import Engine, update

from lms.core import clock
from lms.core.db import db, edge, make_engine, undo
from lms.core.errors import Refused
from lms.core.jobs.models import DONE, FAILED, RUNNING, WAITING, Job
from lms.core.jobs.registry import KINDS
from lms.core.jobs.work import GiveUp, LeaseLost, Work

log = structlog.get_logger()
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
PATIENCE = 0.2  # how long a note about progress waits for a lock


def worker_name(process: int | None = None) -> str:
    return f"{platform.node()}:{process or os.getpid()}"


def run(job_id: UUID, aside: Engine) -> bool:
    """False when there was nothing to do: done already, taken by another, not due, or unknown here."""
    work = _claimed(job_id, aside)
    if work is None:
        return False
    log.info("job", kind=work.kind, job=str(work.id), attempt=work.attempt)
    g.acting_for = work.asked_by
    try:
        with work.beating(), force_locale(work.language):
            result = KINDS[work.kind].handler(work)
            work.finish(state=DONE, result=result or {}, error_code="", error="")
    except LeaseLost:
        undo()
        log.warning("job taken over", job=str(work.id))
    except Exception as error:
        undo()
        _missed(work, error)
    return True


def run_now(job_id: UUID) -> None:
    """For commands, which wait for what they asked for."""
    aside = make_engine(current_app.extensions["settings"], PATIENCE)
    try:
        run(job_id, aside)
    finally:
        aside.dispose()


def _claimed(job_id: UUID, aside: Engine) -> Work | None:
    now = clock.now()
    claim = (
        update(Job)
        .where(Job.id == job_id, Job.state == WAITING, Job.due_at <= now)
        .values(
            state=RUNNING, attempts=Job.attempts + 1, started_at=now, heartbeat_at=now, worker=worker_name()
        )
        .execution_options(synchronize_session=False)
    )
    with edge():
        if db.session.execute(claim).rowcount != 1:  # type: ignore[attr-defined]
            return None
        return Work(db.session.get_one(Job, job_id, populate_existing=True), aside)


def _missed(work: Work, error: Exception) -> None:
    """An error: try again later, unless that would not help or has been done often enough."""
    failures = work.failures + 1
    final = isinstance(error, GiveUp | Refused) or failures >= work.max_failures
    log.error("job failed", job=str(work.id), kind=work.kind, final=final, exc_info=error)
    values = {
        "failures": failures, "worker": "", "error_code": _code(error), "error": _text(error),
        **({"state": FAILED, "finished_at": clock.now()} if final else _later(failures)),
    }  # fmt: skip
    with edge():
        db.session.execute(work.mine().values(**values).execution_options(synchronize_session=False))


def _later(failures: int) -> dict[str, object]:
    """5 s, 20 s, 80 s, …: twice as long for a machine that is busy, and twice again."""
    pause = min(FIRST_PAUSE * 4 ** (failures - 1), LONGEST_PAUSE)
    return {"state": WAITING, "due_at": clock.now() + pause, "sent_at": None}


def _code(error: Exception) -> str:
    return str(error.code if isinstance(error, GiveUp) else type(error).__name__)[:80]


def _text(error: Exception) -> str:
    return error.message if isinstance(error, Refused) else str(error)[:500]
