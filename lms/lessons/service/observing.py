"""A lesson is observed: begun as a draft, scored, finished for good, read by its teacher."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.lessons.models import LessonObservation
from lms.people.models import SchoolClass
from lms.places.models import Place


def begin(
    school: Place, observer_id: UUID, teacher_id: UUID, group: SchoolClass, *, on: date, **facts: Any
) -> LessonObservation:
    if on > clock.today():
        raise Refused(_("This day has not come yet."))
    if observer_id == teacher_id:
        raise Refused(_("Nobody observes their own lesson."))
    row = LessonObservation(
        school_id=school.id, path=school.path, observer_id=observer_id, teacher_id=teacher_id, class_id=group.id,
        on=on, **facts,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record("observation.begun", row, path=row.path)
    return row


def write(row: LessonObservation, scores: dict[str, int], remarks: dict[str, str], advice: str) -> None:
    if row.finished_at is not None:
        raise Refused(_("A finished observation stays as it is."))
    row.scores, row.remarks, row.advice = scores, remarks, advice
    audit.record("observation.changed", row, path=row.path)


def finish(row: LessonObservation) -> None:
    """From here on the teacher and the heads read it, and it changes no more."""
    if not row.scores:
        raise Refused(_("Score at least one criterion."))
    if row.finished_at is None:
        row.finished_at = clock.now()
        audit.record("observation.finished", row, path=row.path)


def drop(row: LessonObservation) -> None:
    if row.finished_at is not None:
        raise Refused(_("A finished observation stays as it is."))
    audit.record("observation.dropped", row, path=row.path)
    db.session.delete(row)


def read(row: LessonObservation) -> None:
    row.seen_at = row.seen_at or clock.now()
