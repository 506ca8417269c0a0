"""Pages of seeing: a class, one attempt and why it is not complete, its log, the questions, tables to take along."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template
from flask_babel import gettext as _

from lms.core import audit
from lms.core.i18n import in_language, moment
from lms.core.permissions import actor, needs
from lms.core.sheets import csv_bytes, xlsx_bytes
from lms.player import labels
from lms.player.models import Registration
from lms.player.queries import given_of, parts
from lms.player.queries import results as queries
from lms.player.queries.giving import assignment_or_404
from lms.player.queries.shelf import package_or_404
from lms.player.service import log
from lms.player.views.base import blueprint

SHEETS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/given/<uuid:assignment_id>")
@needs("results.see")
def results(assignment_id: UUID) -> str:
    assignment = assignment_or_404(assignment_id, "results.see")
    return render_template("player/results.html", assignment=assignment, lines=queries.lines(assignment))


@blueprint.get("/given/<uuid:assignment_id>/results.<any(csv, xlsx):kind>")
@needs("results.see")
def export_results(assignment_id: UUID, kind: str) -> Response:
    assignment = assignment_or_404(assignment_id, "results.see")
    audit.record("results.exported", assignment, path=assignment.path, kind=kind)
    name, header = in_language(assignment.package, "title"), _header()
    rows = [_row(line) for line in queries.lines(assignment)]
    data = csv_bytes(header, rows) if kind == "csv" else xlsx_bytes(name, header, rows)
    answer = Response(data, mimetype=SHEETS[kind])
    answer.headers["Content-Disposition"] = f"attachment; filename=results.{kind}"
    return answer


@blueprint.get("/given/<uuid:assignment_id>/questions")
@needs("results.see")
def questions(assignment_id: UUID) -> str:
    assignment = assignment_or_404(assignment_id, "results.see")
    return render_template(
        "player/questions.html",
        assignment=assignment,
        questions=queries.questions(assignment.id),
        titles=queries.titles(assignment),
    )


@blueprint.get("/given/<uuid:assignment_id>/parts")
@needs("results.see")
def class_parts(assignment_id: UUID) -> str:
    """Where a class stands part by part, and which objectives it has reached."""
    assignment = assignment_or_404(assignment_id, "results.see")
    found, goals = parts.of_class(assignment)
    return render_template(
        "player/class_parts.html",
        assignment=assignment, parts=found, goals=goals, titles=queries.titles(assignment),
    )  # fmt: skip


@blueprint.get("/shelf/packages/<uuid:package_id>/results")
@needs("results.see")
def package_results(package_id: UUID) -> str:
    """All that has been given of one package, within one's reach."""
    package = package_or_404(package_id)
    return render_template("player/package_results.html", package=package, listing=given_of.given_of(package))


@blueprint.get("/attempts/<uuid:registration_id>")
@needs("package.play")
def attempt(registration_id: UUID) -> str:
    """For the pupil and the teacher alike: where it stands, and why it is not complete."""
    row = _seen(registration_id)
    return render_template(
        "player/attempt.html",
        row=row, parts=queries.parts(row), hasty=queries.hasty(row), screen=queries.screen_time(row),
    )  # fmt: skip


@blueprint.get("/attempts/<uuid:registration_id>/log")
@needs("results.see")
def attempt_log(registration_id: UUID) -> str:
    row = _seen(registration_id)
    return render_template(
        "player/log.html", row=row, listing=queries.log_of(row), unapplied=log.unapplied(row)
    )


def _seen(key: UUID) -> Registration:
    row = queries.registration_or_404(key, "results.see")
    if row.person_id != actor().person_id:
        audit.record("attempt.seen", row, path=row.path)
    return row


def _header() -> list[str]:
    return [
        _("Pupil"), _("State"), _("Verdict"), _("Score, %"), _("Time, minutes"), _("Attempts"),
        _("Last seen"), _("Where they are"), _("To be checked"),
    ]  # fmt: skip


def _row(line: queries.Line) -> list[object]:
    counts = line.counts
    return [
        line.person.full_name,
        labels.completion_of(counts) if counts else labels.COMPLETION["unknown"],
        labels.SUCCESS[counts.success if counts else "unknown"],
        "" if line.score is None else round(100 * line.score),
        round(line.seconds / 60),
        len(line.attempts),
        moment(line.last_seen_at),
        line.stuck_at,
        _("faster than can be believed") if line.hasty else "",
    ]
