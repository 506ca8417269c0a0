"""The item clinic of a given test."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from lms.core.permissions import needs
from lms.quizzes.analysis.guard import MODELS, RASCH
from lms.quizzes.clinic_plots import HIGH, MARGIN, WIDE, option_curves, wright_steps
from lms.quizzes.clinic_tables import figure, item_table, test_lines
from lms.quizzes.clinic_texts import MODELS as MODEL_NAMES
from lms.quizzes.clinic_texts import verdict_name, verdict_sentence
from lms.quizzes.queries.clinic import clinic
from lms.quizzes.queries.results import sitting_or_404
from lms.quizzes.views.base import blueprint


@blueprint.get("/given-tests/<uuid:sitting_id>/clinic")
@needs("test.results")
def item_clinic(sitting_id: UUID) -> str:
    sitting = sitting_or_404(sitting_id, "test.results")
    asked = request.args.get("model", RASCH)
    found = clinic(sitting, asked if asked in MODELS else RASCH)
    curves = {
        place: option_curves([(one.letter, one.found.right, one.found.curve) for one in row])
        for place, row in found.choices.items()
    }
    verdicts = [
        [(one, verdict_name(one), verdict_sentence(one)) for one in row] for row in found.analysis.verdicts
    ]
    return render_template(
        "quizzes/clinic.html", sitting=sitting, clinic=found, verdicts=verdicts, curves=curves, figure=figure,
        table=item_table(found.analysis), lines=test_lines(found.analysis), steps=wright_steps(found.analysis),
        models=MODEL_NAMES, asked=asked, size=(WIDE, HIGH, MARGIN),
    )  # fmt: skip
