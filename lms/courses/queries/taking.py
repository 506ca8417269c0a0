"""Questions of taking: what is given to whom, one lesson of an edition, results of a class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, within
from lms.core.text import search_key
from lms.courses.models import (
    Course,
    CourseEdition,
    CourseEvent,
    CourseNote,
    CourseProgress,
    CourseTarget,
    EditionLesson,
    GivenCourse,
)
from lms.courses.queries.writing import may_see, prefixes
from lms.people.models import ClassMembership, Person, SchoolClass, SchoolYear
from lms.places.models import Place


@dataclass(frozen=True)
class Taken:
    """A given course as somebody sees it. In a preview nothing is kept."""

    given: GivenCourse
    progress: CourseProgress | None
    preview: bool = False

    @property
    def outline(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.given.edition.outline
        return found

    @property
    def records(self) -> Mapping[str, Any]:
        return self.progress.lessons if self.progress else {}

    @property
    def open(self) -> bool:
        now, one = clock.now(), self.given
        begun = one.opens_at is None or one.opens_at <= now
        return begun and (one.closes_at is None or now <= one.closes_at)


def given_to(person_id: UUID, limit: int = 100) -> list[Taken]:
    """One statement: what is given, with its edition and the progress in it."""
    rows = db.session.execute(
        select(GivenCourse, CourseProgress)
        .join(GivenCourse.course)
        .join(GivenCourse.edition)
        .outerjoin(
            CourseProgress,
            (CourseProgress.given_id == GivenCourse.id) & (CourseProgress.person_id == person_id),
        )
        .options(contains_eager(GivenCourse.course), contains_eager(GivenCourse.edition))
        .where(GivenCourse.withdrawn_at.is_(None), _aimed_at(person_id))
        .order_by(GivenCourse.closes_at.is_(None), GivenCourse.closes_at, GivenCourse.created_at.desc())
        .limit(limit)
    )
    return [Taken(given, progress) for given, progress in rows]


def taken_or_404(given_id: UUID) -> Taken:
    """For the pupil it is given to; for the teacher, who looks at it as a pupil would."""
    row = db.session.execute(
        select(GivenCourse, CourseProgress, _aimed_at(actor().person_id).label("mine"))
        .outerjoin(
            CourseProgress,
            (CourseProgress.given_id == GivenCourse.id) & (CourseProgress.person_id == actor().person_id),
        )
        .options(joinedload(GivenCourse.course), joinedload(GivenCourse.edition))
        .where(GivenCourse.id == given_id, GivenCourse.withdrawn_at.is_(None))
    ).one_or_none()
    if row is None or not (row.mine or may("results.see", row[0].path)):
        raise NotYours
    return Taken(row[0], row[1] if row.mine else None, preview=not row.mine)


def _aimed_at(person_id: UUID) -> ColumnElement[bool]:
    classes = select(ClassMembership.class_id).where(ClassMembership.person_id == person_id, _today())
    return GivenCourse.id.in_(
        select(CourseTarget.given_id).where(
            or_(CourseTarget.person_id == person_id, CourseTarget.class_id.in_(classes))
        )
    )


def _today() -> ColumnElement[bool]:
    return (ClassMembership.since <= clock.today()) & or_(
        ClassMembership.until.is_(None), ClassMembership.until > clock.today()
    )


def lesson_of(edition_id: UUID, lesson_id: UUID) -> EditionLesson:
    row = db.session.get(EditionLesson, (edition_id, lesson_id))
    if row is None:
        raise NotYours
    return row


def edition_lessons(edition_id: UUID) -> dict[str, EditionLesson]:
    rows = db.session.scalars(select(EditionLesson).where(EditionLesson.edition_id == edition_id))
    return {str(one.lesson_id): one for one in rows}


def edition_or_404(edition_id: UUID, permission: str = "course.see") -> CourseEdition:
    row = db.session.get(CourseEdition, edition_id, options=[joinedload(CourseEdition.course)])
    if row is None or not may_see(row.course, permission):
        raise NotYours
    return row


def editions(course: Course) -> Sequence[CourseEdition]:
    return db.session.scalars(
        select(CourseEdition)
        .options(joinedload(CourseEdition.publisher))
        .where(CourseEdition.course_id == course.id)
        .order_by(CourseEdition.number.desc())
    ).all()


def found_in(edition_id: UUID, text: str) -> list[UUID]:
    """Lessons whose words hold all that is looked for."""
    words = search_key(text).split()
    if not words:
        return []
    conditions = [EditionLesson.search.contains(word, autoescape=True) for word in words[:8]]
    return list(
        db.session.scalars(
            select(EditionLesson.lesson_id).where(EditionLesson.edition_id == edition_id, *conditions)
        )
    )


def notes(given_id: UUID, person_id: UUID) -> dict[str, CourseNote]:
    rows = db.session.scalars(
        select(CourseNote).where(CourseNote.given_id == given_id, CourseNote.person_id == person_id)
    )
    return {str(one.lesson_id): one for one in rows}


@dataclass(frozen=True)
class Reply:
    name: str
    text: str


def replies(given_id: UUID, lesson_id: UUID) -> dict[str, list[Reply]]:
    """What the class wrote to the questions of a lesson: of each pupil the last word."""
    rows = db.session.execute(
        select(CourseEvent, Person)
        .join(Person, Person.id == CourseEvent.person_id)
        .where(
            CourseEvent.given_id == given_id,
            CourseEvent.lesson_id == lesson_id,
            CourseEvent.kind == "replied",
        )
        .order_by(CourseEvent.received_at)
        .limit(1000)
    )
    last: dict[tuple[str, UUID], Reply] = {}
    for event, person in rows:
        last[str(event.block_id), person.id] = Reply(person.short_name, str(event.value.get("text", "")))
    found: dict[str, list[Reply]] = {}
    for (block, _person), reply in last.items():
        found.setdefault(block, []).append(reply)
    return found


def given_within_reach() -> Listing:
    statement = (
        select(GivenCourse)
        .join(GivenCourse.course)
        .join(GivenCourse.giver)
        .join(GivenCourse.edition)
        .options(
            contains_eager(GivenCourse.course), contains_eager(GivenCourse.giver),
            contains_eager(GivenCourse.edition),
            selectinload(GivenCourse.targets).joinedload(CourseTarget.school_class),
            selectinload(GivenCourse.targets).joinedload(CourseTarget.person),
        )
        .where(within(GivenCourse.path, "results.see"), GivenCourse.withdrawn_at.is_(None))
    )  # fmt: skip
    return listing(
        statement,
        sorts={
            "when": GivenCourse.created_at, "name": Course.sort_key, "who": Person.sort_key,
            "until": GivenCourse.closes_at,
        },
        filters={"q": lambda text: Course.search.contains(search_key(text), autoescape=True)},
        default="-when",
    )  # fmt: skip


def given_or_404(given_id: UUID, permission: str) -> GivenCourse:
    row = db.session.get(
        GivenCourse,
        given_id,
        options=[
            joinedload(GivenCourse.course), joinedload(GivenCourse.edition), joinedload(GivenCourse.giver),
            selectinload(GivenCourse.targets).joinedload(CourseTarget.school_class),
        ],
    )  # fmt: skip
    if row is None or not may(permission, row.path):
        raise NotYours
    return row


def pupils_with_progress(given: GivenCourse) -> list[tuple[Person, CourseProgress | None]]:
    """Everybody it is given to, by name."""
    classes = [one.class_id for one in given.targets if one.class_id]
    persons = [one.person_id for one in given.targets if one.person_id]
    members = select(ClassMembership.person_id).where(ClassMembership.class_id.in_(classes), _today())
    rows = db.session.execute(
        select(Person, CourseProgress)
        .outerjoin(
            CourseProgress, (CourseProgress.person_id == Person.id) & (CourseProgress.given_id == given.id)
        )
        .where(or_(Person.id.in_(members), Person.id.in_(persons), CourseProgress.id.is_not(None)))
        .order_by(Person.sort_key)
    )
    return [(row[0], row[1]) for row in rows]


def classes_within_reach() -> Sequence[SchoolClass]:
    """The classes of this school year in one's schools."""
    newest = (
        select(func.max(SchoolYear.starts_on)).where(SchoolYear.starts_on <= clock.today()).scalar_subquery()
    )
    return db.session.scalars(
        select(SchoolClass)
        .join(SchoolClass.school)
        .join(SchoolClass.year)
        .options(contains_eager(SchoolClass.school))
        .where(within(Place.path, "course.give"), SchoolYear.starts_on == newest)
        .order_by(Place.sort_kk, SchoolClass.sort_key)
        .limit(500)
    ).all()


def to_give() -> Sequence[Course]:
    """Published courses of one's places and of every place above them."""
    paths = {path for grant in actor().grants for path in prefixes(grant.path)}
    return db.session.scalars(
        select(Course)
        .where(Course.path.in_(paths), Course.current_id.is_not(None), Course.archived_at.is_(None))
        .order_by(Course.sort_key)
    ).all()


def answers_of(given: GivenCourse, lesson_id: UUID) -> Sequence[tuple[Person, dict[str, Any]]]:
    """(pupil, what they answered in this lesson), from the progress."""
    return [
        (person, progress.lessons.get(str(lesson_id), {}).get("answers", {}) if progress else {})
        for person, progress in pupils_with_progress(given)
    ]
