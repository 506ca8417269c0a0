"""A paper on its way out as a file: PDF, Word, a self-test for any learning system; and templates to fill in."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from flask_babel import force_locale
from flask_babel import gettext as _

from lms.core import audit
from lms.core.errors import Refused
from lms.core.permissions import needs
from lms.core.sheets import download
from lms.quizzes.exchange.templates import TEMPLATES
from lms.quizzes.leaving import scorm
from lms.quizzes.leaving.docx import paper_docx
from lms.quizzes.leaving.pdf import paper_pdf
from lms.quizzes.leaving.sheets import variants_of
from lms.quizzes.queries.exchange import loader
from lms.quizzes.queries.papers import paper_or_404
from lms.quizzes.views.base import blueprint


@blueprint.get("/papers/<uuid:paper_id>/files/<any(pdf, docx):paper>")
@needs("paper.make")
def paper_file(paper_id: UUID, paper: str) -> Response:
    """With its key, in the language of the paper."""
    row = paper_or_404(paper_id)
    variants = variants_of(row, request.args.get("variants", 1, type=int))
    with force_locale(row.language):
        data = (
            paper_pdf(row.title, row.note, variants, loader())
            if paper == "pdf"
            else paper_docx(row.title, row.note, row.language, variants, loader())
        )
    audit.record("paper.taken_along", row, path=row.path, format=paper.upper())
    return download(data, f"paper.{paper}")


@blueprint.get("/papers/<uuid:paper_id>/self-test/<string:shape>")
@needs("paper.make")
def paper_selftest(paper_id: UUID, shape: str) -> Response:
    row = paper_or_404(paper_id)
    edition = scorm.EDITIONS.get(shape, "1.2")
    questions = variants_of(row, 1)[0].questions
    if not any(one.number for one in scorm.kept_and_left(questions)[0]):
        raise Refused(_("No question of this paper can be marked without a person."))
    with force_locale(row.language):
        data = scorm.selftest(row, questions, loader(), edition)
    audit.record("paper.taken_along", row, path=row.path, format=f"SCORM {edition}")
    return download(data, "self-test.zip")


@blueprint.get("/bank/templates/<any(docx, xlsx):paper>/<any(kk, ru):chosen>")
@needs("item.change")
def question_template(paper: str, chosen: str) -> Response:
    return download(TEMPLATES[paper](chosen), f"questions-{chosen}.{paper}")
