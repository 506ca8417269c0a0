"""The file behind an address: on the site for those who may see its course, on the content site by capability."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.jobs import Job
from lms.core.jobs.models import RUNNING, WAITING
from lms.core.permissions import actor, may
from lms.courses.blocks import kind_of
from lms.courses.models import Course, CourseBlock, CourseFile, ModelPart
from lms.courses.service.films import job_key


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


def film_job(files: Iterable[CourseFile], block: CourseBlock | None) -> Job | None:
    """The one that makes smaller sizes of this block's film now."""
    if block is None or block.kind != "video":
        return None
    keys = {key for one in ("kk", "ru") for key in kind_of("video").files(block.content(one) or {})}
    waiting = [
        job_key(one.id) for one in files if str(one.id) in keys and one.family == "video" and not one.small
    ]
    if not waiting:
        return None
    return db.session.scalar(
        select(Job).where(Job.key.in_(waiting), Job.state.in_((WAITING, RUNNING))).limit(1)
    )


def model_part(capability: str, name: str) -> ModelPart | None:
    return db.session.scalar(
        select(ModelPart)
        .join(CourseFile, CourseFile.id == ModelPart.file_id)
        .where(CourseFile.capability == capability, ModelPart.path == name)
    )
