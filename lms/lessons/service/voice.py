"""Opening the room for voice and video where the provider wants to be told, and keeping what the teacher said in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app

from lms.core import audit, storage
from lms.core.db import db
from lms.core.jobs import GiveUp, Work, enqueue, job
from lms.lessons.models import StreamedLesson
from lms.lessons.providers import CannotOpen, provider_of
from lms.lessons.recorded import NotARecording, Track, ogg, track

LARGEST, MOST_FILES = 64 * 1024 * 1024, 40  # of recordings of one lesson


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


def keep_voice(row: StreamedLesson) -> None:
    if row.provider == "janus" and current_app.extensions["settings"].janus_recordings:
        enqueue("lessons.keep-voice", {"lesson": str(row.id)}, key=f"kept voice {row.id}", path=row.path)


@job("lessons.keep-voice", failures=3)
def gather_voice(work: Work) -> dict[str, Any]:
    """The teacher's sound alone: voices of pupils are not handed out."""
    row = db.session.get(StreamedLesson, UUID(work.payload["lesson"]))
    if row is None or row.voice:
        return {}
    folder = Path(current_app.extensions["settings"].janus_recordings) / row.id.hex
    data = ogg(_tracks(folder))
    work.effects()
    if not data:
        return {}
    blob = storage.keep(io.BytesIO(data), "audio/ogg")
    row.voice = blob.digest
    audit.record("streamed.voice_kept", row, path=row.path, name=row.title)
    return {"bytes": blob.size}


def _tracks(folder: Path) -> Iterator[Track]:
    left = LARGEST
    for file in sorted(folder.glob("teacher-*-audio-*.mjr"))[:MOST_FILES]:
        left -= file.stat().st_size
        if left < 0:
            return
        try:
            yield track(file.read_bytes())
        except NotARecording:
            continue
