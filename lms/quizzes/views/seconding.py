"""Pages of the second marker, and of the first one where both marks differ."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.permissions import actor, may, needs
from lms.quizzes.models import GivenAnswer, QuizAttempt, Sitting
from lms.quizzes.queries import results, taking
from lms.quizzes.queries import seconding as queries
from lms.quizzes.service import seconding
from lms.quizzes.views.base import blueprint
from lms.quizzes.views.results import points_given


@blueprint.get("/given-tests/<uuid:sitting_id>/second-marking")
@needs("test.mark")
def second_marking(sitting_id: UUID) -> Any:
    """The next answer without a second mark: no name, no first mark. Others who may see the test see its results."""
    if not _is_second_marker(sitting_id):
        sitting = results.sitting_or_404(sitting_id, "test.mark")
        return redirect(url_for("quizzes.two_marks", sitting_id=sitting.id))
    rows = queries.waiting_for_second(_second_marker_s(sitting_id))
    if not rows:
        flash(_("No answer waits for a mark."), "good")
        return redirect(url_for("quizzes.given_tests"))
    return _page(rows[0], len(rows))


@blueprint.post("/given-tests/attempts/<uuid:attempt_id>/second-marks/<int:number>")
@needs("test.mark")
def mark_second(attempt_id: UUID, number: int) -> Any:
    attempt = db.session.get(QuizAttempt, attempt_id)
    row = db.session.get(GivenAnswer, (attempt_id, number)) if attempt else None
    if attempt is None or row is None or row.most is None:
        raise NotYours
    _second_marker_s(attempt.sitting_id)
    points, levels = points_given()
    comment = request.form.get("comment", "").strip()
    seconding.mark_second(attempt, row, actor().person_id, points, levels, comment)
    return redirect(url_for("quizzes.second_marking", sitting_id=attempt.sitting_id), 303)


@blueprint.get("/given-tests/<uuid:sitting_id>/two-marks")
@needs("test.mark")
def two_marks(sitting_id: UUID) -> str:
    """Both marks side by side, those that differ first."""
    sitting = results.sitting_or_404(sitting_id, "test.mark")
    return render_template("quizzes/two_marks.html", sitting=sitting, rows=queries.both(sitting))


def _is_second_marker(sitting_id: UUID) -> bool:
    sitting = db.session.get(Sitting, sitting_id)
    return sitting is not None and sitting.second_marker_id == actor().person_id


def _second_marker_s(sitting_id: UUID) -> Sitting:
    sitting = db.session.get(Sitting, sitting_id)
    mine = sitting is not None and sitting.second_marker_id == actor().person_id
    if sitting is None or not mine or not may("test.mark", sitting.path) or sitting.published_at is not None:
        raise NotYours
    return sitting


def _page(row: GivenAnswer, left: int) -> str:
    attempt = db.session.get_one(QuizAttempt, row.attempt_id)
    one = next(q for q in attempt.questions if q["n"] == row.number)
    question = taking.drawn([one], attempt.sitting.version.body, {row.number: row})[0]
    return render_template(
        "quizzes/mark.html", attempt=attempt, row=row, question=question, left=left, second=True
    )
