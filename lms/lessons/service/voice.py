"""Opening the room for voice and video where the provider wants to be told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app

from lms.core.db import db
from lms.core.jobs import GiveUp, Work, enqueue, job
from lms.lessons.models import StreamedLesson
from lms.lessons.providers import CannotOpen, provider_of


def open_room(row: StreamedLesson) -> None:
    if row.provider != "link" and provider_of(row):
        enqueue("lessons.open-voice", {"lesson": str(row.id)}, key=f"voice {row.id}", path=row.path)


@job("lessons.open-voice", failures=3)
def open_voice(work: Work) -> dict[str, Any]:
    row = db.session.get(StreamedLesson, UUID(work.payload["lesson"]))
    provider = provider_of(row) if row else None
    if row is None or provider is None or row.state != "live":
        return {}
    try:
        provider.open(current_app.extensions["settings"], row)
    except CannotOpen as error:
        raise GiveUp(str(error)) from error
    return {"opened": True}
