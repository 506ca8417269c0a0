"""Questions about jobs: those about the reader's places, those they asked for, and the upkeep of the machine."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from lms.admin.queries.audit import at_places_of_the_reader
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.jobs import Job
from lms.core.jobs.models import STATES
from lms.core.listing import Listing, listing
from lms.core.permissions import actor
from lms.people.models import Person

SORTS = {"asked": Job.created_at, "kind": Job.kind, "state": Job.state, "finished": Job.finished_at}
FILTERS = {"state": lambda state: Job.state == state, "kind": lambda kind: Job.kind == kind}


def jobs() -> Listing:
    return listing(select(Job).where(for_the_reader("job.see")), SORTS, FILTERS, default="-asked")


def job_or_404(job_id: UUID, permission: str) -> Job:
    row = db.session.scalar(select(Job).where(Job.id == job_id, for_the_reader(permission)))
    if row is None:
        raise NotYours
    return row


def counts_of_the_reader() -> dict[str, int]:
    """How many stand where; in the order in which a job goes through the states."""
    statement = select(Job.state, func.count()).where(for_the_reader("job.see")).group_by(Job.state)
    found: dict[str, int] = dict(db.session.execute(statement).all())
    return {state: found.get(state, 0) for state in STATES}


def askers(rows: Sequence[Job]) -> dict[UUID, str]:
    keys = {one.asked_by for one in rows if one.asked_by}
    return {one.id: one.full_name for one in db.session.scalars(select(Person).where(Person.id.in_(keys)))}


def for_the_reader(permission: str) -> ColumnElement[bool]:
    upkeep = and_(Job.place_path == "", Job.asked_by.is_(None))
    mine = Job.asked_by == actor().person_id
    return or_(at_places_of_the_reader(Job.place_path, permission), mine, upkeep)
