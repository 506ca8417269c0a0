"""Which streaming lessons somebody may see, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, within
from lms.lessons.models import HubPairing, StreamedClass, StreamedLesson
from lms.people.models import ClassMembership, Person, SchoolClass, SchoolYear
from lms.people.service.classes import open_on
from lms.places.models import Place


def lessons_within_reach() -> Listing:
    """Those given or heard in one's schools, and those of one's own class; the newest first."""
    statement = (
        select(StreamedLesson)
        .join(StreamedLesson.teacher)
        .join(StreamedLesson.school)
        .options(
            contains_eager(StreamedLesson.teacher),
            contains_eager(StreamedLesson.school),
            selectinload(StreamedLesson.classes).options(
                joinedload(StreamedClass.school_class), joinedload(StreamedClass.school)
            ),
        )
        .where(or_(_seen_by_office(), _heard_by(actor().person_id)))
    )
    return listing(
        statement,
        sorts={"when": StreamedLesson.starts_at, "who": Person.sort_key, "school": Place.sort_kk},
        filters={
            "subject": lambda code: StreamedLesson.subject == code,
            "state": lambda code: StreamedLesson.state == code,
        },
        default="-when",
    )


def _seen_by_office() -> ColumnElement[bool]:
    heard = select(StreamedClass.lesson_id).where(within(StreamedClass.path, "lesson.see"))
    return or_(within(StreamedLesson.path, "lesson.see"), StreamedLesson.id.in_(heard))


def _heard_by(person_id: UUID) -> ColumnElement[bool]:
    classes = select(ClassMembership.class_id).where(
        ClassMembership.person_id == person_id, open_on(clock.today())
    )
    return StreamedLesson.id.in_(select(StreamedClass.lesson_id).where(StreamedClass.class_id.in_(classes)))


def _lesson(lesson_id: UUID) -> StreamedLesson:
    """With its classes, in one statement: pages of the live room have none to spare."""
    row = (
        db.session.scalars(
            select(StreamedLesson)
            .where(StreamedLesson.id == lesson_id)
            .options(
                joinedload(StreamedLesson.teacher),
                joinedload(StreamedLesson.school),
                joinedload(StreamedLesson.classes).options(
                    joinedload(StreamedClass.school_class), joinedload(StreamedClass.school)
                ),
            )
        )
        .unique()
        .first()
    )
    if row is None:
        raise NotYours
    return row


def lesson_or_404(lesson_id: UUID) -> StreamedLesson:
    """For those who look after the hub or one of the schools."""
    row = _lesson(lesson_id)
    if not may("lesson.see", row.path) and not any(may("lesson.see", one.path) for one in row.classes):
        raise NotYours
    return row


def taught_or_404(lesson_id: UUID) -> StreamedLesson:
    """For the one who gives the lesson, and for the heads of the school."""
    row = _lesson(lesson_id)
    own = row.teacher_id == actor().person_id and may("lesson.teach", row.path)
    if not own and not may("lesson.lead", row.path):
        raise NotYours
    return row


def planned_together_or_404(lesson_id: UUID) -> StreamedLesson:
    """The plan is made by the hub's teacher and those who sit with the pupils, together."""
    row = _lesson(lesson_id)
    if not may("lesson.lead", row.path) and not any(may("lesson.assist", one.path) for one in row.classes):
        return taught_or_404(lesson_id)
    return row


@dataclass(frozen=True)
class Side:
    """A lesson as seen from one of the schools that take part."""

    lesson: StreamedLesson
    school: Place
    schools: Sequence[Place]  # all those of the lesson where the asker may sit


def side_or_404(lesson_id: UUID, wanted: str = "") -> Side:
    """For the teacher who sits with the pupils. Somebody at several schools chooses one."""
    row = _lesson(lesson_id)
    schools = {one.school_id: one.school for one in row.classes if may("lesson.assist", one.path)}
    if not schools:
        raise NotYours
    chosen = next((one for one in schools.values() if str(one.id) == wanted), next(iter(schools.values())))
    return Side(row, chosen, list(schools.values()))


@dataclass(frozen=True)
class Attendance:
    """A lesson as a pupil has it; without a class for those who only look in."""

    lesson: StreamedLesson
    group: StreamedClass | None


def joined_or_404(lesson_id: UUID) -> Attendance:
    """For pupils of the classes; those who may see the lesson look in."""
    row = _lesson(lesson_id)
    classes = [one.class_id for one in row.classes]
    mine = set(
        db.session.scalars(
            select(ClassMembership.class_id).where(
                ClassMembership.person_id == actor().person_id,
                ClassMembership.class_id.in_(classes),
                open_on(clock.today()),
            )
        )
    )
    group = next((one for one in row.classes if one.class_id in mine), None)
    if group is None and not any(
        may("lesson.see", path) for path in (row.path, *(one.path for one in row.classes))
    ):
        raise NotYours
    return Attendance(row, group)


def classes_to_teach(school_id: UUID) -> Sequence[SchoolClass]:
    """Classes of the school itself and of the schools it is paired with, of the running year."""
    newest = (
        select(SchoolYear.id)
        .where(SchoolYear.starts_on <= clock.today())
        .order_by(SchoolYear.starts_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    paired = select(HubPairing.satellite_id).where(
        HubPairing.hub_id == school_id, HubPairing.ended_on.is_(None)
    )
    return db.session.scalars(
        select(SchoolClass)
        .join(SchoolClass.school)
        .options(contains_eager(SchoolClass.school))
        .where(
            SchoolClass.year_id == newest,
            or_(SchoolClass.school_id == school_id, SchoolClass.school_id.in_(paired)),
        )
        .order_by(SchoolClass.grade, Place.sort_kk, SchoolClass.sort_key)
    ).all()


def schools_to_teach_from() -> Sequence[Place]:
    """The schools at which the asker may plan a lesson."""
    return db.session.scalars(
        select(Place)
        .where(Place.level == "school", Place.closed_on.is_(None), within(Place.path, "lesson.teach"))
        .order_by(Place.sort_kk)
        .limit(200)
    ).all()
