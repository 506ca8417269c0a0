"""Pages that bring questions in from a file, looked through first, and take a paper along as one."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from lms.core import audit, storage
from lms.core.errors import NotYours, Refused
from lms.core.i18n import language
from lms.core.permissions import actor, needs
from lms.core.security import takes_uploads
from lms.quizzes.exchange.formats import read_any
from lms.quizzes.exchange.reading import FileRefused
from lms.quizzes.exchange_texts import file_sentence, note_sentence
from lms.quizzes.forms import BringingForm
from lms.quizzes.queries import bank
from lms.quizzes.queries.papers import paper_or_404, sections
from lms.quizzes.service import bringing
from lms.quizzes.views.base import blueprint

KEPT = 3600  # seconds between looking and bringing


@blueprint.route("/bank/bring", methods=["GET", "POST"])
@needs("item.change")
@takes_uploads
def bring_items() -> Any:
    """Looks only: what would come, what would not and why, line by line."""
    form = BringingForm.here(language=language())
    if not form.ok():
        return render_template("quizzes/bring.html", form=form), 422 if form.wrong else 200
    try:
        data = _sent(form)
        name, reading = read_any(data)
    except FileRefused as refused:
        return render_template("quizzes/bring.html", form=form, wrong=file_sentence(refused)), 422
    digest = storage.keep(BytesIO(data), "application/octet-stream").digest
    return render_template(
        "quizzes/bring.html", form=form, reading=reading, found=name, said=note_sentence, ticket=_signer().dumps(digest)
    )  # fmt: skip


@blueprint.post("/bank/bring/confirm")
@needs("item.change")
def bring_items_now() -> Any:
    places = bank.places_to_keep_in("item.change")
    form = BringingForm.here()
    try:
        digest = _signer().loads(request.form.get("ticket", ""), max_age=KEPT)
    except BadData:
        raise Refused(_("Choose the file again: too much time has passed.")) from None
    if not places or not form.ok():
        raise NotYours
    with closing(storage.open_blob(digest)) as file:
        _name, reading = read_any(file.read())  # the bytes that were looked through
    number = bringing.bring_in(places[0], actor().person_id, reading, form.facts())
    flash(_("Questions brought in: %(number)s.", number=number), "good")
    return redirect(url_for("quizzes.items"), 303)


@blueprint.get("/papers/<uuid:paper_id>/export/<any(moodle, gift, qti21, qti22, qti3):tongue>")
@needs("paper.make")
def export_paper(paper_id: UUID, tongue: str) -> Response:
    paper = paper_or_404(paper_id)
    rows = [row for section in sections(paper) for row in section.rows]
    found, data = bringing.taken_along(rows, tongue)
    audit.record("paper.taken_along", paper, path=paper.path, format=found.title)
    answer = Response(data, content_type=found.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="questions.{found.ending}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sent(form: BringingForm) -> bytes:
    file = request.files.get("file")
    if file is None or not file.filename:
        return str(form.text.data or "").encode()
    data = file.stream.read(bringing.MOST_BYTES + 1)
    if len(data) > bringing.MOST_BYTES:
        raise FileRefused("too_large", most=bringing.MOST_BYTES // 2**20)
    return data


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"questions of {actor().person_id}")
