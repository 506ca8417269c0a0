"""Publishing: a row in the transaction of the deed, and a wake-up call when it is kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import delete

from lms.core import clock
from lms.core.db import at_commit, db, queue_here
from lms.core.jobs import Work, job
from lms.core.live.bus import Bus, make_bus
from lms.core.live.models import LiveEvent
from lms.core.live.tickets import address
from lms.core.settings import Settings

LOCK = 7_204_002
KEPT = timedelta(days=1)
_KIND = re.compile(r"[a-z][a-z0-9-]{0,59}")


def init_live(app: Flask, settings: Settings) -> None:
    app.extensions["bus"] = make_bus(settings)
    app.jinja_env.globals["live_address"] = address


def publish(channel: str, kind: str, data: dict[str, Any] | None = None) -> None:
    """Whoever may hear the channel gets it when the transaction commits; nobody does when it does not."""
    if not _KIND.fullmatch(kind):
        raise ValueError(f"{kind!r} is no name for an event")
    event = LiveEvent(channel=channel, kind=kind, data=data or {})
    bus: Bus = current_app.extensions["bus"]
    at_commit(lambda: _add(event, bus), late=True)


def _add(event: LiveEvent, bus: Bus) -> None:
    """In line, so that a smaller number is never seen after a larger one."""
    queue_here(LOCK)
    db.session.add(event)
    db.session.flush()
    bus.announce()


@job("core.sweep-events", daily=True)
def sweep_events(work: Work) -> None:
    """A ticket is good for twelve hours, so nobody can ask for what is older than a day."""
    old = delete(LiveEvent).where(LiveEvent.created_at < clock.now() - KEPT)
    db.session.execute(old.execution_options(synchronize_session=False))
