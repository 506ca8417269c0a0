"""Verbs of the teacher: give a test, see to it while it runs, end it, publish its results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.jobs import Work, job
from lms.places.models import Place
from lms.quizzes.models import Paper, QuizAttempt, Sitting, SittingEvent, SittingTarget
from lms.quizzes.service import certifying, marking, news, papers, sealed, seconding

CODE_LENGTH, SEALED_CODE_LENGTH, HAND_OVER_LENGTH = 4, 8, 6
HAND_OVER_MINUTES = 15
APPEAL_DAYS = 3
MOST_EXTRA = 240


def give(
    paper: Paper, school: Place, giver_id: UUID, classes: Sequence[UUID] = (), pupils: Sequence[UUID] = (),
    *, with_code: bool = False, **facts: Any,
) -> Sitting:  # fmt: skip
    """The paper is frozen as it stands now; later changes to it change nothing here."""
    if not (classes or pupils):
        raise Refused(_("Choose at least one class or pupil."))
    version = papers.freeze(paper, giver_id)
    facts.setdefault("title", paper.title)
    facts.setdefault("minutes", paper.minutes)
    facts.setdefault("breaks", list(paper.breaks))
    locked = facts.pop("sealed", False)
    length = SEALED_CODE_LENGTH if locked else CODE_LENGTH if with_code else 0
    row = Sitting(
        version_id=version.id, school_id=school.id, path=school.path, given_by=giver_id,
        code=ids.readable_code(length) if length else "", **facts,
    )  # fmt: skip
    if locked:
        sealed.seal(row)
    db.session.add(row)
    db.session.flush()
    db.session.add_all([SittingTarget(sitting_id=row.id, class_id=key) for key in classes])
    db.session.add_all([SittingTarget(sitting_id=row.id, person_id=key) for key in pupils])
    db.session.flush()
    audit.record("test.given", row, path=school.path, name=row.title)
    return row


def withdraw(sitting: Sitting) -> None:
    sitting.withdrawn_at = clock.now()
    audit.record("test.withdrawn", sitting, path=sitting.path, name=sitting.title)


def close_now(sitting: Sitting) -> int:
    """Nobody begins any more, and whoever is inside has finished. How many that were."""
    sitting.closes_at = clock.now()
    open_ones = db.session.scalars(
        select(QuizAttempt).where(QuizAttempt.sitting_id == sitting.id, QuizAttempt.ended_at.is_(None))
    ).all()
    for attempt in open_ones:
        marking.end(attempt, "teacher")
    audit.record("test.closed", sitting, path=sitting.path, name=sitting.title)
    return len(open_ones)


def end_overdue(sitting: Sitting | None = None) -> int:
    """Attempts whose time is up, with the grace for a slow line."""
    late = clock.now() - marking.GRACE
    wanted = select(QuizAttempt).where(QuizAttempt.ended_at.is_(None), QuizAttempt.deadline < late)
    rows = db.session.scalars(wanted.where(QuizAttempt.sitting_id == sitting.id) if sitting else wanted).all()
    for attempt in rows:
        marking.end(attempt, "clock")
    return len(rows)


@job("quizzes.end-overdue", daily=True)
def end_all_overdue(work: Work) -> dict[str, int]:
    """What nobody looked at: a test that was begun and left."""
    work.effects()
    return {"ended": end_overdue()}


def give_time(attempt: QuizAttempt, minutes: int) -> None:
    """More time for one pupil, also after their time was up."""
    if not 1 <= minutes <= MOST_EXTRA or attempt.deadline is None:
        raise Refused(_("Give between 1 and 240 minutes; a test without a limit needs none."))
    attempt.deadline = max(attempt.deadline, clock.now()) + timedelta(minutes=minutes)
    attempt.extra_minutes += minutes
    attempt.ended_at, attempt.ended_by, attempt.points = None, "", None
    note(attempt.id, "time", str(minutes))
    audit.record("test.time_given", attempt, path=attempt.path, minutes=minutes)


def hand_over_code(attempt: QuizAttempt) -> str:
    """Said or written down for one pupil: with it they go on at another computer, within a quarter of an hour."""
    if attempt.ended_at is not None:
        raise Refused(_("This attempt has ended."))
    code = ids.readable_code(HAND_OVER_LENGTH)
    attempt.hand_over_digest = ids.token_digest(f"{attempt.id.hex}{code}")
    attempt.hand_over_until = clock.now() + timedelta(minutes=HAND_OVER_MINUTES)
    audit.record("test.handed_over", attempt, path=attempt.path)
    return code


def publish(sitting: Sitting) -> None:
    """Pupils see their results from now on, and may appeal for a few days."""
    end_overdue(sitting)
    going_on, to_mark = db.session.execute(
        select(
            func.count().filter(QuizAttempt.ended_at.is_(None)),
            func.coalesce(func.sum(QuizAttempt.to_mark), 0),
        ).where(QuizAttempt.sitting_id == sitting.id)
    ).one()
    if going_on:
        raise Refused(_("Some pupils have not finished yet. End the test first."))
    if to_mark:
        raise Refused(_("Some answers wait for your marks."))
    seconding.refuse_unsettled(sitting)
    sitting.published_at = clock.now()
    sitting.appeals_until = sitting.published_at + timedelta(days=APPEAL_DAYS)
    news.published(sitting)
    certifying.give_out(sitting)
    audit.record("test.published", sitting, path=sitting.path, name=sitting.title)


def take_back(sitting: Sitting) -> None:
    sitting.published_at = sitting.appeals_until = None
    news.take_back(sitting)
    certifying.revoke_all(sitting)
    audit.record("test.taken_back", sitting, path=sitting.path, name=sitting.title)


def note(attempt_id: UUID, kind: str, detail: str = "") -> None:
    db.session.add(SittingEvent(attempt_id=attempt_id, kind=kind, detail=detail[:200]))


def state_of(sitting: Sitting, now: datetime | None = None) -> str:
    now = now or clock.now()
    if sitting.withdrawn_at:
        return "withdrawn"
    if sitting.published_at:
        return "published"
    if sitting.opens_at and now < sitting.opens_at:
        return "planned"
    return "closed" if sitting.closes_at and now > sitting.closes_at else "open"
