"""How often a drawn question has been met: a rule may say after how many pupils it is known and drawn no more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lms.core.db import db
from lms.quizzes.models import ItemExposure, QuizAttempt
from lms.quizzes.queries.bank import exposures


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


def spent_in(body: dict[str, Any]) -> dict[str, int]:
    """Questions of a frozen paper that have reached the cap of their rule, and how many pupils have had them."""
    capped = [one for one in body["sections"] if one.get("draw", {}).get("cap")]
    if not capped:
        return {}
    met = exposures(UUID(unit["item"]) for section in capped for unit in section["units"])
    found = {}
    for section in capped:
        for unit in section["units"]:
            count = met.get(UUID(unit["item"]), 0)
            if count >= section["draw"]["cap"]:
                found[unit["item"]] = count
    return found
