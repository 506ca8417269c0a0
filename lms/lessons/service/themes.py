"""A calendar-thematic plan is begun from the hours of a class, written, copied, approved, and ticked as it is taught."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.lessons import themes
from lms.lessons.models import TaughtHours, ThematicPlan, ThematicTopic
from lms.lessons.themes import Topic


def begin(line: TaughtHours) -> ThematicPlan:
    """Of the class and subject of a line of the curriculum plan. Holidays are those of the school's newest plan."""
    known = db.session.scalar(
        select(ThematicPlan).where(
            ThematicPlan.class_id == line.class_id, ThematicPlan.subject == line.subject
        )
    )
    if known is not None:
        return known
    holidays = db.session.scalar(
        select(ThematicPlan.holidays)
        .where(ThematicPlan.school_id == line.school_id)
        .order_by(ThematicPlan.id.desc())
        .limit(1)
    )
    row = ThematicPlan(
        class_id=line.class_id, school_id=line.school_id, path=line.path, subject=line.subject,
        teacher_id=line.teacher_id, hours=line.hours, holidays=list(holidays or ()),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record("thematic.begun", row, path=row.path)
    return row


def write(plan: ThematicPlan, topics: Sequence[Topic], holidays: Sequence[int]) -> None:
    """What keeps its title stays the same topic, with its tick. A change takes the approval back."""
    if not topics:
        raise Refused(_("Write at least one topic."))
    known: dict[str, list[ThematicTopic]] = {}
    for one in plan.topics:
        known.setdefault(one.title, []).append(one)
    rows = []
    for number, (topic, week) in enumerate(
        zip(topics, themes.weeks(topics, plan.hours, holidays), strict=True), 1
    ):
        waiting = known.get(topic.title)
        row = waiting.pop(0) if waiting else ThematicTopic(title=topic.title)
        row.number, row.week, row.hours = number, week, topic.hours
        row.section, row.aims = topic.section, topic.aims
        rows.append(row)
    plan.topics, plan.holidays = rows, sorted(set(holidays))
    plan.approved_at = plan.approved_by = None
    db.session.flush()
    audit.record("thematic.written", plan, path=plan.path, rows=len(rows))


def copy(plan: ThematicPlan, source: ThematicPlan | None) -> None:
    if source is None or not source.topics:
        raise Refused(_("There is no plan of an earlier year for this subject and grade."))
    if plan.topics:
        raise Refused(_("This plan has topics already: only an empty plan is filled from last year."))
    topics = [Topic(one.title, one.hours, one.section, one.aims) for one in source.topics]
    write(plan, topics, plan.holidays or source.holidays)


def approve(plan: ThematicPlan, by: UUID) -> None:
    if not plan.topics:
        raise Refused(_("An empty plan cannot be approved."))
    plan.approved_at, plan.approved_by = clock.now(), by
    audit.record("thematic.approved", plan, path=plan.path)


def tick(topic: ThematicTopic, on: date | None) -> None:
    """Taught on a day; without one the tick is taken back."""
    if on is not None and on > clock.today():
        raise Refused(_("This day has not come yet."))
    topic.taught_on = on
    audit.record("thematic.taught", topic, path=topic.plan.path)
