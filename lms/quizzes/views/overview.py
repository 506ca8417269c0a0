"""The director's page: class by test."""

from __future__ import annotations

from flask import render_template, request

from lms.core.permissions import needs
from lms.quizzes.queries.overview import overview
from lms.quizzes.views.base import blueprint


@blueprint.get("/given-tests/overview")
@needs("test.oversee")
def tests_overview() -> str:
    subject = request.args.get("subject", "")
    grade = request.args.get("grade", 0, type=int)
    return render_template(
        "quizzes/overview.html", found=overview(subject, grade or None), subject=subject, grade=grade
    )
