"""Asking for a review, sending back, publishing."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from lms.core.permissions import needs
from lms.courses.outline import lessons_of
from lms.courses.queries import taking
from lms.courses.queries import writing as queries
from lms.courses.service import publishing
from lms.courses.views.base import blueprint, me


@blueprint.post("/courses/<uuid:course_id>/review")
@needs("course.write")
def ask_review(course_id: UUID) -> Response:
    publishing.ask_review(queries.course_or_404(course_id, "course.write"))
    flash(_("A methodologist will look at the course."), "success")
    return _back(course_id)


@blueprint.post("/courses/<uuid:course_id>/send-back")
@needs("course.publish")
def send_back(course_id: UUID) -> Response:
    note = request.form.get("note", "").replace("\0", "").strip()[:2000]
    publishing.send_back(queries.course_or_404(course_id, "course.publish"), note)
    flash(_("The course is back with its authors."), "success")
    return _back(course_id)


@blueprint.post("/courses/<uuid:course_id>/publish")
@needs("course.publish")
def publish_course(course_id: UUID) -> Response:
    note = request.form.get("note", "").replace("\0", "").strip()[:500]
    edition = publishing.publish(queries.course_or_404(course_id, "course.publish"), me(), note)
    flash(_("Edition %(number)s is published.", number=edition.number), "success")
    return _back(course_id)


@blueprint.get("/courses/editions/<uuid:edition_id>")
@needs("course.see")
def edition(edition_id: UUID) -> str:
    """What an edition holds: it does not change any more."""
    row = taking.edition_or_404(edition_id)
    return render_template(
        "courses/edition.html", edition=row, course=row.course, lessons=lessons_of(row.outline)
    )


def _back(course_id: UUID) -> Response:
    return redirect(url_for("courses.course", course_id=course_id), 303)
