"""What a timetable is made from is entered: hours of a class, wishes of a teacher, last year's hours once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from lms.core import audit
from lms.core.db import db
from lms.core.errors import Refused
from lms.lessons.models import TaughtHours, TeacherWish
from lms.people.models import RoleHolding, SchoolClass, SchoolYear
from lms.places.models import Place


def enter_hours(
    school: Place, classes: Sequence[SchoolClass], subject: str, teacher_id: UUID, hours: int, live: bool
) -> int:
    """One line for each class; a line that is there already gets the new number. How many there are now."""
    known = {
        one.class_id: one
        for one in db.session.scalars(
            select(TaughtHours).where(
                TaughtHours.class_id.in_([one.id for one in classes]), TaughtHours.subject == subject,
                TaughtHours.teacher_id == teacher_id,
            )
        )
    }  # fmt: skip
    for one in classes:
        row = known.get(one.id)
        if row is None:
            row = TaughtHours(
                class_id=one.id, school_id=school.id, path=school.path, subject=subject, teacher_id=teacher_id
            )
            db.session.add(row)
        row.hours, row.live = hours, live
    db.session.flush()
    audit.record("hours.entered", path=school.path, name=school.name_kk, rows=len(classes))
    return len(classes)


def drop_hours(row: TaughtHours) -> None:
    audit.record("hours.dropped", row, path=row.path)
    db.session.delete(row)


def copy_hours(school: Place, classes: Sequence[SchoolClass]) -> int:
    """What 7 «А» had last year, 7 «А» has this year, with the same teachers as far as they are still here."""
    old = _last_year(school)
    if not old:
        raise Refused(_("There are no hours of last year to take over."))
    here = set(db.session.scalars(select(RoleHolding.person_id).where(RoleHolding.role == "teacher", RoleHolding.person_id.in_({one.teacher_id for one in old}))))  # fmt: skip
    taken = {
        (one.class_id, one.subject)
        for one in db.session.scalars(select(TaughtHours).where(TaughtHours.school_id == school.id))
    }
    by_name = {(one.grade, one.letter): one for one in classes}
    made = 0
    for line in old:
        now = by_name.get((line.school_class.grade, line.school_class.letter))
        if now is not None and line.teacher_id in here and (now.id, line.subject) not in taken:
            db.session.add(
                TaughtHours(
                    class_id=now.id, school_id=school.id, path=school.path, subject=line.subject,
                    teacher_id=line.teacher_id, hours=line.hours, live=line.live,
                )
            )  # fmt: skip
            made += 1
    audit.record("hours.copied", path=school.path, name=school.name_kk, rows=made)
    return made


def _last_year(school: Place) -> Sequence[TaughtHours]:
    years = list(db.session.scalars(select(SchoolYear.id).order_by(SchoolYear.starts_on.desc()).limit(2)))
    if len(years) < 2:
        return ()
    return db.session.scalars(
        select(TaughtHours)
        .join(TaughtHours.school_class)
        .options(contains_eager(TaughtHours.school_class))
        .where(TaughtHours.school_id == school.id, SchoolClass.year_id == years[1])
    ).all()


def wish(person_id: UUID, school: Place, row: TeacherWish | None, slots: list[Any], note: str) -> TeacherWish:
    if row is None:
        row = TeacherWish(person_id=person_id, school_id=school.id)
        db.session.add(row)
    row.slots, row.note = slots, note
    db.session.flush()
    audit.record("wish.told", row, path=school.path, rows=len(slots))
    return row
