"""Questions about other libraries and what was fetched from them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.jobs import Job
from lms.core.listing import Listing, listing
from lms.core.permissions import may, within
from lms.library.models import Harvest, HarvestSource
from lms.library.service.harvesting import job_key

MOST_SHOWN = 50


def sources() -> Listing:
    statement = select(HarvestSource).where(within(HarvestSource.path, "library.bring"))
    return listing(
        statement.options(joinedload(HarvestSource.place)),
        sorts={"name": HarvestSource.name, "when": HarvestSource.since}, default="name",
    )  # fmt: skip


def source_or_404(key: UUID) -> HarvestSource:
    found = db.session.get(HarvestSource, key, options=[joinedload(HarvestSource.place)])
    if found is None or not may("library.bring", found.path):
        raise NotYours
    return found


def harvests(source: HarvestSource) -> Sequence[Harvest]:
    """The newest first."""
    return db.session.scalars(
        select(Harvest)
        .where(Harvest.source_id == source.id)
        .options(joinedload(Harvest.person))
        .order_by(Harvest.created_at.desc(), Harvest.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def job_of(row: Harvest) -> Job | None:
    return db.session.scalar(select(Job).where(Job.key == job_key(row)))
