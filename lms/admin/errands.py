"""Checks that take a while are jobs: one of a kind at a time, and the page shows the newest outcome."""

from __future__ import annotations

from sqlalchemy import select

from lms.core.db import db
from lms.core.jobs import Job, enqueue
from lms.core.jobs.models import DONE, RUNNING, WAITING

LOOKED_BACK = 10


def ask_once(kind: str) -> Job:
    """Whoever asks while one is on its way waits for that one."""
    return newest(kind, WAITING, RUNNING) or enqueue(kind)


def newest(kind: str, *states: str) -> Job | None:
    wanted = select(Job).where(Job.kind == kind, Job.state.in_(states))
    return db.session.scalar(wanted.order_by(Job.created_at.desc()).limit(1))


def running_and_done(kind: str) -> tuple[Job | None, Job | None]:
    """One statement: the one on its way, and the newest that came to its end."""
    wanted = select(Job).where(Job.kind == kind).order_by(Job.created_at.desc()).limit(LOOKED_BACK)
    found = db.session.scalars(wanted).all()
    running = next((one for one in found if one.state in (WAITING, RUNNING)), None)
    return running, next((one for one in found if one.state == DONE and one.result), None)
