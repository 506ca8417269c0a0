"""Certificates: given out when results are published, withdrawn when a result falls below the line."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.quizzes.models import Certificate, QuizAttempt, Sitting

CODE_LENGTH = 12


def give_out(sitting: Sitting) -> int:
    """To whom reached the line and has none; one that was revoked counts again. How many are new."""
    if not sitting.certificate_share:
        return 0
    reached = {one.id for one in _best(sitting) if _reached(one, sitting)}
    known = _known(sitting)
    again = [row for row in known if row.attempt_id in reached and row.revoked_at is not None]
    for row in again:
        row.revoked_at = None
    fresh = sorted(reached - {row.attempt_id for row in known})
    now = clock.now()
    rows = [
        {"id": ids.new_id(), "created_at": now, "attempt_id": key, "code": ids.readable_code(CODE_LENGTH)}
        for key in fresh
    ]
    if rows:
        table: Any = Certificate.__table__
        db.session.execute(table.insert(), rows)
        audit.record("certificates.given", sitting, path=sitting.path, rows=len(rows))
    return len(rows)


def look_again(sitting: Sitting) -> None:
    """After points have changed: who fell below the line loses it, who rose above it gets one."""
    if sitting.published_at is None or not sitting.certificate_share:
        return
    attempts = {one.id: one for one in _best(sitting)}
    for row in _known(sitting):
        found = attempts.get(row.attempt_id)
        if row.revoked_at is None and (found is None or not _reached(found, sitting)):
            row.revoked_at = clock.now()
            audit.record("certificate.revoked", row, path=sitting.path)
    db.session.flush()
    give_out(sitting)


def revoke_all(sitting: Sitting) -> None:
    attempts = select(QuizAttempt.id).where(QuizAttempt.sitting_id == sitting.id)
    db.session.execute(
        update(Certificate)
        .where(Certificate.attempt_id.in_(attempts), Certificate.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


def _best(sitting: Sitting) -> list[QuizAttempt]:
    """The newest attempt of each pupil, the one that counts."""
    rows = db.session.scalars(
        select(QuizAttempt)
        .where(QuizAttempt.sitting_id == sitting.id, QuizAttempt.ended_at.is_not(None))
        .order_by(QuizAttempt.number)
    )
    return list({row.person_id: row for row in rows}.values())


def _reached(attempt: QuizAttempt, sitting: Sitting) -> bool:
    points, most = attempt.points or 0.0, attempt.most
    return most > 0 and 100 * points >= sitting.certificate_share * most - 1e-9


def _known(sitting: Sitting) -> list[Certificate]:
    return list(
        db.session.scalars(
            select(Certificate)
            .join(QuizAttempt, QuizAttempt.id == Certificate.attempt_id)
            .where(QuizAttempt.sitting_id == sitting.id)
        )
    )
