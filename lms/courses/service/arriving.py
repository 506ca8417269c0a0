"""A document arrives: read at once or behind the page, looked at, kept, and taken back if it was a mistake."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.jobs import Work, enqueue, job
from lms.courses.importing.drawn import can_draw, with_drawn_slides
from lms.courses.importing.found import Found, kept_found, read
from lms.courses.models import Course, CourseArrival, CourseModule
from lms.courses.models.arrivals import SLIDES
from lms.courses.service import courses, files, importing
from lms.people.models import Person

AT_ONCE_BYTES = 1024 * 1024  # what is larger is read behind the page
AT_ONCE_FILES = 12  # pictures are written anew, which takes its time


def arrive(course: Course, person: Person, name: str, digest: str, size: int, language: str) -> CourseArrival:
    row = CourseArrival(
        course=course, person_id=person.id, name=name[-200:], language=language, digest=digest
    )
    db.session.add(row)
    db.session.flush()
    if size <= AT_ONCE_BYTES and not can_draw(row.end):
        look_at(row, read(files.stored(digest), row.end))
    else:
        enqueue("courses.read-document", {"arrival": row.id.hex}, key=job_key(row), path=course.path)
    return row


def job_key(row: CourseArrival) -> str:
    return f"{'keep' if row.state == 'keeping' else 'read'} {row.id.hex}"


@job("courses.read-document", failures=2)
def read_document(work: Work) -> dict[str, Any]:
    row = db.session.get(CourseArrival, UUID(work.payload["arrival"]))
    if row is None or row.state != "reading":
        return {}
    work.progress(0, 3)
    document = files.stored(row.digest)
    found = read(document, row.end)
    work.progress(1, 3)
    if can_draw(row.end) and not found.refused:
        found = with_drawn_slides(found, document)
    work.progress(2, 3)
    work.effects()
    look_at(row, found)
    return {"state": row.state}


def look_at(row: CourseArrival, found: Found) -> None:
    """What was found waits for the author's word."""
    row.state, row.refused = ("refused", found.refused) if found.refused else ("read", "")
    drawn = {SLIDES: found.drawn} if found.drawn else {}
    row.counts, row.missed = {**found.counts, **drawn}, found.missed
    row.lessons = [[one["title"], len(one["blocks"])] for one in found.lessons]
    row.found = None if found.refused else found.kept()


def keep(row: CourseArrival) -> None:
    """Lessons are made of it, once: whoever presses twice makes them once."""
    if row.state != "read" or row.found is None:
        raise Refused(_("The file is not here any more. Choose it once more."))
    row.state = "keeping"
    db.session.flush()
    found = kept_found(row.found)
    if len(found.files) <= AT_ONCE_FILES:
        _keep(row, found, [importing.kept_file(row.course, one) for one in found.files])
    else:
        enqueue("courses.keep-document", {"arrival": row.id.hex}, key=job_key(row), path=row.course.path)


@job("courses.keep-document", failures=2)
def keep_document(work: Work) -> dict[str, Any]:
    row = db.session.get(CourseArrival, UUID(work.payload["arrival"]))
    if row is None or row.state != "keeping" or row.found is None:
        return {}
    found = kept_found(row.found)
    keys = list((work.checkpoint or {}).get("keys", ()))
    for file in found.files[len(keys) :]:
        # One by one, so that nobody waits for the database while pictures are written anew.
        keys.append(importing.kept_file(row.course, file))
        work.keep({"keys": keys})
        work.progress(len(keys), len(found.files) + 1)
    work.effects()
    _keep(row, found, keys)
    return {"state": row.state}


def _keep(row: CourseArrival, found: Found, keys: list[str]) -> None:
    made = importing.bring_in(row.course, found, keys, row.title, row.language, row.person)
    row.modules, row.state, row.found, row.kept_at = [str(one.id) for one in made], "kept", None, clock.now()


def take_back(row: CourseArrival) -> None:
    """The modules that were made of it go, with everything in them. What was published stays published."""
    if row.state != "kept":
        raise Refused(_("There is nothing to take back."))
    made = {UUID(key) for key in row.modules}
    for module in [one for one in row.course.modules if one.id in made]:
        for lesson in list(module.lessons):
            courses.remove_lesson(lesson)
        db.session.flush()
        courses.remove_module(module)
    row.state = "undone"
    audit.record("course.import_undone", row.course, path=row.course.path, name=row.title)


def made_of(row: CourseArrival) -> list[CourseModule]:
    return [one for one in row.course.modules if str(one.id) in row.modules]
