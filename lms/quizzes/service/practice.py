"""Spaced repetition: a wrong answer comes back today, each right one doubles the wait."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.quizzes.models import Item, Practice

WAITS = (0, 1, 3, 7, 16, 35)  # days, by box


def answered(person_id: UUID, item: Item, right: bool) -> Practice:
    row = db.session.scalar(
        select(Practice).where(Practice.person_id == person_id, Practice.item_id == item.id)
    )
    if row is None:
        row = Practice(person_id=person_id, item_id=item.id, box=0, right=0, wrong=0, due_on=clock.today())
        db.session.add(row)
    row.box = min(row.box + 1, len(WAITS) - 1) if right else 0
    row.right, row.wrong = row.right + right, row.wrong + (not right)
    row.due_on, row.last_at = clock.today() + timedelta(days=WAITS[row.box]), clock.now()
    db.session.flush()
    return row
