"""Is the chain of the audit log whole? A long log takes a while, so a job looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.admin.errands import newest, running_and_done
from lms.admin.queries.audit import last_entry
from lms.core import audit
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.jobs import Job, Work, job
from lms.core.jobs.models import DONE

KIND = "admin.check-chain"


@dataclass(frozen=True)
class Verdict:
    at: datetime | None
    entries: int
    broken: int | None


@job(KIND)
def check_chain(work: Work) -> dict[str, Any]:
    """Beside the chain itself: is the last entry of the check before this one still there?"""
    last = last_entry()
    total = last.number if last else 0
    broken = audit.first_broken(lambda number: work.progress(number, max(total, number)))
    return {"broken": broken or _cut_off(), "entries": total, "head": last.digest if last else ""}


def _cut_off() -> int | None:
    """A chain from which the newest entries were taken is whole in itself."""
    before = newest(KIND, DONE)
    noted = (before.result if before else None) or {}
    if not noted.get("head"):
        return None
    entry = db.session.get(AuditEntry, noted["entries"])
    return None if entry and entry.digest == noted["head"] else int(noted["entries"])


def running_and_verdict() -> tuple[Job | None, Verdict | None]:
    running, done = running_and_done(KIND)
    if done is None or done.result is None:
        return running, None
    return running, Verdict(done.finished_at, int(done.result["entries"]), done.result["broken"])
