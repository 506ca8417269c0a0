"""Work behind the pages: how far it is, what went wrong, and trying again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from lms.admin.queries import jobs as queries
from lms.admin.views.base import blueprint
from lms.admin.words import JOBS, STATES, failure_words, job_words
from lms.core.jobs.service import retry
from lms.core.permissions import needs


@blueprint.get("/jobs")
@needs("job.see")
def jobs() -> str:
    found, counts = queries.jobs(), queries.counts_of_the_reader()
    return render_template(
        "admin/jobs.html", listing=found, counts=counts, askers=queries.askers(found.rows), states=STATES,
        kinds=sorted((code, str(words)) for code, words in JOBS.items()), job_words=job_words,
        failure_words=failure_words, moving=bool(counts["waiting"] or counts["running"]),
    )  # fmt: skip


@blueprint.post("/jobs/<uuid:job_id>/retry")
@needs("job.retry")
def retry_job(job_id: UUID) -> Any:
    retry(queries.job_or_404(job_id, "job.retry"))
    flash(_("The job is on its way again."), "good")
    return redirect(url_for("admin.jobs"), 303)
