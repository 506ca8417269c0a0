"""Pages of a given test on paper: sheets and variants to print, photographs to bring, lines to look at."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from lms.core import audit, storage
from lms.core.errors import NotYours, Refused
from lms.core.i18n import language
from lms.core.jobs import enqueue
from lms.core.permissions import actor, needs
from lms.core.security import takes_uploads
from lms.quizzes.models import AnswerSheet
from lms.quizzes.queries import twin as queries
from lms.quizzes.queries.results import sitting_or_404
from lms.quizzes.queries.taking import drawn
from lms.quizzes.service import twin, twin_reading
from lms.quizzes.sheet_texts import DOUBTS, REFUSALS, how_to_fill_in
from lms.quizzes.sheets.pictures import MOST_BYTES
from lms.quizzes.sheets.printing import Sheet, sheets_pdf
from lms.quizzes.views.base import blueprint

MOST_FILES = 60


@blueprint.route("/given-tests/<uuid:sitting_id>/on-paper", methods=["GET", "POST"])
@needs("test.give")
def on_paper(sitting_id: UUID) -> Any:
    sitting = sitting_or_404(sitting_id, "test.give")
    if request.method == "POST":
        made = twin.make_sheets(sitting, request.form.get("variants", 0, type=int))
        flash(ngettext("%(num)d sheet is ready.", "%(num)d sheets are ready.", made), "good")
        return redirect(url_for("quizzes.on_paper", sitting_id=sitting.id), 303)
    sheets = queries.sheets_of(sitting.id)
    return render_template(
        "quizzes/on_paper.html", sitting=sitting, sheets=sheets, photos=queries.photos_of(sitting.id), refusals=REFUSALS,
        on_screen=queries.on_screen(sitting.id),
        doubts=sum(len(one.doubts) for one in sheets), following=_following(),
    )  # fmt: skip


@blueprint.get("/given-tests/<uuid:sitting_id>/on-paper/sheets.pdf")
@needs("test.give")
def answer_sheets(sitting_id: UUID) -> Response:
    """In the language that is asked for: sheets are for pupils, not for whoever prints them."""
    sitting = sitting_or_404(sitting_id, "test.give")
    rows = queries.sheets_of(sitting.id)
    wanted = request.args.get("language", "")
    with force_locale(wanted if wanted in ("kk", "ru") else language()):
        known = queries.versions_on(rows)
        made = [_printed(one, queries.lines_of(one, known)) for one in rows]
        data = sheets_pdf(sitting.title, made, how_to_fill_in())
    audit.record("sheets.printed", sitting, path=sitting.path, rows=len(made))
    answer = Response(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="sheets.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/given-tests/<uuid:sitting_id>/on-paper/variants")
@needs("test.give")
def paper_variants(sitting_id: UUID) -> str:
    """What the pupils get in their hands, and after each variant its key."""
    sitting = sitting_or_404(sitting_id, "test.give")
    sheets = queries.sheets_of(sitting.id)
    known, by_variant = queries.versions_on(sheets), {one.variant: one.questions for one in sheets}
    variants = {
        number: drawn(questions, sitting.version.body, known=known)
        for number, questions in sorted(by_variant.items())
    }
    names = {
        number: [one.person.short_name for one in sheets if one.variant == number] for number in variants
    }
    return render_template("quizzes/on_paper_print.html", sitting=sitting, variants=variants, names=names)


@blueprint.post("/given-tests/<uuid:sitting_id>/on-paper/photos")
@needs("test.mark")
@takes_uploads
def bring_sheets(sitting_id: UUID) -> Any:
    sitting = sitting_or_404(sitting_id, "test.mark")
    files = [one for one in request.files.getlist("photos") if one.filename]
    if not files or len(files) > MOST_FILES:
        raise Refused(_("Choose between 1 and 60 photographs or scans."))
    kept = [(one.filename or "", storage.keep(one.stream)) for one in files]
    if any(blob.size > MOST_BYTES for _name, blob in kept):
        raise Refused(_("A file is too large: at most 25 MB each."))
    twin.bring_photos(sitting, actor().person_id, kept)
    row = enqueue(twin_reading.KIND, {"sitting": sitting.id.hex}, path=sitting.path)
    return redirect(url_for("quizzes.on_paper", sitting_id=sitting.id, job=row.id), 303)


@blueprint.route("/given-tests/<uuid:sitting_id>/on-paper/doubts", methods=["GET", "POST"])
@needs("test.mark")
def sheet_doubts(sitting_id: UUID) -> Any:
    """The next line that nobody but a person can decide, with its picture."""
    sitting = sitting_or_404(sitting_id, "test.mark")
    if request.method == "POST":
        _decided()
        return redirect(url_for("quizzes.sheet_doubts", sitting_id=sitting.id), 303)
    waiting = [one for one in queries.sheets_of(sitting.id) if one.doubts]
    if not waiting:
        return render_template("quizzes/on_paper_doubt.html", sitting=sitting, left=0)
    sheet, place = waiting[0], waiting[0].doubts[0]
    return render_template(
        "quizzes/on_paper_doubt.html", sitting=sitting, sheet=sheet, place=place, line=queries.lines_of(sheet)[place],
        seen=sheet.seen[str(place)], doubt=DOUBTS[sheet.seen[str(place)]["d"]],
        left=sum(len(one.doubts) for one in waiting),
    )  # fmt: skip


@blueprint.get("/given-tests/sheets/<uuid:sheet_id>/lines/<int:line_number>.jpg")
@needs("test.mark")
def sheet_line(sheet_id: UUID, line_number: int) -> Response:
    sheet = queries.sheet_or_404(sheet_id, "test.mark")
    picture = sheet.seen.get(str(line_number), {}).get("p")
    if not picture:
        raise NotYours
    answer = Response(base64.b64decode(picture), content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _decided() -> None:
    """Which bubbles a person saw; then the sheet may be whole."""
    try:
        sheet = queries.sheet_or_404(UUID(request.form.get("sheet", "")), "test.mark")
    except ValueError:
        raise NotYours from None
    place = request.form.get("line", -1, type=int)
    if str(place) not in sheet.seen:
        raise NotYours
    options = queries.lines_of(sheet)[place].row.options
    marks = [int(one) for one in request.form.getlist("mark") if one.isdigit() and int(one) < options]
    twin.decide(sheet, place, marks)
    if twin.into_sitting(sheet):
        flash(
            _("The sheet of %(name)s is clear; its answers are marked.", name=sheet.person.short_name), "good"
        )


def _printed(one: AnswerSheet, lines: Sequence[queries.Line]) -> Sheet:
    about = _("Variant %(number)s", number=one.variant)
    return Sheet(one.number, one.sitting.title, one.person.full_name, about, [line.row for line in lines])


def _following() -> str:
    try:
        return str(UUID(request.args.get("job", "")))
    except ValueError:
        return ""
