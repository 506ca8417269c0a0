"""A test as a step of a course: its paper is frozen when the course is given, and the result is shown at once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from lms.core.db import db
from lms.courses.activities import ActivityKind, ActivityResult, Results, To, add_activity
from lms.people.models import Person
from lms.quizzes.models import Paper, QuizAttempt, Sitting
from lms.quizzes.queries.bank import prefixes
from lms.quizzes.service import sittings

MOST = 200


def choices(path: str) -> Sequence[tuple[UUID, str]]:
    rows = db.session.execute(
        select(Paper.id, Paper.title)
        .where(Paper.path.in_(prefixes(path)), Paper.archived_at.is_(None))
        .order_by(Paper.sort_key)
        .limit(MOST)
    )
    return [(row[0], row[1]) for row in rows]


def give(key: UUID, to: To) -> UUID:
    return sittings.give(
        db.session.get_one(Paper, key), to.school, to.giver_id, to.classes, to.pupils,
        mode="self", attempts=0, opens_at=to.opens_at, closes_at=to.closes_at,
    ).id  # fmt: skip


def results(persons: Sequence[UUID], keys: Sequence[UUID]) -> Results:
    """The best of the attempts that have ended."""
    rows = db.session.execute(
        select(QuizAttempt.person_id, QuizAttempt.sitting_id, QuizAttempt.points, QuizAttempt.most, QuizAttempt.started_at,
               QuizAttempt.ended_at)
        .where(QuizAttempt.person_id.in_(persons), QuizAttempt.sitting_id.in_(keys), QuizAttempt.ended_at.is_not(None))
    )  # fmt: skip
    found: dict[tuple[UUID, UUID], ActivityResult] = {}
    for person, sitting, points, most, began, ended in rows:
        before = found.get((person, sitting), ActivityResult(True))
        share = points / most if points is not None and most else None
        best = max((one for one in (share, before.share) if one is not None), default=None)
        spent = int((ended - began).total_seconds()) if began and ended else 0
        found[person, sitting] = ActivityResult(True, best, before.seconds + max(spent, 0))
    return found


def withdraw(key: UUID) -> None:
    sittings.withdraw(db.session.get_one(Sitting, key))


def opens(key: UUID, _person: Person) -> str:
    return url_for("quizzes.test", sitting_id=key)


add_activity(
    ActivityKind(
        "test", _l("Test"), _l("Done when the test is handed in."), choices,
        lambda key: url_for("quizzes.paper", paper_id=key), give, withdraw, opens, results,
    )
)  # fmt: skip
