"""Smaller sizes of a film, made behind the page; until they are there, and where ffmpeg is not, it is sent as it came."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from lms.core import storage
from lms.core.db import db
from lms.core.jobs import ConfinedError, Work, enqueue, job, run_confined
from lms.core.scratch import on_disk, scratch
from lms.courses import films
from lms.courses.models import Course, CourseFile

KIND = "courses.film"
MEMORY_MB, LOOK_SECONDS = 2048, 20
WORTH = 0.8  # of what it was: a size that saves less is not kept
MOST_SECONDS = 4 * 3600  # of processor time for one size: three hours of film on a slow machine
WATCH = 2.0
SIZES = {"small": films.SMALL, "middle": films.MIDDLE}


def job_key(file_id: UUID) -> str:
    return f"film {file_id.hex}"


def make_smaller(course: Course, row: CourseFile) -> None:
    if films.program() is not None:
        enqueue(KIND, {"file": row.id.hex}, key=job_key(row.id), path=course.path)


@job(KIND, failures=2)
def film(work: Work) -> dict[str, Any]:
    row = db.session.get(CourseFile, UUID(work.payload["file"]))
    if row is None or row.family != "video":
        return {}
    with scratch() as folder:
        given = {"path": str(on_disk(row.digest, folder)), "media_type": row.media_type}
        try:
            made = _made(work, row, folder, given)
        except ConfinedError as error:
            return {"code": error.code}  # it stays as it came; trying again would not help
        work.effects()
        for name, (digest, size) in made.items():
            setattr(row, name, digest)
            setattr(row, f"{name}_size", size)
    return {name: size for name, (_digest, size) in made.items()}


def _made(work: Work, row: CourseFile, folder: Path, given: dict[str, str]) -> dict[str, tuple[str, int]]:
    facts = run_confined("lms.courses.films:look", given, memory_mb=MEMORY_MB, seconds=LOOK_SECONDS)
    wanted = {name: one for name, one in SIZES.items() if one.height < facts["height"]}
    found: dict[str, tuple[str, int]] = {}
    for number, (name, one) in enumerate(wanted.items()):
        out, steps = folder / f"{name}.mp4", folder / f"{name}.steps"
        call = {**given, "out": str(out), "steps": str(steps), "size": asdict(one)}
        with _told(work, steps, facts["seconds"], number, len(wanted)):
            size = run_confined("lms.courses.films:make", call, memory_mb=MEMORY_MB, seconds=MOST_SECONDS)
        if size < WORTH * row.size:
            with out.open("rb") as stream:
                found[name] = storage.keep(stream, "video/mp4").digest, size
    return found


@contextmanager
def _told(work: Work, steps: Path, seconds: float, number: int, of: int) -> Iterator[None]:
    """Says how far it is while ffmpeg is at work."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(WATCH):
            share = min(films.seconds_done(steps) / seconds, 1.0) if seconds else 0.0
            work.progress(round(100 * (number + share)), 100 * of)

    thread = threading.Thread(target=watch, name=f"film {work.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
