"""Questions about cases of the expert council."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, within
from lms.core.text import latin_twins, search_key
from lms.library.models import CouncilCase, CouncilSeat, CouncilVoice, Resource


def _mine() -> ColumnElement[bool]:
    seat = exists().where(
        CouncilSeat.case_id == CouncilCase.id,
        CouncilSeat.person_id == actor().person_id,
        CouncilSeat.conflict == "",
    )
    return seat & (CouncilCase.stage != "submitted")


def cases() -> Listing:
    """What the reader leads, judges or has handed in; trials and what came of them are for everybody here."""
    statement = (
        select(CouncilCase)
        .join(CouncilCase.resource)
        .options(contains_eager(CouncilCase.resource))
        .where(
            or_(
                within(Resource.path, "council.lead"),
                Resource.owner_id == actor().person_id,
                _mine(),
                CouncilCase.stage.in_(("trial", "approved")),
            )
        )
    )
    return listing(
        statement,
        sorts={"due": CouncilCase.due_on, "name": Resource.sort_key, "when": CouncilCase.created_at},
        filters={
            "q": lambda text: Resource.search.contains(search_key(text), autoescape=True),
            "stage": lambda stage: CouncilCase.stage == stage,
            "whose": lambda whose: _mine() if whose == "judge" else Resource.owner_id == actor().person_id,
        },
    )


def case_or_404(case_id: UUID) -> CouncilCase:
    case = db.session.scalar(
        select(CouncilCase)
        .where(CouncilCase.id == case_id)
        .join(CouncilCase.resource)
        .options(
            contains_eager(CouncilCase.resource).joinedload(Resource.place),
            joinedload(CouncilCase.seats).joinedload(CouncilSeat.person),
        )
    )
    if case is None or not _may_see(case):
        raise NotYours
    return case


def _may_see(case: CouncilCase) -> bool:
    open_to_all = case.stage in ("trial", "approved") and may("council.see")
    return (
        open_to_all or leads(case) or case.resource.owner_id == actor().person_id or seat_of(case) is not None
    )


def leads(case: CouncilCase) -> bool:
    """Nobody leads the case of a resource of their own."""
    return case.resource.owner_id != actor().person_id and may("council.lead", case.resource.path)


def seat_of(case: CouncilCase) -> CouncilSeat | None:
    """The reader's own; before the group is complete nobody knows of a seat."""
    if case.stage == "submitted":
        return None
    return next((one for one in case.seats if one.person_id == actor().person_id and not one.conflict), None)


def voices(case: CouncilCase) -> Sequence[CouncilVoice]:
    return db.session.scalars(
        select(CouncilVoice)
        .where(CouncilVoice.case_id == case.id)
        .options(joinedload(CouncilVoice.person))
        .order_by(CouncilVoice.id)
        .limit(200)
    ).all()


def by_mark(code: str) -> Resource | None:
    wanted = latin_twins(code)
    return db.session.scalar(select(Resource).where(Resource.mark == wanted)) if len(wanted) == 10 else None
