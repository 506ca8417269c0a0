"""A pupil thinks a question was marked wrongly; a teacher decides, and says why."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.quizzes.models import Appeal, QuizAttempt

LONGEST = 1000


def appeal(attempt: QuizAttempt, number: int, text: str) -> Appeal:
    until = attempt.sitting.appeals_until
    if until is None or clock.now() > until:
        raise Refused(_("The time for appeals is over."))
    if not text:
        raise Refused(_("Say what you think is wrong."))
    if number not in {one["n"] for one in attempt.questions if one["n"]}:
        raise Refused(_("Choose the question."))
    known = db.session.scalar(select(Appeal).where(Appeal.attempt_id == attempt.id, Appeal.number == number))
    if known is not None:
        raise Refused(_("You have appealed about this question already."))
    row = Appeal(attempt_id=attempt.id, number=number, text=text[:LONGEST])
    db.session.add(row)
    db.session.flush()
    audit.record("appeal.made", attempt, path=attempt.path, number=number)
    return row


def decide(row: Appeal, person_id: UUID, granted: bool, reply: str) -> None:
    """The decision alone; points change by a mark by hand or by a change of the key."""
    row.state = "granted" if granted else "refused"
    row.reply, row.decided_by, row.decided_at = reply[:LONGEST], person_id, clock.now()
    audit.record("appeal.decided", row.attempt, path=row.attempt.path, number=row.number, granted=granted)
