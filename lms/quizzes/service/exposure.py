"""How often a drawn question has been met: a rule may say after how many pupils it is known and drawn no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core.db import db
from lms.quizzes.models import ItemExposure, QuizAttempt


def drawn_for(attempt: QuizAttempt) -> None:
    """One row for each question that was drawn; what its author chose by hand is not counted."""
    body = attempt.sitting.version.body
    items = {
        unit["v"]: unit["item"]
        for section in body["sections"]
        if "draw" in section
        for unit in section["units"]
    }
    rows = [
        {"attempt_id": attempt.id, "item_id": UUID(items[one["v"]])}
        for one in attempt.questions
        if one["v"] in items
    ]
    if rows:
        table: Any = ItemExposure.__table__
        db.session.execute(table.insert(), rows)


def spent_in(body: dict[str, Any]) -> frozenset[str]:
    """Questions of a frozen paper that have reached the cap of their rule."""
    found: set[str] = set()
    for section in body["sections"]:
        if cap := section.get("draw", {}).get("cap"):
            found |= {key.hex for key in spent((UUID(unit["item"]) for unit in section["units"]), cap)}
    return frozenset(found)


def spent(items: Iterable[UUID], cap: int) -> set[UUID]:
    statement = (
        select(ItemExposure.item_id)
        .where(ItemExposure.item_id.in_(list(items)))
        .group_by(ItemExposure.item_id)
        .having(func.count() >= cap)
    )
    return set(db.session.scalars(statement))
