"""The administrator's card of the home page: what stands still, what failed, how much was done today."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import func, select

from lms.admin.health import PATIENCE
from lms.admin.queries.audit import at_places_of_the_reader
from lms.admin.queries.jobs import for_the_reader
from lms.admin.views.base import blueprint
from lms.core import clock
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.jobs import Job
from lms.core.jobs.models import FAILED, WAITING
from lms.web.cards import home_card


@home_card(blueprint, "health.see", "admin/cards/state.html", 150)
def state() -> dict[str, Any]:
    """One statement: a home page has eight in all."""
    midnight = datetime.combine(clock.today(), time(), clock.KAZAKHSTAN)
    today = (
        select(func.count())
        .select_from(AuditEntry)
        .where(AuditEntry.at >= midnight, at_places_of_the_reader(AuditEntry.place_path, "audit.see"))
        .scalar_subquery()
    )
    late = func.count().filter(Job.state == WAITING, Job.due_at < clock.now() - PATIENCE)
    failed, standing, entries = db.session.execute(
        select(func.count().filter(Job.state == FAILED), late, today).where(for_the_reader("job.see"))
    ).one()
    return {"failed": failed, "late": standing, "entries": entries}
