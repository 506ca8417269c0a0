"""Published courses, found by the words of their lessons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.core.findable import Entry, Findable, Given, add_findable, path_to
from lms.courses.blocks import kind_of
from lms.courses.models import Course, CourseEdition, EditionLesson
from lms.courses.outline import lessons_of, way
from lms.courses.queries.taking import given_to


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
        here = blocks.get(lesson["id"], [])
        titles = [lesson["title_kk"], lesson["title_ru"]]
        found.append(("lesson", number, "\n".join(filter(None, [*titles, *_said(here, asking=False)]))))
        found.append(("task", number, "\n".join(filter(None, _said(here, asking=True)))))
    return [one for one in found if one[2]]


def _said(blocks: Sequence[Mapping[str, Any]], asking: bool) -> list[str]:
    """Words of a question may tell its answer, so they stand apart."""
    kinds = [(kind_of(block["kind"]), block) for block in blocks]
    return [
        kind.plain(block[language])
        for kind, block in kinds
        for language in ("kk", "ru")
        if kind.asks is asking and block[language] is not None
    ]


def given(person_id: UUID) -> list[Given]:
    return [
        Given(
            str(one.given.edition_id), path_to("courses.course_home", given_course_id=one.given.id),
            frozenset(stop.number for stop in way(one.outline, one.records, one.given.dates, clock.now()) if stop.open),
        )
        for one in given_to(person_id)
        if one.open
    ]  # fmt: skip


add_findable(Findable("course", keys, entry, given))
