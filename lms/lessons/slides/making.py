"""The job that turns an uploaded file into slides."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from flask import current_app

from lms.core import storage
from lms.core.db import db
from lms.core.jobs import ConfinedError, Work, job, run_confined
from lms.core.settings import Settings
from lms.core.storage.chunks import pieces
from lms.lessons.labels import DECK
from lms.lessons.models import StreamedLesson
from lms.lessons.service import planning

MEMORY_MB, SECONDS = 1024, 60


@job("lessons.make-slides", failures=3)
def make_slides(work: Work) -> dict[str, Any]:
    lesson = db.session.get(StreamedLesson, UUID(work.payload["lesson"]))
    if lesson is None or lesson.deck is None or lesson.deck != work.payload["deck"]:
        return {}
    pages, refused = made_of(lesson.deck)
    work.effects()
    if refused:
        lesson.deck_state = refused
    else:
        planning.put_slides(lesson, pages)
    return {"state": lesson.deck_state}


def made_of(digest: str) -> tuple[list[dict[str, Any]], str]:
    """Pages as rows of slides, or the code of a refusal."""
    settings: Settings = current_app.extensions["settings"]
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.data_folder, prefix="slides-") as folder:
        source = Path(folder) / "deck"
        with closing(storage.open_blob(digest)) as given, source.open("wb") as copy:
            copy.writelines(pieces(given))
        try:
            found = run_confined(
                "lms.lessons.slides.pages:make", {"path": str(source), "folder": folder},
                memory_mb=MEMORY_MB, seconds=SECONDS,
            )  # fmt: skip
        except ConfinedError as error:
            return [], error.code if error.code in DECK else "cannot-be-examined"
        return [_kept(one) for one in found], ""


def _kept(page: dict[str, Any]) -> dict[str, Any]:
    with open(page["file"], "rb") as file:
        blob = storage.keep(file, "image/webp")
    return {"digest": blob.digest, "size": blob.size, "width": page["width"], "height": page["height"],
            "text": page["text"]}  # fmt: skip
