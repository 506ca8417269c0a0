"""What the calendar does by itself: reminders, the end of a trial, marks that run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.jobs import Work, enqueue, job
from lms.library.models import CouncilCase, LibraryNotice, Resource
from lms.library.service import council
from lms.library.service.notices import tell

REMIND_BEFORE = (10, 3)  # days
REMIND_AFTER = 7  # every so many days once it is overdue
MARK_ENDS = 60


@job("library.council-deadlines", daily=True)
def council_deadlines(work: Work) -> dict[str, Any]:
    work.effects()
    today, moved, told = clock.today(), 0, 0
    for case in _waiting():
        moved += _by_itself(case, today)
        told += _remind(case, today)
    return {"moved": moved, "reminded": told, "marks": _marks(today)}


def _waiting() -> list[CouncilCase]:
    return list(
        db.session.scalars(
            select(CouncilCase)
            .where(CouncilCase.due_on.is_not(None))
            .options(joinedload(CouncilCase.resource), selectinload(CouncilCase.seats))
            .order_by(CouncilCase.id)
        ).unique()
    )


def _by_itself(case: CouncilCase, today: date) -> int:
    """A trial ends on its day, and so does the time to mend what it showed."""
    if case.due_on is None or case.due_on >= today:
        return 0
    if case.stage == "trial":
        council.end_trial(case, None)
    elif case.stage == "mending":
        council.hand_in(case, case.resource.owner_id)
    else:
        return 0
    return 1


def _remind(case: CouncilCase, today: date) -> int:
    if case.due_on is None or case.reminded_on == today or not _is_day_to_remind(case, today):
        return 0
    case.reminded_on = today
    code = "overdue" if case.due_on < today else "deadline"
    tell(list(_awaited(case)), code, case.resource, case.id, day=case.due_on.isoformat())
    return 1


def _is_day_to_remind(case: CouncilCase, today: date) -> bool:
    """The worker may have been off on the very day; the next one will do."""
    assert case.due_on
    left, last = (case.due_on - today).days, case.reminded_on
    if left < 0:
        return last is None or last <= case.due_on or (today - last).days >= REMIND_AFTER
    due = [one for one in REMIND_BEFORE if left <= one]
    return bool(due) and (last is None or (case.due_on - last).days > min(due))


def _awaited(case: CouncilCase) -> Iterator[UUID]:
    """Whose turn it is; the leader hears of everything that is late."""
    if case.stage in ("external", "commission"):
        yield from (
            one.person_id
            for one in case.seats
            if not one.conflict
            and not one.given_at
            and (one.part == "commission") == (case.stage == "commission")
        )
    if case.stage in ("rework", "mending"):
        yield case.resource.owner_id
    if case.led_by and (case.stage == "commission" or (case.due_on and case.due_on < clock.today())):
        yield case.led_by


def _marks(today: date) -> int:
    """Two months before a mark ends its author is told, once; on the day after, the search hears of it."""
    ending = db.session.scalars(
        select(Resource).where(
            Resource.mark_until.between(today - timedelta(days=7), today + timedelta(days=MARK_ENDS))
        )
    ).all()
    told = set(
        db.session.scalars(
            select(LibraryNotice.resource_id).where(
                LibraryNotice.code == "expires", LibraryNotice.resource_id.in_([one.id for one in ending])
            )
        )
    )
    for one in ending:
        if one.id not in told and one.mark_until:
            tell([one.owner_id], "expires", one, day=one.mark_until.isoformat())
        if one.mark_until and one.mark_until < today:
            one.stale = True
    if any(one.stale for one in ending):
        enqueue("library.index")
    return len(ending)
