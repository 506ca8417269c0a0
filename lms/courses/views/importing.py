"""Bringing a document in: first a look at what was understood and what was not, then the lessons themselves."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from lms.core import storage
from lms.core.errors import Refused
from lms.core.permissions import needs
from lms.core.security import takes_uploads
from lms.courses.blocks import KINDS
from lms.courses.importing import READERS
from lms.courses.models import CourseArrival
from lms.courses.queries import arriving as queries
from lms.courses.queries import writing
from lms.courses.service import arriving
from lms.courses.views.base import blueprint, me, wanted_language
from lms.courses.views.blocks import arrived


@blueprint.get("/courses/<uuid:course_id>/bring-in")
@needs("course.write")
def bring_in(course_id: UUID) -> str:
    course = writing.course_or_404(course_id, "course.write")
    return render_template(
        "courses/bring_in.html", course=course, ends=READERS, chosen=wanted_language(course.language),
        arrivals=queries.arrivals(course),
    )  # fmt: skip


@blueprint.post("/courses/<uuid:course_id>/bring-in")
@needs("course.write")
@takes_uploads
def look_at_document(course_id: UUID) -> Response:
    """The dry run: nothing is written into the course."""
    course = writing.course_or_404(course_id, "course.write")
    name, data = arrived()
    if name.rpartition(".")[2].lower() not in READERS:
        raise Refused(_("This file is of another kind. Allowed are: %(ends)s.", ends=", ".join(READERS)))
    digest = storage.keep(BytesIO(data)).digest
    row = arriving.arrive(course, me(), name, digest, len(data), wanted_language(course.language))
    return _to(row)


@blueprint.get("/courses/arrivals/<uuid:arrival_id>")
@needs("course.write")
def arrival(arrival_id: UUID) -> str:
    row = queries.arrival_or_404(arrival_id)
    return render_template(
        "courses/brought_in.html", arrival=row, course=row.course, job=queries.job_of(row), kinds=KINDS
    )


@blueprint.post("/courses/arrivals/<uuid:arrival_id>/keep")
@needs("course.write")
def keep_document(arrival_id: UUID) -> Response:
    row = queries.arrival_or_404(arrival_id)
    arriving.keep(row)
    if row.state == "kept":
        flash(_("The lessons have been brought in. Look through them: what is missing is marked."), "success")
    return _to(row)


@blueprint.post("/courses/arrivals/<uuid:arrival_id>/take-back")
@needs("course.write")
def take_back_document(arrival_id: UUID) -> Response:
    row = queries.arrival_or_404(arrival_id)
    arriving.take_back(row)
    flash(_("The lessons that were made of this document are gone."), "success")
    return redirect(url_for("courses.course", course_id=row.course_id), 303)


def _to(row: CourseArrival) -> Response:
    return redirect(url_for("courses.arrival", arrival_id=row.id), 303)
