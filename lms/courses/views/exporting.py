"""Taking a course out: one address for every shape it may have."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from werkzeug.exceptions import NotFound

from lms.core import audit, limits, storage
from lms.core.jobs import Job
from lms.core.jobs.queries import job_or_404
from lms.core.permissions import actor, needs
from lms.courses.exporting import SHAPES
from lms.courses.models import CourseEdition
from lms.courses.queries import taking
from lms.courses.service import leaving
from lms.courses.views.base import blueprint, wanted_language

AN_HOUR = 60
EXPORTS_AN_HOUR = 60


@blueprint.get("/courses/editions/<uuid:edition_id>/take-out/<string:shape>")
@needs("course.see")
def take_out(edition_id: UUID, shape: str) -> Any:
    edition = taking.edition_or_404(edition_id)
    if shape not in SHAPES:
        raise NotFound
    limits.at_most("course-export", str(actor().person_id), EXPORTS_AN_HOUR, AN_HOUR)
    language = wanted_language(edition.outline["language"])
    audit.record(
        "course.exported", edition.course, path=edition.course.path, format=shape, version=edition.number
    )
    if not leaving.is_light(edition, language):
        row = leaving.pack_behind(edition, shape, language)
        return redirect(url_for("courses.packing", job_id=row.id), 303)
    name = leaving.name_of(edition, shape, language)
    return Response(
        leaving.packed(edition, shape, language), content_type=SHAPES[shape].media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )  # fmt: skip


@blueprint.get("/courses/packing/<uuid:job_id>")
@needs("course.see")
def packing(job_id: UUID) -> str:
    row, edition = _packing(job_id)
    return render_template(
        "courses/packing.html", job=row, edition=edition, shape=SHAPES[row.payload["shape"]]
    )


@blueprint.get("/courses/packing/<uuid:job_id>/file")
@needs("course.see")
def packed_file(job_id: UUID) -> Response:
    row, edition = _packing(job_id)
    if not row.result:
        raise NotFound
    shape, language = row.payload["shape"], row.payload["language"]
    name = leaving.name_of(edition, shape, language)
    kind = SHAPES[shape].media_type
    return storage.send(row.result["digest"], name, kind, download=True, cache="private, no-store")


def _packing(job_id: UUID) -> tuple[Job, CourseEdition]:
    row = job_or_404(job_id)
    if row.kind != leaving.KIND:
        raise NotFound
    return row, taking.edition_or_404(UUID(row.payload["edition"]))
