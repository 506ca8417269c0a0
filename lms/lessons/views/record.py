"""The record of a lesson: who was there, who answered what, how the lines were."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask_babel import gettext as _
from werkzeug import Response

from lms.core import audit
from lms.core.i18n import language
from lms.core.permissions import needs
from lms.core.sheets import csv_bytes, download
from lms.lessons.queries import lessons as queries
from lms.lessons.queries import record
from lms.lessons.views.base import blueprint, settings


@blueprint.get("/streaming/<uuid:streamed_id>/report")
@needs("lesson.see")
def report(streamed_id: UUID) -> str:
    row = queries.lesson_or_404(streamed_id)
    found = record.record_of(row, settings().screen_minutes)
    return render_template("lessons/report.html", lesson=row, record=found)


@blueprint.get("/streaming/<uuid:streamed_id>/report.csv")
@needs("lesson.see")
def export_report(streamed_id: UUID) -> Response:
    row = queries.lesson_or_404(streamed_id)
    found = record.record_of(row, settings().screen_minutes)
    header = [
        _("School"),
        _("Class"),
        _("Pupil"),
        _("Minutes"),
        _("Answers"),
        _("Right"),
        _("Hands"),
        _("Turns"),
    ]
    kk = language() == "kk"
    rows = [
        [school.name_kk if kk else school.name_ru, one.pupil.class_name, one.pupil.name, round(one.minutes),
         len(one.answers), one.right, one.hands, one.turns]
        for school in found.schools for one in school.pupils
    ]  # fmt: skip
    audit.record("streamed.record_seen", row, path=row.path, rows=len(rows))
    return download(csv_bytes(header, rows), "lesson.csv")
