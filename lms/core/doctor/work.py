"""Jobs that failed or stand still, and the queue that carries them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from lms.core import clock
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.doctor.findings import Finding, error, ok, warning
from lms.core.jobs.queries import counts, waiting_since
from lms.core.jobs.queue import queue

PATIENCE = timedelta(minutes=10)
BACKUP_DAYS = 7


def standing(_full: bool) -> Iterator[Finding]:
    found, since = counts(), waiting_since()
    if since and clock.now() - since > PATIENCE:
        yield error(
            f"jobs have been waiting since {since:%Y-%m-%d %H:%M} UTC", "Start the worker: lms jobs work"
        )
    if found["failed"]:
        yield warning(
            f"{found['failed']} failed", "See them with `lms jobs list`, try again with `lms jobs retry`."
        )
    if not found["failed"] and not (since and clock.now() - since > PATIENCE):
        yield ok(f"{found['waiting']} waiting, {found['running']} running")


def queue_answers(_full: bool) -> Iterator[Finding]:
    yield ok(f"{len(queue())} in line")


def backed_up(_full: bool) -> Iterator[Finding]:
    advice = "Save everything each night: lms backup /another/disk/school"
    last = db.session.scalar(select(func.max(AuditEntry.at)).where(AuditEntry.action == "backup.made"))
    if last is None:
        yield warning("no backup was ever made here", advice)
    elif clock.now() - last > timedelta(days=BACKUP_DAYS):
        yield warning(f"the last backup is of {last:%Y-%m-%d}", advice)
    else:
        yield ok(f"the last one is of {last:%Y-%m-%d %H:%M} UTC")
