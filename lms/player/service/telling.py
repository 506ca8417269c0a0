"""Telling others that a result has changed: programs by a signed message, a record store by xAPI statements.

What is told is decided in the transaction of the change; a job carries it out, and tries again when nobody answers.
The key of the job names the entry of the log it speaks of, so that nothing is told twice as something new.
"""

from __future__ import annotations

import threading
import time
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.core.jobs import enqueue
from lms.core.settings import Settings
from lms.player.models import ApiClient

HOOK, XAPI = "player.webhook", "player.xapi"
KNOWN_FOR = 10.0  # seconds: so long another process may not know of a new listener
TOLD = ("completion", "success", "score", "finished_at")

_lock = threading.Lock()
_known: tuple[float, list[tuple[UUID, str]]] | None = None


def changed(key: UUID, path: str, entries: int, before: Any, after: dict[str, Any]) -> None:
    """`before` is a row, `after` what is about to be written. Nothing is asked for while nobody listens."""
    if all(after.get(name) == getattr(before, name) for name in TOLD):
        return
    listeners = [client for client, place in _listeners() if path.startswith(place)]
    settings: Settings = current_app.extensions["settings"]
    if not (listeners or settings.lrs_url):
        return
    facts = {
        "registration": key.hex,
        "entries": entries,
        "at": clock.now().isoformat(),
        **{name: after.get(name) for name in ("completion", "success", "score", "seconds")},
        "finished_at": after["finished_at"].isoformat() if after.get("finished_at") else None,
    }
    for client in listeners:
        enqueue(
            HOOK, {"client": client.hex, **facts}, key=f"hook {client.hex} {key.hex} {entries}", path=path
        )
    if settings.lrs_url:
        enqueue(XAPI, facts, key=f"xapi {key.hex} {entries}", path=path)


def forget_listeners() -> None:
    global _known
    with _lock:
        _known = None


def _listeners() -> list[tuple[UUID, str]]:
    """Who wants to be told, and of which places."""
    global _known
    with _lock:
        known = _known
    if known is None or time.monotonic() - known[0] > KNOWN_FOR:
        rows = db.session.execute(
            select(ApiClient.id, ApiClient.path).where(
                ApiClient.hook_url != "", ApiClient.revoked_at.is_(None)
            )
        )
        known = (time.monotonic(), [(row.id, row.path) for row in rows])
        with _lock:
            _known = known
    return known[1]
