"""Pages of results: class by question, one attempt, marking by hand, appeals, keys, tables to take along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import audit, storage
from lms.core.db import db
from lms.core.errors import NotYours, Refused
from lms.core.permissions import actor, needs
from lms.core.sheets import csv_bytes, xlsx_bytes
from lms.core.sheets.sending import download
from lms.quizzes.models import AnswerFile, GivenAnswer, ItemVersion
from lms.quizzes.queries import bank, family, taking
from lms.quizzes.queries import results as queries
from lms.quizzes.queries.said import said
from lms.quizzes.questions.numbers import number_of
from lms.quizzes.service import appeals, marking
from lms.quizzes.views.base import blueprint


@blueprint.get("/given-tests/<uuid:sitting_id>")
@needs("test.results")
def given_test(sitting_id: UUID) -> str:
    sitting = queries.sitting_or_404(sitting_id, "test.results")
    return render_template(
        "quizzes/given_test.html", sitting=sitting, matrix=queries.matrix(sitting), appeals=queries.appeals_about(sitting)
    )  # fmt: skip


@blueprint.get("/given-tests/<uuid:sitting_id>/results.<any(csv, xlsx):kind>")
@needs("test.results")
def export_test(sitting_id: UUID, kind: str) -> Response:
    sitting = queries.sitting_or_404(sitting_id, "test.results")
    audit.record("results.exported", sitting, path=sitting.path, kind=kind)
    found = queries.matrix(sitting)
    header = [
        _("Pupil"),
        _("Points"),
        _("Of"),
        _("Percent"),
        *(str(place) for place in range(1, len(found.columns) + 1)),
    ]
    rows = [_row(line, found.columns) for line in found.lines]
    name = sitting.title[:30]
    data = csv_bytes(header, rows) if kind == "csv" else xlsx_bytes(name, header, rows)
    return download(data, f"results.{kind}")


def _row(line: queries.Line, columns: list[queries.Column]) -> list[object]:
    attempt = line.attempt
    share = "" if line.share is None else round(100 * line.share)
    cells = [line.cells.get(one.item_id.hex) for one in columns]
    points = [attempt.points, attempt.most] if attempt and attempt.points is not None else ["", ""]
    return [
        line.person.full_name,
        *points,
        share,
        *("" if one is None or one.points is None else one.points for one in cells),
    ]


@blueprint.get("/given-tests/<uuid:sitting_id>/items/<uuid:item_id>")
@needs("test.results")
def test_item(sitting_id: UUID, item_id: UUID) -> str:
    """One question over the class: what was answered, and the way to another key."""
    sitting = queries.sitting_or_404(sitting_id, "test.results")
    matrix = queries.matrix(sitting)
    column = next((one for one in matrix.columns if one.item_id == item_id), None)
    if column is None:
        raise NotYours
    item = bank.item_or_404(item_id, "item.see")
    kind = taking.kind_of(item.kind)
    return render_template(
        "quizzes/test_item.html", sitting=sitting, column=column, item=item, kind=kind,
        key=kind.key(column.version.content), said=said(column, matrix.lines), newer=item.current_id != column.version.id,
        change=marking.changes_of(sitting.id).get(column.version.id),
    )  # fmt: skip


@blueprint.post("/given-tests/<uuid:sitting_id>/items/<uuid:item_id>/key")
@needs("test.mark")
def change_key(sitting_id: UUID, item_id: UUID) -> Any:
    """The newest version's key, or right for everybody; exactly the attempts with this question are marked again."""
    sitting = queries.sitting_or_404(sitting_id, "test.mark")
    item = bank.item_or_404(item_id, "item.see")
    column = next((one for one in queries.matrix(sitting).columns if one.item_id == item_id), None)
    reason = " ".join(request.form.get("reason", "").split())
    if column is None:
        raise NotYours
    if not reason:
        raise Refused(_("Say why the key is changed."))
    new = None if request.form.get("how") == "everybody" else db.session.get_one(ItemVersion, item.current_id)
    done = marking.change_key(sitting, column.version, new, actor().person_id, reason)
    flash(_("Marked again: %(number)s.", number=len(done.touched)), "good")
    return redirect(url_for("quizzes.given_test", sitting_id=sitting.id), 303)


@blueprint.get("/given-tests/attempts/<uuid:attempt_id>")
@needs("test.results")
def pupil_attempt(attempt_id: UUID) -> str:
    attempt = queries.attempt_or_404(attempt_id, "test.results")
    audit.record("attempt.seen", attempt, path=attempt.path)
    return render_template(
        "quizzes/result.html", **queries.review(attempt), mine=False, events=queries.events_of(attempt),
        certificate=family.certificate_of(attempt),
    )  # fmt: skip


@blueprint.get("/given-tests/<uuid:sitting_id>/marking")
@needs("test.mark")
def marking_queue(sitting_id: UUID) -> Any:
    """The next answer that waits, without the name of who wrote it."""
    sitting = queries.sitting_or_404(sitting_id, "test.mark")
    rows = queries.waiting(sitting)
    if not rows:
        flash(_("No answer waits for a mark."), "good")
        return redirect(url_for("quizzes.given_test", sitting_id=sitting.id))
    row = rows[0]
    return _marking_page(row, len(rows))


@blueprint.route("/given-tests/attempts/<uuid:attempt_id>/marks/<int:number>", methods=["GET", "POST"])
@needs("test.mark")
def mark_answer(attempt_id: UUID, number: int) -> Any:
    attempt = queries.attempt_or_404(attempt_id, "test.mark")
    row = db.session.get(GivenAnswer, (attempt.id, number))
    if row is None or row.most is None:
        raise NotYours
    if request.method == "GET":
        return _marking_page(row, 0)
    points, levels = points_given()
    marking.mark_by_hand(
        attempt, row, actor().person_id, points, levels, request.form.get("comment", "").strip()
    )
    if request.form.get("next"):
        return redirect(url_for("quizzes.marking_queue", sitting_id=attempt.sitting_id), 303)
    return redirect(url_for("quizzes.pupil_attempt", attempt_id=attempt.id), 303)


@blueprint.get("/given-tests/attempts/<uuid:attempt_id>/files/<int:number>")
@needs("test.results")
def answered_file(attempt_id: UUID, number: int) -> Response:
    """A file a pupil handed in: always a download, whatever it calls itself."""
    attempt = queries.attempt_or_404(attempt_id, "test.results", second=True)
    row = db.session.get(GivenAnswer, (attempt.id, number))
    file = (row.fields.get("file") or [""])[0] if row else ""
    if not file or db.session.get(AnswerFile, (attempt.id, file)) is None:
        raise NotYours
    name = (row.fields.get("name") or ["file"])[0] if row else "file"
    return storage.send(file, name, "application/octet-stream", download=True, cache="private, no-store")


@blueprint.post("/appeals/<uuid:appeal_id>")
@needs("test.mark")
def decide_appeal(appeal_id: UUID) -> Any:
    row = queries.appeal_or_404(appeal_id, "test.mark")
    appeals.decide(
        row,
        actor().person_id,
        request.form.get("verdict") == "granted",
        request.form.get("reply", "").strip(),
    )
    flash(_("The decision is kept; the pupil sees it."), "good")
    return redirect(url_for("quizzes.given_test", sitting_id=row.attempt.sitting_id), 303)


def _marking_page(row: GivenAnswer, left: int) -> str:
    attempt = queries.attempt_or_404(row.attempt_id, "test.mark")
    one = next(q for q in attempt.questions if q["n"] == row.number)
    question = taking.drawn([one], attempt.sitting.version.body, {row.number: row})[0]
    return render_template("quizzes/mark.html", attempt=attempt, row=row, question=question, left=left)


def points_given() -> tuple[float, list[float] | None]:
    """The levels that were chosen, added up; or the points as they were typed."""
    chosen = [
        number_of(request.form[name]) or 0.0 for name in sorted(request.form) if name.startswith("level")
    ]
    if chosen:
        return sum(chosen), chosen
    typed = number_of(request.form.get("points", ""))
    if typed is None:
        raise Refused(_("Write the points as a number."))
    return typed, None
