"""What a guardian sees of a child's tests, and what is new for whoever reads the home page."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, defer, joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.people.models import Guardianship, Person
from lms.quizzes.models import Certificate, QuizAttempt, ResultNotice, Sitting

SHOWN = 100


def child_or_404(guardian_id: UUID, child_id: UUID) -> Person:
    row = db.session.scalar(
        select(Person)
        .join(Guardianship, Guardianship.child_id == Person.id)
        .where(
            Guardianship.guardian_id == guardian_id, Guardianship.child_id == child_id, Guardianship.ended_on.is_(None)
        )
    )  # fmt: skip
    if row is None:
        raise NotYours
    return row


def results_of(child_id: UUID) -> Sequence[QuizAttempt]:
    """Published ones only, the newest first."""
    return db.session.scalars(
        select(QuizAttempt)
        .join(QuizAttempt.sitting)
        .options(contains_eager(QuizAttempt.sitting), defer(QuizAttempt.questions))
        .where(
            QuizAttempt.person_id == child_id, QuizAttempt.ended_at.is_not(None), Sitting.published_at.is_not(None),
            Sitting.withdrawn_at.is_(None),
        )
        .order_by(Sitting.published_at.desc(), QuizAttempt.number.desc())
        .limit(SHOWN)
    ).all()  # fmt: skip


def childs_attempt_or_404(guardian_id: UUID, attempt_id: UUID) -> QuizAttempt:
    row = db.session.get(
        QuizAttempt, attempt_id,
        options=[joinedload(QuizAttempt.person), joinedload(QuizAttempt.sitting).joinedload(Sitting.version)],
    )  # fmt: skip
    if row is None or row.sitting.withdrawn_at is not None:
        raise NotYours
    child_or_404(guardian_id, row.person_id)
    return row


def news_for(person_id: UUID, limit: int = 5) -> Sequence[ResultNotice]:
    return db.session.scalars(
        select(ResultNotice)
        .join(ResultNotice.attempt)
        .join(QuizAttempt.sitting)
        .join(QuizAttempt.person)
        .options(
            contains_eager(ResultNotice.attempt).contains_eager(QuizAttempt.sitting),
            contains_eager(ResultNotice.attempt).contains_eager(QuizAttempt.person),
            contains_eager(ResultNotice.attempt).defer(QuizAttempt.questions),
        )
        .where(ResultNotice.person_id == person_id, ResultNotice.seen_at.is_(None))
        .order_by(ResultNotice.id.desc())
        .limit(limit)
    ).all()


def certificate_of(attempt: QuizAttempt) -> Certificate | None:
    """Asked for only where the test gives any."""
    if not attempt.sitting.certificate_share:
        return None
    return db.session.scalar(
        select(Certificate).where(Certificate.attempt_id == attempt.id, Certificate.revoked_at.is_(None))
    )


def certificate_by_code(code: str) -> Certificate | None:
    return db.session.scalar(
        select(Certificate)
        .where(Certificate.code == "".join(code.upper().split()).replace("-", ""))
        .options(
            joinedload(Certificate.attempt).joinedload(QuizAttempt.person),
            joinedload(Certificate.attempt).joinedload(QuizAttempt.sitting),
        )
    )
