"""What the worker sees to once a day without being asked."""

from __future__ import annotations

from lms.core import scratch, storage, uploads
from lms.core.jobs import Work, job


@job("core.sweep-files", daily=True)
def sweep_files(work: Work) -> dict[str, int]:
    return {"removed": storage.sweep()}


@job("core.sweep-uploads", daily=True)
def sweep_uploads(work: Work) -> dict[str, int]:
    return {"removed": uploads.sweep()}


@job("core.sweep-scratch", daily=True)
def sweep_scratch(work: Work) -> dict[str, int]:
    return {"removed": scratch.sweep()}
