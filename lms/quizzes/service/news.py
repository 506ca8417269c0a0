"""Who is told that a result can be seen or has changed: the pupil and each guardian, until they have looked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from lms.core import clock, ids
from lms.core.db import db
from lms.people.models import Guardianship
from lms.quizzes.models import QuizAttempt, ResultNotice, Sitting


def published(sitting: Sitting) -> None:
    rows = db.session.execute(
        select(QuizAttempt.id, QuizAttempt.person_id).where(
            QuizAttempt.sitting_id == sitting.id, QuizAttempt.ended_at.is_not(None)
        )
    ).all()
    _tell("published", {row.id: row.person_id for row in rows})


def changed(attempts: Iterable[QuizAttempt]) -> None:
    """Points of results that are out already are others now."""
    _tell("changed", {one.id: one.person_id for one in attempts})


def _tell(kind: str, pupils: dict[UUID, UUID]) -> None:
    guardians: dict[UUID, list[UUID]] = {}
    rows = db.session.execute(
        select(Guardianship.child_id, Guardianship.guardian_id).where(
            Guardianship.child_id.in_(set(pupils.values())), Guardianship.ended_on.is_(None)
        )
    )
    for child, guardian in rows:
        guardians.setdefault(child, []).append(guardian)
    now = clock.now()
    told = [
        {"id": ids.new_id(), "created_at": now, "person_id": person, "attempt_id": attempt, "kind": kind}
        for attempt, pupil in pupils.items()
        for person in (pupil, *guardians.get(pupil, ()))
    ]
    if told:
        table: Any = ResultNotice.__table__
        db.session.execute(table.insert(), told)


def seen(person_id: UUID, attempt_id: UUID) -> None:
    db.session.execute(
        update(ResultNotice)
        .where(
            ResultNotice.person_id == person_id, ResultNotice.attempt_id == attempt_id, ResultNotice.seen_at.is_(None)
        )
        .values(seen_at=clock.now())
    )  # fmt: skip


def take_back(sitting: Sitting) -> None:
    """Hidden results are no news."""
    attempts = select(QuizAttempt.id).where(QuizAttempt.sitting_id == sitting.id)
    db.session.execute(delete(ResultNotice).where(ResultNotice.attempt_id.in_(attempts)))
