"""How far a job is, for the progress bar of the page that asked for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lms.core.jobs.models import FAILED, Job
from lms.core.jobs.queries import job_or_404
from lms.core.permissions import needs
from lms.core.rooms import room

blueprint = room("jobs", __name__, "/jobs")


@blueprint.get("/<uuid:job_id>")
@needs("job.follow")
def state(job_id: UUID) -> dict[str, Any]:
    return described(job_or_404(job_id))


def described(row: Job) -> dict[str, Any]:
    """`error` is a sentence for people only when the job was refused; the rest stays in the log."""
    return {
        "id": str(row.id), "kind": row.kind, "state": row.state, "done": row.done, "total": row.total,
        "attempts": row.attempts, "result": row.result,
        "error_code": row.error_code if row.state == FAILED else "",
        "error": row.error if row.state == FAILED and row.error_code == "Refused" else "",
    }  # fmt: skip
