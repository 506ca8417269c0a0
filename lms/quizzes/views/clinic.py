"""The item clinic of a given test."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from lms.core.i18n import language
from lms.core.permissions import needs
from lms.quizzes.analysis.guard import MODELS, RASCH
from lms.quizzes.clinic_page import page_of
from lms.quizzes.clinic_plots import HIGH, MARGIN, WIDE
from lms.quizzes.clinic_texts import MODELS as MODEL_NAMES
from lms.quizzes.models import Sitting
from lms.quizzes.queries import clinic as queries
from lms.quizzes.queries.results import sitting_or_404
from lms.quizzes.service import clinic as service
from lms.quizzes.views.base import blueprint


@blueprint.route("/given-tests/<uuid:sitting_id>/clinic", methods=["GET", "POST"])
@needs("test.results")
def item_clinic(sitting_id: UUID) -> Any:
    """At once for a class; of a large test what was computed behind the page, with its moment."""
    sitting = sitting_or_404(sitting_id, "test.results")
    wanted = request.args.get("model", RASCH)
    asked = wanted if wanted in MODELS else RASCH
    if request.method == "POST":
        service.compute(sitting, asked)
        return redirect(url_for("quizzes.item_clinic", sitting_id=sitting.id, model=asked), 303)
    return render_template(
        "quizzes/clinic.html", sitting=sitting, models=MODEL_NAMES, asked=asked, size=(WIDE, HIGH, MARGIN),
        **_shown(sitting, asked),
    )  # fmt: skip


def _shown(sitting: Sitting, asked: str) -> dict[str, Any]:
    size = queries.answers_to(sitting.id)
    if size.count <= service.AT_ONCE:
        return {"clinic": page_of(queries.clinic(sitting, asked)), "kept": None}
    row = queries.kept(sitting.id, asked)
    pages = row.pages if row else None
    return {
        "clinic": pages[language()] if pages else None, "kept": row, "answers": size.count,
        "stale": row is not None and row.stamp != size.stamp, "working": row is not None and service.under_way(row),
    }  # fmt: skip
