"""Planning a lesson, beginning and ending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from lms.core import audit, clock, ids
from lms.core.db import db, insert_once
from lms.core.errors import Refused
from lms.core.jobs import enqueue
from lms.core.live import publish
from lms.core.storage import Blob
from lms.lessons.models import StreamedClass, StreamedEvent, StreamedLesson, StreamedQuestion, StreamedSlide
from lms.lessons.service import voice
from lms.lessons.service.words import everybody
from lms.people.models import SchoolClass
from lms.places.models import Place

MOST_CLASSES = 200


def usual_script(minutes: int) -> list[dict[str, Any]]:
    """The shape the pilot found good: explain 15–20 minutes, tasks 10–15, with the teacher in the class."""
    explain, work = min(20, minutes * 45 // 100), min(15, minutes * 30 // 100)
    opening, closing = 3, max(2, minutes - explain - work - 3)
    return [
        {"minutes": opening, "who": "satellite", "what": _("Greeting, who is here, what we want to find out"), "slide": 1},
        {"minutes": explain, "who": "hub", "what": _("Explanation with questions on the way"), "slide": 2},
        {"minutes": work, "who": "satellite", "what": _("Task in notebooks; the teacher in the class helps"), "slide": 0},
        {"minutes": closing, "who": "hub", "what": _("Answers, conclusion, exit ticket"), "slide": 0},
    ]  # fmt: skip


def plan_lesson(
    school: Place, teacher_id: UUID, classes: Sequence[SchoolClass], *, starts_at: datetime, minutes: int = 40,
    **facts: Any,
) -> StreamedLesson:  # fmt: skip
    row = StreamedLesson(
        school_id=school.id, path=school.path, teacher_id=teacher_id, starts_at=starts_at, minutes=minutes,
        script=usual_script(minutes), now={"slide": 1}, **facts,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _invite(row, classes)
    audit.record("streamed.planned", row, path=row.path, name=row.title)
    return row


def change_lesson(row: StreamedLesson, classes: Sequence[SchoolClass], **facts: Any) -> None:
    if row.state != "planned":
        raise Refused(_("The lesson has begun: its plan stays as it is."))
    for name, value in facts.items():
        setattr(row, name, value)
    _invite(row, classes)
    audit.record("streamed.changed", row, path=row.path, name=row.title)


def _invite(row: StreamedLesson, classes: Sequence[SchoolClass]) -> None:
    if not classes:
        raise Refused(_("Choose at least one class."))
    if len(classes) > MOST_CLASSES:
        raise Refused(_("At most %(most)d classes can take part in one lesson.", most=MOST_CLASSES))
    db.session.execute(delete(StreamedClass).where(StreamedClass.lesson_id == row.id))
    paths = dict(
        db.session.execute(
            select(Place.id, Place.path).where(Place.id.in_({one.school_id for one in classes}))
        ).all()
    )
    for one in classes:
        db.session.add(
            StreamedClass(
                lesson_id=row.id, class_id=one.id, school_id=one.school_id, path=paths[one.school_id]
            )
        )
    db.session.flush()


def set_script(row: StreamedLesson, steps: list[dict[str, Any]]) -> None:
    """By either side, until the lesson begins: then everybody goes by it."""
    if row.state != "planned":
        raise Refused(_("The lesson has begun: its plan stays as it is."))
    row.script = steps
    audit.record("streamed.changed", row, path=row.path, name=row.title)


def bring_slides(row: StreamedLesson, blob: Blob, name: str) -> None:
    """The pages are made behind the scenes; until they are ready the old ones stay."""
    row.deck, row.deck_name, row.deck_state = blob.digest, name[:200], "waiting"
    db.session.flush()
    enqueue("lessons.make-slides", {"lesson": str(row.id), "deck": blob.digest}, path=row.path)


def put_slides(row: StreamedLesson, pages: Sequence[dict[str, Any]]) -> None:
    db.session.execute(delete(StreamedSlide).where(StreamedSlide.lesson_id == row.id))
    db.session.flush()
    for number, page in enumerate(pages, 1):
        db.session.add(StreamedSlide(lesson_id=row.id, number=number, **page))
    row.deck_state = "ready"
    db.session.flush()
    audit.record("streamed.slides_made", row, path=row.path, number=len(pages))


def prepare_question(row: StreamedLesson, **facts: Any) -> StreamedQuestion:
    last = db.session.scalar(
        select(func.max(StreamedQuestion.number)).where(StreamedQuestion.lesson_id == row.id)
    )
    question = StreamedQuestion(lesson_id=row.id, number=(last or 0) + 1, **facts)
    db.session.add(question)
    db.session.flush()
    return question


def drop_question(row: StreamedLesson, question: StreamedQuestion) -> None:
    if question.id.hex in row.now.get("asked", []):
        raise Refused(_("This question has been asked; its answers stay."))
    db.session.delete(question)


def begin(row: StreamedLesson) -> None:
    """Pupils may come in before; from here on the minutes count."""
    if row.state == "live":
        return
    if row.state != "planned":
        raise Refused(_("This lesson is over."))
    row.state, row.began_at = "live", clock.now()
    row.now = {"slide": 1, "asked": []}
    audit.record("streamed.began", row, path=row.path, name=row.title)
    publish(everybody(row), "began")
    voice.open_room(row)


def end(row: StreamedLesson) -> None:
    if row.state != "live":
        return
    row.state, row.ended_at = "ended", clock.now()
    row.now = {**row.now, "question": "", "called": None, "away": "", "timer": ""}
    audit.record("streamed.ended", row, path=row.path, name=row.title)
    publish(everybody(row), "ended")
    voice.keep_voice(row)


def cancel(row: StreamedLesson) -> None:
    if row.state != "planned":
        raise Refused(_("The lesson has begun: it can only be ended."))
    row.state = "cancelled"
    audit.record("streamed.cancelled", row, path=row.path, name=row.title)


def attended_later(row: StreamedLesson, person_id: UUID, class_id: UUID, school_id: UUID, key: str) -> None:
    """Somebody has gone through the lesson afterwards; once is enough."""
    values = {
        "id": ids.new_id(), "lesson_id": row.id, "key": key, "kind": "later", "happened_at": clock.now(), "data": {},
        "person_id": person_id, "by_id": person_id, "class_id": class_id, "school_id": school_id,
    }  # fmt: skip
    insert_once(StreamedEvent, values, "key")
