"""Published courses, found by the words of their lessons."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.findable import Entry, Findable, add_findable, path_to
from lms.courses.blocks import kind_of
from lms.courses.models import Course, CourseEdition, EditionLesson
from lms.courses.outline import lessons_of


def keys() -> Iterable[UUID]:
    return db.session.scalars(
        select(Course.id).where(Course.current_id.is_not(None), Course.archived_at.is_(None))
    ).all()


def entry(key: UUID) -> Entry | None:
    course = db.session.get(Course, key)
    edition = db.session.get(CourseEdition, course.current_id) if course and course.current_id else None
    if course is None or edition is None or course.archived_at:
        return None
    names = ("title_kk", "title_ru", "about_kk", "about_ru", "language", "subject")
    facts = {name: edition.outline.get(name) or "" for name in names}
    grade = edition.outline.get("grade")
    return Entry(
        key, str(edition.id), course.place_id, course.path, course.created_by,
        {**facts, "grade_from": grade, "grade_to": grade}, path_to("courses.course", course_id=key), _parts(edition),
    )  # fmt: skip


def _parts(edition: CourseEdition) -> list[tuple[str, int, str]]:
    rows = db.session.scalars(select(EditionLesson).where(EditionLesson.edition_id == edition.id))
    blocks = {str(one.lesson_id): one.blocks for one in rows}
    found = []
    for number, lesson in enumerate(lessons_of(edition.outline), 1):
        said = [
            kind_of(block["kind"]).plain(block[language])
            for block in blocks.get(lesson["id"], [])
            for language in ("kk", "ru")
            if block[language] is not None
        ]
        found.append(("lesson", number, "\n".join(filter(None, [lesson["title_kk"], lesson["title_ru"], *said]))))  # fmt: skip
    return found


add_findable(Findable("course", keys, entry))
