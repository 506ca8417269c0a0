"""Verbs of the clinic: at once for a class, behind the page and kept for a large test."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import force_locale

from lms.core import clock
from lms.core.db import db
from lms.core.i18n import LANGUAGES
from lms.core.jobs import Job, Work, enqueue, job
from lms.core.jobs.models import RUNNING, WAITING
from lms.quizzes.clinic_page import page_of
from lms.quizzes.models import KeptClinic, Sitting
from lms.quizzes.queries import clinic as queries
from lms.quizzes.queries.results import matrix

KIND = "quizzes.clinic"
AT_ONCE = 3_000  # answers that a page may count while somebody waits for it
STEPS = 3


def compute(sitting: Sitting, model: str) -> KeptClinic:
    """Asked for again while it is being computed, it is the same work."""
    row = queries.kept(sitting.id, model)
    if row is None:
        row = KeptClinic(sitting_id=sitting.id, model=model)
        db.session.add(row)
        db.session.flush()
    elif under_way(row):
        return row
    row.job_id = enqueue(KIND, {"clinic": row.id.hex}, path=sitting.path).id
    return row


def under_way(row: KeptClinic) -> bool:
    """False, too, when the work was given up."""
    work = db.session.get(Job, row.job_id) if row.job_id else None
    return work is not None and work.state in (WAITING, RUNNING)


@job(KIND, failures=2)
def do_clinic(work: Work) -> dict[str, Any]:
    row = db.session.get(KeptClinic, UUID(work.payload["clinic"]))
    sitting = db.session.get(Sitting, row.sitting_id) if row else None
    if row is None or sitting is None:
        return {}
    stamp = queries.answers_to(sitting.id).stamp
    work.progress(0, STEPS)
    table = matrix(sitting)
    work.progress(1, STEPS)
    found = queries.analysed(table, row.model)
    work.progress(2, STEPS)
    pages = {}
    for language in LANGUAGES:
        with force_locale(language):
            pages[language] = page_of(found)
    work.effects()
    keep(row, stamp, pages)
    return {"pupils": found.analysis.responses.present}


def keep(row: KeptClinic, stamp: str, pages: dict[str, Any]) -> None:
    row.pages, row.stamp, row.made_at, row.job_id = pages, stamp, clock.now(), None
