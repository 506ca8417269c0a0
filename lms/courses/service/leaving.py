"""A course is packed: at once when it is light, behind the page when it carries films and many pictures."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import force_locale

from lms.core import clock, storage
from lms.core.db import db
from lms.core.jobs import Job, Work, enqueue, job
from lms.core.text import in_latin
from lms.courses.exporting import SHAPES, Leaving
from lms.courses.models import CourseEdition

AT_ONCE_BYTES = 20 * 1024 * 1024
KIND = "courses.pack"


def is_light(edition: CourseEdition, language: str) -> bool:
    return sum(one.size for one in Leaving(edition, language).files_of_both.values()) <= AT_ONCE_BYTES


def packed(edition: CourseEdition, shape: str, language: str) -> bytes:
    with force_locale(language):
        return SHAPES[shape].make(Leaving(edition, language))


def name_of(edition: CourseEdition, shape: str, language: str) -> str:
    title = in_latin(Leaving(edition, language).title)[:40] or "course"
    return f"{title}-{edition.number}-{language}{SHAPES[shape].end}"


def pack_behind(edition: CourseEdition, shape: str, language: str) -> Job:
    """Once a day for each shape; what was packed is swept away a day after."""
    wish = {"edition": edition.id.hex, "shape": shape, "language": language}
    day = clock.now().date().isoformat()
    key = f"pack {edition.id.hex} {shape} {language} {day}"
    return enqueue(KIND, wish, key=key, path=edition.course.path)


@job(KIND, failures=2)
def pack(work: Work) -> dict[str, Any]:
    wish = work.payload
    edition = db.session.get_one(CourseEdition, UUID(wish["edition"]))
    site = current_app.extensions["settings"].site
    with current_app.test_request_context(base_url=site):  # templates know the site by the request
        data = packed(edition, wish["shape"], wish["language"])
    kind = SHAPES[wish["shape"]].media_type
    return {"digest": storage.keep(io.BytesIO(data), kind).digest, "size": len(data)}
