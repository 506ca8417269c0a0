"""Documents that came into a course."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.jobs import Job
from lms.courses.models import Course, CourseArrival
from lms.courses.queries.writing import course_or_404
from lms.courses.service.arriving import job_key


def arrival_or_404(arrival_id: UUID) -> CourseArrival:
    row = db.session.get(CourseArrival, arrival_id)
    if row is None:
        raise NotYours
    course_or_404(row.course_id, "course.write")
    return row


def arrivals(course: Course, most: int = 30) -> Sequence[CourseArrival]:
    """The newest first."""
    return db.session.scalars(
        select(CourseArrival)
        .options(joinedload(CourseArrival.person))
        .where(CourseArrival.course_id == course.id)
        .order_by(CourseArrival.id.desc())
        .limit(most)
    ).all()


def job_of(row: CourseArrival) -> Job | None:
    """The one that is at work on it now."""
    if row.state not in ("reading", "keeping"):
        return None
    return db.session.scalar(select(Job).where(Job.key == job_key(row)))
