"""Work of the floor below the rooms that waits for its reader: imports to confirm, jobs under way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.core.imports.models import ImportRun
from lms.core.jobs.models import FAILED, RUNNING, WAITING, Job
from lms.core.permissions import actor
from lms.home.views import blueprint
from lms.web.cards import home_card

MOST = 5
RECENT = timedelta(days=2)


@home_card(blueprint, "import.bring", "home/cards/imports.html", 10)
def imports() -> dict[str, Any] | None:
    """Files brought by the reader that changed nothing yet, because nobody has confirmed them."""
    runs = db.session.scalars(
        select(ImportRun)
        .where(ImportRun.asked_by_id == actor().person_id, ImportRun.state == "draft")
        .order_by(ImportRun.created_at.desc())
        .limit(MOST)
    ).all()
    return {"runs": runs} if runs else None


@home_card(blueprint, "upload.send", "home/cards/jobs.html", 20)
def jobs() -> dict[str, Any] | None:
    """What the reader asked for and is not done: waiting, under way, or failed for good."""
    rows = db.session.scalars(
        select(Job)
        .where(
            Job.asked_by == actor().person_id,
            Job.state.in_((WAITING, RUNNING, FAILED)),
            Job.created_at > clock.now() - RECENT,
        )
        .order_by(Job.created_at.desc())
        .limit(MOST)
    ).all()
    return {"jobs": rows} if rows else None
