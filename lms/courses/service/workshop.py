"""Around the writing: comments, and who is at which lesson."""

from __future__ import annotations

from uuid import UUID

from lms.core import clock
from lms.core.db import db
from lms.courses.models import CourseComment, CourseLesson, LessonPresence


def comment(lesson: CourseLesson, person_id: UUID, text: str, block_id: UUID | None = None) -> CourseComment:
    row = CourseComment(lesson_id=lesson.id, person_id=person_id, text=text, block_id=block_id)
    db.session.add(row)
    db.session.flush()
    return row


def settle(row: CourseComment) -> None:
    row.settled_at = clock.now()


def here(lesson: CourseLesson, person_id: UUID) -> None:
    """Said by an open page every half minute."""
    row = db.session.get(LessonPresence, (lesson.id, person_id))
    if row is None:
        db.session.add(LessonPresence(lesson_id=lesson.id, person_id=person_id))
    else:
        row.seen_at = clock.now()
    db.session.flush()
