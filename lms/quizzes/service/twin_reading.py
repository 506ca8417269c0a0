"""The job that reads photographs of sheets, a few at a time, and carries what is clear into the sitting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lms.core.db import db
from lms.core.jobs import ConfinedError, Work, job, run_confined
from lms.core.scratch import on_disk, scratch
from lms.quizzes.models import SheetPhoto, Sitting
from lms.quizzes.queries import twin as queries
from lms.quizzes.service import twin

KIND = "quizzes.read-sheets"
AT_ONCE = 6
MEMORY_MB, SECONDS = 2048, 300  # a scan may have two hundred pages


@job(KIND, failures=2)
def read_sheets(work: Work) -> dict[str, int]:
    sitting = db.session.get(Sitting, UUID(work.payload["sitting"]))
    if sitting is None:
        return {}
    waiting = [one.id for one in queries.photos_of(sitting.id, "waiting")]
    taken = 0
    for begin in range(0, len(waiting), AT_ONCE):
        work.progress(begin, len(waiting))
        photos = [db.session.get_one(SheetPhoto, key) for key in waiting[begin : begin + AT_ONCE]]
        seen = _look(photos, _lines(sitting.id))
        work.effects()
        for photo, pages in zip(photos, seen, strict=True):
            taken += sum(twin.into_sitting(sheet) for sheet in twin.keep_photo(photo, pages))
        work.keep({"read": begin + len(photos)})
    work.progress(len(waiting), len(waiting))
    return {"photos": len(waiting), "taken": taken}


def _lines(sitting_id: UUID) -> dict[str, list[list[Any]]]:
    return {
        str(sheet.number): [[one.row.label, one.row.options, one.row.many] for one in queries.lines_of(sheet)]
        for sheet in queries.sheets_of(sitting_id)
    }


def _look(photos: list[SheetPhoto], lines: dict[str, list[list[Any]]]) -> list[list[dict[str, Any]]]:
    """In a process of its own. Should it break on one of them, each is opened alone, and the one at fault refused."""
    with scratch() as folder:
        files = [str(on_disk(photo.file, folder)) for photo in photos]
        try:
            return _confined(files, lines)
        except ConfinedError:
            return [_alone(file, lines) for file in files]


def _alone(file: str, lines: dict[str, list[list[Any]]]) -> list[dict[str, Any]]:
    try:
        return _confined([file], lines)[0]
    except ConfinedError:
        return [{"refused": "not-a-picture"}]


def _confined(files: list[str], lines: dict[str, list[list[Any]]]) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = run_confined(
        "lms.quizzes.sheets.files:read_files", {"files": files, "sheets": lines}, memory_mb=MEMORY_MB, seconds=SECONDS
    )  # fmt: skip
    return found
