"""The real application and the real worker, with a page and a job that leave a countable trace."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, Flask, request

from lms import create_app
from lms.core import audit
from lms.core.db import db, insert_once
from lms.core.jobs import Job, Work, job
from lms.core.jobs.worker import Worker
from lms.core.permissions import public
from lms.core.security import token_only

ledger = Blueprint("ledger", __name__)


@ledger.post("/ledger/<int:number>")
@public
@token_only
def write(number: int) -> dict[str, Any]:
    """Idempotent, as everything must be that a client may send again without knowing what became of it."""
    fresh = insert_once(Job, {"kind": "test.trace", "key": f"ledger {number}", "state": "done"}, "key")
    if fresh:
        audit.record("ledger", number=number, size=len(request.get_data()))
    return {"number": number}


@job("test.trace")
def trace(work: Work) -> None:
    """Two effects with a pause between, so that a kill finds half a job."""
    time.sleep(work.payload["seconds"])
    audit.record("traced", number=work.payload["number"])
    db.session.flush()
    work.progress(1, 2)
    time.sleep(work.payload["seconds"])
    audit.record("traced again", number=work.payload["number"])


def create() -> Flask:
    app = create_app()
    app.register_blueprint(ledger)
    return app


if __name__ == "__main__":
    Worker(create()).serve()
