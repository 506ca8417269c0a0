"""Questions of the bank, chosen and taken out as a file."""

from __future__ import annotations

from flask import Response, render_template, request

from lms.core import audit
from lms.core.permissions import actor, needs
from lms.quizzes.exchange.formats import WRITTEN, Format
from lms.quizzes.exchange_texts import note_sentence
from lms.quizzes.queries.exchange import chosen, loader
from lms.quizzes.views.base import blueprint

MOST_BYTES = 64 * 1024 * 1024
PER_HOUR = 60


@blueprint.get("/bank/take-out")
@needs("item.see")
def take_out() -> str:
    """What would go out, and what the format leaves behind; pictures are counted, not read."""
    questions, form = chosen(request.args), _format()
    notes = form.write(questions, lambda _digest: (b"", "image/png"))[1] if "format" in request.args else []
    refused = [one for one in notes if one.refused]
    return render_template(
        "quizzes/take_out.html", questions=questions, formats=[(one.name, one.title) for one in WRITTEN.values()], format=form, refused=len(refused),
        notes=[(one, note_sentence(one)) for one in notes], wish=request.args,
    )  # fmt: skip


@blueprint.get("/bank/take-out/file")
@needs("item.see")
def taken_out() -> Response:
    form, questions = _format(), chosen(request.args)
    data, _notes = form.write(questions, loader())
    audit.record("items.taken_out", path=_path(), rows=len(questions), format=form.name)
    head = {
        "Content-Disposition": f'attachment; filename="questions.{form.ending}"',
        "Cache-Control": "no-store",
    }
    return Response(data, content_type=form.media_type, headers=head)


def _format() -> Format:
    return WRITTEN.get(request.args.get("format", ""), WRITTEN["moodle"])


def _path() -> str:
    return min((one.path for one in actor().grants), key=len, default="")
