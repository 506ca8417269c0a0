"""Lessons that a computer of a school holds on the school's own network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.lessons.models import StreamedClass, StreamedEvent, StreamedLesson, StreamedQuestion

AHEAD, BEHIND = timedelta(hours=48), timedelta(hours=6)
MOST_LESSONS = 30


def coming_lessons(school_id: UUID) -> Sequence[StreamedLesson]:
    """Of two days; those that go on are among them however long ago they were to begin."""
    heard = select(StreamedClass.lesson_id).where(StreamedClass.school_id == school_id)
    now = clock.now()
    return db.session.scalars(
        select(StreamedLesson)
        .where(
            StreamedLesson.id.in_(heard),
            StreamedLesson.state.in_(("planned", "live")),
            StreamedLesson.starts_at.between(now - BEHIND, now + AHEAD),
        )
        .order_by(StreamedLesson.starts_at)
        .limit(MOST_LESSONS)
    ).all()


def lesson_of_school_or_404(lesson_id: UUID, school_id: UUID) -> StreamedLesson:
    found = db.session.scalar(
        select(StreamedLesson)
        .join(StreamedClass, StreamedClass.lesson_id == StreamedLesson.id)
        .where(StreamedLesson.id == lesson_id, StreamedClass.school_id == school_id)
        .limit(1)
    )
    if found is None:
        raise NotYours
    return found


def question_of(lesson_id: UUID, question_id: UUID) -> StreamedQuestion | None:
    found = db.session.get(StreamedQuestion, question_id)
    return found if found and found.lesson_id == lesson_id else None


def asked_in_the_class(lesson_id: UUID, question_id: UUID, school_id: UUID) -> bool:
    """The teacher in the class has asked it while the outside line was gone."""
    row = StreamedEvent
    wanted = select(row.id).where(
        row.lesson_id == lesson_id, row.kind == "opened", row.question_id == question_id,
        row.school_id == school_id,
    )  # fmt: skip
    return db.session.scalar(wanted.limit(1)) is not None
