"""Rankings and the gap map."""

from __future__ import annotations

from flask import render_template, request

from lms.core.permissions import needs
from lms.library import labels
from lms.library.queries import figures as queries
from lms.library.views.base import blueprint


@blueprint.get("/ranking")
@needs("library.figures")
def figures() -> str:
    return render_template("library/figures.html", found=queries.rankings(), words=labels)


@blueprint.get("/gaps")
@needs("library.figures")
def gaps() -> str:
    subject = request.args.get("subject", "")
    known = subject if subject in labels.SUBJECTS else ""
    return render_template("library/gaps.html", gaps=queries.gaps(known), subject=known, words=labels)
