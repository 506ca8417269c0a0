"""Asking for work, within the transaction of whatever causes it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from sqlalchemy import select

from lms.core import clock, ids
from lms.core.db import after_commit, db, insert_once
from lms.core.i18n import language
from lms.core.jobs.models import Job
from lms.core.jobs.queue import queue
from lms.core.jobs.registry import KINDS


def enqueue(kind: str, payload: dict[str, Any] | None = None, key: str | None = None, path: str = "") -> Job:
    """One job a `key`: whoever asks again gets the one there is. `path` is the place it is about."""
    who = g.get("actor")
    fresh = {
        "id": ids.new_id(), "kind": kind, "payload": payload or {}, "key": key, "place_path": path,
        "max_failures": KINDS[kind].failures, "sent_at": clock.now(), "language": language(),
        "asked_by": who.person_id if who else g.get("acting_for"),
    }  # fmt: skip
    if key is None or insert_once(Job, fresh, "key"):
        return _sent(fresh, inserted=key is not None)
    return db.session.scalars(select(Job).where(Job.key == key)).one()


def _sent(fresh: dict[str, Any], inserted: bool) -> Job:
    key: UUID = fresh["id"]
    carrier = queue()
    after_commit(lambda: carrier.send(key))
    if inserted:
        return db.session.get_one(Job, key)
    row = Job(**fresh)
    db.session.add(row)
    db.session.flush()
    return row
