"""Calendar-thematic plans within reach, one of them with what has been taught, and what it can be copied from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, within
from lms.lessons import themes
from lms.lessons.models import StreamedClass, StreamedLesson, TaughtHours, ThematicPlan, ThematicTopic
from lms.lessons.queries.wanted import running_year
from lms.people.models import Person, SchoolClass, SchoolYear
from lms.places.models import Place


@dataclass(frozen=True)
class Line:
    topic: ThematicTopic
    monday: date
    taught_on: date | None
    by_lesson: UUID | None  # the live lesson that taught it


@dataclass(frozen=True)
class Shown:
    plan: ThematicPlan
    lines: list[Line]

    @property
    def hours(self) -> int:
        return sum(one.topic.hours for one in self.lines)

    @property
    def taught(self) -> int:
        return sum(one.topic.hours for one in self.lines if one.taught_on)

    @property
    def due(self) -> int:
        """Hours of topics whose week has begun."""
        return sum(one.topic.hours for one in self.lines if one.monday <= clock.today())


def plans_within_reach() -> Listing:
    statement = (
        select(ThematicPlan)
        .join(ThematicPlan.school_class)
        .join(ThematicPlan.teacher)
        .join(ThematicPlan.school)
        .options(
            contains_eager(ThematicPlan.school_class),
            contains_eager(ThematicPlan.teacher),
            contains_eager(ThematicPlan.school),
        )
        .where(
            or_(within(ThematicPlan.path, "thematic.see"), ThematicPlan.teacher_id == actor().person_id),
            SchoolClass.year_id == running_year(),
        )
    )  # fmt: skip
    return listing(
        statement,
        sorts={"class": SchoolClass.sort_key, "who": Person.sort_key, "school": Place.sort_kk},
        filters={
            "subject": lambda code: ThematicPlan.subject == code,
            "mine": lambda _yes: ThematicPlan.teacher_id == actor().person_id,
        },
        default="class",
    )


def progress(plans: Sequence[ThematicPlan]) -> dict[UUID, tuple[int, int]]:
    """By plan: (hours taught, hours in all)."""
    held = (
        _held(ThematicPlan.class_id, ThematicPlan.subject)
        .with_only_columns(StreamedLesson.id)
        .where(or_(StreamedLesson.topic_id == ThematicTopic.id, StreamedLesson.title == ThematicTopic.title))
    )
    done = or_(ThematicTopic.taught_on.is_not(None), held.exists())
    rows = db.session.execute(
        select(
            ThematicTopic.plan_id,
            func.sum(case((done, ThematicTopic.hours), else_=0)),
            func.sum(ThematicTopic.hours),
        )
        .join(ThematicTopic.plan)
        .where(ThematicTopic.plan_id.in_([one.id for one in plans]))
        .group_by(ThematicTopic.plan_id)
    )
    return {key: (int(taught), int(whole)) for key, taught, whole in rows}


def _held(class_id: Any, subject: Any) -> Select[Any]:
    """Live lessons of the subject that the class has heard; one drawn for another class names the same topic."""
    return (
        select(StreamedLesson)
        .join(StreamedClass, StreamedClass.lesson_id == StreamedLesson.id)
        .where(
            StreamedClass.class_id == class_id,
            StreamedLesson.subject == subject,
            StreamedLesson.state == "ended",
        )
    )


def without_plan() -> Sequence[TaughtHours]:
    """One's own lines of the curriculum plan for which no plan is there yet."""
    plan = select(ThematicPlan.id).where(
        ThematicPlan.class_id == TaughtHours.class_id, ThematicPlan.subject == TaughtHours.subject
    )
    return db.session.scalars(
        select(TaughtHours)
        .join(TaughtHours.school_class)
        .options(contains_eager(TaughtHours.school_class), joinedload(TaughtHours.school))
        .where(
            TaughtHours.teacher_id == actor().person_id, ~plan.exists(), SchoolClass.year_id == running_year(),
        )
        .order_by(SchoolClass.sort_key, TaughtHours.subject)
        .limit(60)
    ).all()  # fmt: skip


def line_or_404(hours_id: UUID) -> TaughtHours:
    """Of one's own, or in one's school for its heads."""
    row = db.session.get(TaughtHours, hours_id)
    if row is None or not _writes(row.path, row.teacher_id):
        raise NotYours
    return row


def _writes(path: str, teacher_id: UUID) -> bool:
    """A hub's teacher writes the plans of the satellites' classes, too."""
    own = teacher_id == actor().person_id and may("thematic.write")
    return own or may("thematic.approve", path)


def writes(plan: ThematicPlan) -> bool:
    return _writes(plan.path, plan.teacher_id)


def plan_or_404(plan_id: UUID, permission: str) -> ThematicPlan:
    row = db.session.get(
        ThematicPlan,
        plan_id,
        options=[
            joinedload(ThematicPlan.school),
            joinedload(ThematicPlan.teacher),
            joinedload(ThematicPlan.school_class).joinedload(SchoolClass.year),
            selectinload(ThematicPlan.topics),
        ],
    )
    if row is None or not (writes(row) or (permission == "thematic.see" and may(permission, row.path))):
        raise NotYours
    if permission == "thematic.approve" and not may(permission, row.path):
        raise NotYours
    return row


def topic_or_404(topic_id: UUID) -> ThematicTopic:
    row = db.session.get(ThematicTopic, topic_id, options=[joinedload(ThematicTopic.plan)])
    if row is None or not writes(row.plan):
        raise NotYours
    return row


def shown(plan: ThematicPlan) -> Shown:
    found = db.session.scalars(
        _held(plan.class_id, plan.subject).order_by(StreamedLesson.ended_at.desc())
    ).all()
    held: dict[Any, StreamedLesson] = {one.title: one for one in found}
    held |= {one.topic_id: one for one in found if one.topic_id}
    starts = plan.school_class.year.starts_on
    return Shown(plan, [_line(one, held.get(one.id) or held.get(one.title), starts) for one in plan.topics])


def _line(topic: ThematicTopic, lesson: StreamedLesson | None, starts: date) -> Line:
    ended = lesson.ended_at.astimezone(clock.KAZAKHSTAN).date() if lesson and lesson.ended_at else None
    return Line(
        topic, themes.monday(starts, topic.week), topic.taught_on or ended, lesson.id if lesson else None
    )


def earlier(plan: ThematicPlan) -> ThematicPlan | None:
    """The newest plan of an earlier year of this school for the same subject and grade, the same letter first."""
    group = plan.school_class
    return db.session.scalars(
        select(ThematicPlan)
        .join(ThematicPlan.school_class)
        .join(SchoolClass.year)
        .options(selectinload(ThematicPlan.topics))
        .where(
            ThematicPlan.school_id == plan.school_id, ThematicPlan.subject == plan.subject,
            SchoolClass.grade == group.grade, SchoolYear.starts_on < group.year.starts_on,
        )
        .order_by(SchoolYear.starts_on.desc(), SchoolClass.letter != group.letter, ThematicPlan.id)
        .limit(1)
    ).first()  # fmt: skip
