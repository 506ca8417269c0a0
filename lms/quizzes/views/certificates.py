"""Certificates: the paper for the pupil, and the page on which anybody asks whether a paper is genuine."""

from __future__ import annotations

from uuid import UUID

from flask import Response, current_app, render_template, request
from flask_babel import force_locale

from lms.core import limits
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.i18n import in_language
from lms.core.permissions import actor, needs, public
from lms.core.settings import Settings
from lms.core.sheets import download
from lms.places.models import Place
from lms.quizzes.certificate_paper import certificate_pdf
from lms.quizzes.models import QuizAttempt
from lms.quizzes.queries import family as queries
from lms.quizzes.queries import results
from lms.quizzes.views.base import blueprint


@blueprint.get("/tests/results/<uuid:attempt_id>/certificate/<any(kk, ru):chosen>")
@needs("test.take")
def certificate(attempt_id: UUID, chosen: str) -> Response:
    """For its owner, for a guardian, and for the teacher who gave the test."""
    attempt = _attempt(attempt_id)
    row = queries.certificate_of(attempt)
    if row is None:
        raise NotYours
    school = db.session.get_one(Place, attempt.sitting.school_id)
    settings: Settings = current_app.extensions["settings"]
    with force_locale(chosen):
        data = certificate_pdf(row, attempt, in_language(school), f"{settings.site}/certificates/{row.code}")
    return download(data, f"certificate-{row.code}.pdf")


@blueprint.get("/certificates/<string:certificate_code>")
@public
def check_certificate(certificate_code: str) -> tuple[str, int]:
    """Says only what stands on the paper."""
    limits.at_most("certificate", request.remote_addr or "", 60, 5)
    row = queries.certificate_by_code(certificate_code[:40])
    school = db.session.get(Place, row.attempt.sitting.school_id) if row else None
    return render_template(
        "quizzes/certificate.html", row=row, school=school, code=certificate_code[:40]
    ), 200 if row else 404


def _attempt(attempt_id: UUID) -> QuizAttempt:
    row = db.session.get(QuizAttempt, attempt_id)
    if row is None:
        raise NotYours
    if row.person_id == actor().person_id:
        return row
    try:
        return queries.childs_attempt_or_404(actor().person_id, attempt_id)
    except NotYours:
        return results.attempt_or_404(attempt_id, "test.results")
