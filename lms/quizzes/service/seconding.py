"""A second person marks the same answers without seeing the first marks; where they differ, the first one settles it."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.quizzes.models import GivenAnswer, QuizAttempt, SecondMark, Sitting
from lms.quizzes.queries import seconding as queries


def mark_second(
    attempt: QuizAttempt,
    row: GivenAnswer,
    person_id: UUID,
    points: float,
    levels: list[float] | None,
    comment: str,
) -> SecondMark:
    """Changes no points: it stands beside the first mark."""
    if not 0 <= points <= (row.most or 0):
        raise Refused(_("Give between 0 and %(most)s points.", most=row.most or 0))
    if row.marked_by == person_id:
        raise Refused(_("Somebody else must be the second marker."))
    found = db.session.get(SecondMark, (attempt.id, row.number))
    if found is None:
        found = SecondMark(attempt_id=attempt.id, number=row.number)
        db.session.add(found)
    found.points, found.levels, found.comment = points, levels, comment[:2000]
    found.marked_by, found.marked_at, found.settled_at = person_id, clock.now(), None
    db.session.flush()
    audit.record("answer.marked_second", attempt, path=attempt.path, number=row.number, points=points)
    return found


def settle(attempt: QuizAttempt, number: int) -> None:
    """The first marker has seen both and given the mark that counts."""
    row = db.session.scalar(
        select(SecondMark).where(SecondMark.attempt_id == attempt.id, SecondMark.number == number)
    )
    if row is not None:
        row.settled_at = clock.now()


def refuse_unsettled(sitting: Sitting) -> None:
    if sitting.second_marker_id is None:
        return
    waiting, different = queries.outstanding(sitting)
    if waiting:
        raise Refused(_("Answers that wait for the second marker: %(number)s.", number=waiting))
    if different:
        raise Refused(_("Answers with two different marks to be settled: %(number)s.", number=different))
