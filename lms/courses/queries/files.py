"""The file behind an address: on the site for those who may see its course, on the content site by capability."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.permissions import actor, may
from lms.courses.models import Course, CourseFile, ModelPart


def file_or_404(file_id: UUID) -> CourseFile:
    """Authors see what lies in a draft; what is published belongs to everybody at and below its place."""
    row = db.session.execute(
        select(CourseFile, Course)
        .join(Course, Course.id == CourseFile.course_id)
        .where(CourseFile.id == file_id)
    ).one_or_none()
    if row is None:
        raise NotYours
    file, course = row
    below = course.current_id is not None and any(one.path.startswith(course.path) for one in actor().grants)
    if not (below or may("course.see", course.path)):
        raise NotYours
    found: CourseFile = file
    return found


def model_part(capability: str, name: str) -> ModelPart | None:
    return db.session.scalar(
        select(ModelPart)
        .join(CourseFile, CourseFile.id == ModelPart.file_id)
        .where(CourseFile.capability == capability, ModelPart.path == name)
    )
