"""Questions about jobs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.jobs.models import FAILED, STATES, WAITING, Job
from lms.core.permissions import actor, may


def job_or_404(job_id: UUID) -> Job:
    """One's own, or one about a place whose jobs one may see."""
    row = db.session.get(Job, job_id)
    if row is None:
        raise NotYours
    if row.asked_by != actor().person_id and not (row.place_path and may("job.see", row.place_path)):
        raise NotYours
    return row


def counts() -> dict[str, int]:
    rows = db.session.execute(select(Job.state, func.count()).group_by(Job.state))
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in STATES}


def failed_jobs(most: int = 100) -> Sequence[Job]:
    return db.session.scalars(
        select(Job).where(Job.state == FAILED).order_by(Job.finished_at.desc()).limit(most)
    ).all()


def waiting_since() -> datetime | None:
    """The moment since which the job that has waited longest could have been done."""
    return db.session.scalar(select(func.min(Job.due_at)).where(Job.state == WAITING))
