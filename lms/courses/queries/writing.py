"""Questions of the workshop: courses within reach, a course with its outline, a lesson with its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, reach, within
from lms.core.text import search_key
from lms.courses.blocks import kind_of
from lms.courses.models import (
    BlockChange,
    Course,
    CourseBlock,
    CourseComment,
    CourseFile,
    CourseLesson,
    CourseModule,
    CurriculumObjective,
    LessonPlan,
    LessonPresence,
)
from lms.people.models import Person
from lms.places.models import Place

HERE = timedelta(seconds=50)
MOST_OBJECTIVES = 300


def courses() -> Listing:
    """Those written at one's places, and what is published above them; two statements."""
    statement = (
        select(Course)
        .join(Course.place)
        .join(Course.creator)
        .options(contains_eager(Course.place), contains_eager(Course.creator))
        .where(or_(within(Course.path, "course.see"), _published_above()), Course.archived_at.is_(None))
    )
    return listing(
        statement,
        sorts={"name": Course.sort_key, "grade": Course.grade, "when": Course.changed_at, "who": Person.sort_key},
        filters={
            "q": lambda text: Course.search.contains(search_key(text), autoescape=True),
            "state": lambda code: Course.state == code,
            "grade": lambda text: Course.grade == (int(text) if text.isdigit() else -1),
            "subject": lambda text: Course.subject == text,
        },
        default="-when",
    )  # fmt: skip


def curriculum(path: str, subject: str, grade: int | None) -> Sequence[CurriculumObjective]:
    """Objectives of a subject as the place and those above it know them."""
    wanted = select(CurriculumObjective).where(
        CurriculumObjective.path.in_(prefixes(path)), CurriculumObjective.subject == subject
    )
    if grade is not None:
        wanted = wanted.where(or_(CurriculumObjective.grade == grade, CurriculumObjective.grade.is_(None)))
    return db.session.scalars(wanted.order_by(CurriculumObjective.code).limit(MOST_OBJECTIVES)).all()


def places_to_write_at(permission: str = "course.write") -> Sequence[Place]:
    """Where one may begin a course: the tops of one's reach."""
    return db.session.scalars(
        select(Place).where(Place.path.in_(reach(permission))).order_by(Place.sort_kk)
    ).all()


def course_or_404(course_id: UUID, permission: str = "course.see") -> Course:
    """With its modules and lessons: three statements."""
    row = db.session.get(
        Course,
        course_id,
        options=[
            joinedload(Course.place),
            joinedload(Course.creator),
            selectinload(Course.modules).selectinload(CourseModule.lessons),
        ],
    )
    if row is None or not may_see(row, permission):
        raise NotYours
    return row


def may_see(course: Course, permission: str = "course.see") -> bool:
    """What is published belongs to everybody who works at or below its place; everything else to its authors."""
    below = any(one.path.startswith(course.path) for one in actor().grants)
    return may(permission, course.path) or (
        permission == "course.see" and course.current_id is not None and below
    )


def _published_above() -> ColumnElement[bool]:
    paths = {path for one in actor().grants for path in prefixes(one.path)}
    return Course.path.in_(paths) & Course.current_id.is_not(None)


def prefixes(path: str) -> list[str]:
    """The paths of a place and of all places above it."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def module_or_404(module_id: UUID, permission: str = "course.write") -> CourseModule:
    row = db.session.get(CourseModule, module_id, options=[joinedload(CourseModule.course)])
    if row is None or not may(permission, row.course.path):
        raise NotYours
    return row


def lesson_or_404(lesson_id: UUID, permission: str = "course.write") -> CourseLesson:
    """With its course in the same statement."""
    row = db.session.get(
        CourseLesson,
        lesson_id,
        options=[joinedload(CourseLesson.module).joinedload(CourseModule.course)],
    )
    if row is None or not may_see(row.module.course, permission):
        raise NotYours
    return row


def block_or_404(block_id: UUID, permission: str = "course.write") -> CourseBlock:
    row = db.session.get(
        CourseBlock,
        block_id,
        options=[
            joinedload(CourseBlock.lesson).joinedload(CourseLesson.module).joinedload(CourseModule.course)
        ],
    )
    if row is None or not may(permission, row.lesson.module.course.path):
        raise NotYours
    return row


def files_of(blocks: Iterable[CourseBlock]) -> dict[str, CourseFile]:
    """The files these blocks name, by key."""
    keys = {
        UUID(key)
        for block in blocks
        for content in (block.kk, block.ru)
        if content is not None
        for key in kind_of(block.kind).files(content)
    }
    return files_by_key(keys)


def files_by_key(keys: Iterable[UUID]) -> dict[str, CourseFile]:
    wanted = list(keys)
    if not wanted:
        return {}
    found = db.session.scalars(select(CourseFile).where(CourseFile.id.in_(wanted)))
    return {str(one.id): one for one in found}


def changes(lesson: CourseLesson) -> Sequence[BlockChange]:
    """The newest first."""
    return db.session.scalars(
        select(BlockChange)
        .options(joinedload(BlockChange.person))
        .where(BlockChange.lesson_id == lesson.id)
        .order_by(BlockChange.id.desc())
        .limit(100)
    ).all()


def change_or_404(change_id: UUID) -> BlockChange:
    row = db.session.get(BlockChange, change_id)
    if row is None:
        raise NotYours
    lesson_or_404(row.lesson_id)
    return row


def to_undo(lesson: CourseLesson, person_id: UUID) -> BlockChange | None:
    """What this person did last in the lesson."""
    return db.session.scalar(
        select(BlockChange)
        .where(
            BlockChange.lesson_id == lesson.id, BlockChange.person_id == person_id,
            BlockChange.undone_at.is_(None),
        )
        .order_by(BlockChange.id.desc())
        .limit(1)
    )  # fmt: skip


def comments(lesson: CourseLesson) -> Sequence[CourseComment]:
    return db.session.scalars(
        select(CourseComment)
        .options(joinedload(CourseComment.person))
        .where(CourseComment.lesson_id == lesson.id, CourseComment.settled_at.is_(None))
        .order_by(CourseComment.id)
    ).all()


def comment_or_404(comment_id: UUID) -> CourseComment:
    row = db.session.get(CourseComment, comment_id)
    if row is None:
        raise NotYours
    lesson_or_404(row.lesson_id)
    return row


def others_here(lesson: CourseLesson, person_id: UUID) -> list[str]:
    rows = db.session.scalars(
        select(LessonPresence)
        .options(joinedload(LessonPresence.person))
        .where(
            LessonPresence.lesson_id == lesson.id, LessonPresence.person_id != person_id,
            LessonPresence.seen_at > clock.now() - HERE,
        )
    )  # fmt: skip
    return [one.person.short_name for one in rows]


def plans(lesson_ids: Iterable[UUID]) -> Sequence[LessonPlan]:
    return db.session.scalars(
        select(LessonPlan)
        .options(joinedload(LessonPlan.person))
        .where(LessonPlan.lesson_id.in_(list(lesson_ids)))
        .order_by(LessonPlan.id)
    ).all()


def plan_or_404(plan_id: UUID, permission: str = "course.write") -> LessonPlan:
    row = db.session.get(LessonPlan, plan_id, options=[joinedload(LessonPlan.person)])
    if row is None:
        raise NotYours
    lesson_or_404(row.lesson_id, permission)
    return row
