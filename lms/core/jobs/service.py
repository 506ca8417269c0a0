"""Verbs on jobs that people see: try again, forget the old ones."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from lms.core import audit, clock
from lms.core.db import after_commit, db
from lms.core.jobs.models import DONE, FAILED, WAITING, Job
from lms.core.jobs.queue import queue
from lms.core.jobs.registry import job
from lms.core.jobs.work import Work

KEPT = timedelta(days=30)


def retry(row: Job) -> None:
    """Only a job that was given up; everything else is on its way already."""
    if row.state != FAILED:
        return
    row.state, row.failures, row.due_at, row.sent_at = WAITING, 0, clock.now(), clock.now()
    row.finished_at, row.error_code, row.error = None, "", ""
    carrier, key = queue(), row.id
    after_commit(lambda: carrier.send(key))
    audit.record("job.retried", row, path=row.place_path, kind=row.kind)


@job("core.forget-old-jobs", daily=True)
def forget_old_jobs(work: Work) -> None:
    """What was done a month ago interests nobody; what failed stays until somebody looks."""
    old = delete(Job).where(Job.state == DONE, Job.finished_at < clock.now() - KEPT)
    db.session.execute(old.execution_options(synchronize_session=False))
