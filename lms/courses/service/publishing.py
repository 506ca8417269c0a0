"""From a draft to an edition: what is still missing, review, freezing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from lms.core import audit
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.findable import refresh
from lms.core.text import search_key
from lms.courses.blocks import kind_of
from lms.courses.models import Course, CourseBlock, CourseEdition, CourseLesson, CourseModule, EditionLesson
from lms.courses.prerequisites import ring, waits_for
from lms.people.models import Person

LANGUAGES = ("kk", "ru")


@dataclass(frozen=True)
class Lack:
    """Something to be done before publishing, and where."""

    lesson: CourseLesson | None
    block: CourseBlock | None
    language: str
    text: str


def blocks_of(course: Course) -> None:
    """Reads the blocks of all lessons, in one statement, after whatever was just written."""
    db.session.flush()
    rows = db.session.scalars(
        select(CourseBlock)
        .join(CourseBlock.lesson)
        .join(CourseLesson.module)
        .where(CourseModule.course_id == course.id)
        .order_by(CourseBlock.position)
    )
    by_lesson: dict[UUID, list[CourseBlock]] = {}
    for row in rows:
        by_lesson.setdefault(row.lesson_id, []).append(row)
    for lesson in course.lessons:
        set_committed_value(lesson, "blocks", by_lesson.get(lesson.id, []))


def lacks(course: Course) -> list[Lack]:
    """Everything that must be filled in; without it nothing is published."""
    blocks_of(course)
    lessons = course.lessons
    found = [] if lessons else [Lack(None, None, "", _("The course has no lessons yet."))]
    edges = waits_for(course)
    for lesson in lessons:
        if ring(edges, lesson.id):
            found.append(
                Lack(
                    lesson,
                    None,
                    "",
                    _("The lesson would never open: it waits for itself. Take one of its conditions out."),
                )
            )
        if not (lesson.title_kk or lesson.title_ru):
            found.append(Lack(lesson, None, "", _("The lesson has no title.")))
        if not lesson.activity and not lesson.blocks:
            found.append(Lack(lesson, None, "", _("The lesson is empty.")))
        if (
            lesson.rule == "score"
            and not lesson.activity
            and not any(kind_of(one.kind).scored for one in lesson.blocks)
        ):
            found.append(Lack(lesson, None, "", _("The lesson asks for a score and has no knowledge check.")))
        found += [one for block in lesson.blocks for one in _of_block(lesson, block)]
    return found


def _of_block(lesson: CourseLesson, block: CourseBlock) -> list[Lack]:
    return [
        Lack(lesson, block, language, text)
        for language in LANGUAGES
        for text in kind_of(block.kind).missing(block.content(language) or {})
        if block.content(language) is not None
    ]


def untranslated(course: Course, language: str) -> int:
    """Blocks without a text in this language, or whose text lags behind. `blocks_of` was called before."""
    blocks = [block for lesson in course.lessons for block in lesson.blocks]
    return sum(one.content(language) is None or one.stale(language) for one in blocks)


def languages_of(course: Course) -> list[str]:
    blocks = [block for lesson in course.lessons for block in lesson.blocks]
    return [one for one in LANGUAGES if any(block.content(one) is not None for block in blocks)]


def ask_review(course: Course) -> None:
    """A methodologist looks at it; what is missing must be there before."""
    if lacks(course):
        raise Refused(_("Some things are still missing. They are listed on the page of the course."))
    course.state, course.review_note = "review", ""
    audit.record("course.review_asked", course, path=course.path, name=course.title_kk or course.title_ru)


def send_back(course: Course, note: str) -> None:
    course.state, course.review_note = "draft", note
    audit.record("course.sent_back", course, path=course.path, name=course.title_kk or course.title_ru)


def publish(course: Course, person: Person, note: str = "") -> CourseEdition:
    """Freezes what there is as the next edition. Classes stay on theirs until they are moved."""
    if lacks(course):
        raise Refused(_("Some things are still missing. They are listed on the page of the course."))
    last = db.session.scalar(
        select(func.max(CourseEdition.number)).where(CourseEdition.course_id == course.id)
    )
    edition = CourseEdition(
        course_id=course.id,
        number=(last or 0) + 1,
        outline=outline(course),
        note=note,
        published_by=person.id,
    )
    db.session.add(edition)
    db.session.flush()
    db.session.add_all(_frozen(edition, lesson) for lesson in course.lessons)
    course.state, course.current_id, course.review_note = "published", edition.id, ""
    db.session.flush()
    audit.record("course.published", course, path=course.path, version=edition.number)
    refresh("course", course.id)
    return edition


def outline(course: Course) -> dict[str, Any]:
    """Titles, order and rules: what a course home needs without reading a single block."""
    facts = {name: getattr(course, name) for name in _FACTS}
    return {**facts, "languages": languages_of(course), "modules": [_module(one) for one in course.modules]}


_FACTS = (
    "title_kk", "title_ru", "about_kk", "about_ru", "subject", "grade", "quarter", "section", "language",
    "objectives", "licence", "credits",
)  # fmt: skip


def _module(module: CourseModule) -> dict[str, Any]:
    lessons = [_lesson(one) for one in module.lessons]
    return {
        "id": str(module.id),
        "title_kk": module.title_kk,
        "title_ru": module.title_ru,
        "lessons": lessons,
    }


def _lesson(lesson: CourseLesson) -> dict[str, Any]:
    return {
        "id": str(lesson.id), "title_kk": lesson.title_kk, "title_ru": lesson.title_ru, "rule": lesson.rule,
        "pass_score": lesson.pass_score, "in_order": lesson.in_order, "after": lesson.after, "activity": lesson.activity,
        "activity_key": str(lesson.activity_key) if lesson.activity_key else "",
        "blocks": [str(one.id) for one in lesson.blocks],
        "scored": [str(one.id) for one in lesson.blocks if kind_of(one.kind).scored],
    }  # fmt: skip


def frozen_blocks(blocks: Sequence[CourseBlock]) -> list[dict[str, Any]]:
    return [{"id": str(one.id), "kind": one.kind, "kk": one.kk, "ru": one.ru} for one in blocks]


def _frozen(edition: CourseEdition, lesson: CourseLesson) -> EditionLesson:
    said = [
        kind_of(block.kind).plain(content)
        for block in lesson.blocks
        for content in (block.kk, block.ru)
        if content is not None
    ]
    words = search_key(" ".join([lesson.title_kk, lesson.title_ru, *said]))
    return EditionLesson(
        edition_id=edition.id, lesson_id=lesson.id, blocks=frozen_blocks(lesson.blocks), search=words
    )
