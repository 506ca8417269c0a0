"""Giving an edition to classes, taking it back, moving on to a newer one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.courses.activities import To, activity_kind
from lms.courses.models import Course, CourseEdition, CourseTarget, GivenCourse
from lms.courses.outline import lessons_of
from lms.places.models import Place


def give(
    edition: CourseEdition, school: Place, giver_id: UUID, classes: Sequence[UUID] = (), pupils: Sequence[UUID] = (),
    *, opens_at: datetime | None = None, closes_at: datetime | None = None, note: str = "",
) -> GivenCourse:  # fmt: skip
    if not (classes or pupils):
        raise Refused(_("Choose at least one class or pupil."))
    if opens_at and closes_at and closes_at <= opens_at:
        raise Refused(_("The last day lies before the first one."))
    row = GivenCourse(
        course_id=edition.course_id, edition_id=edition.id, school_id=school.id, path=school.path,
        given_by=giver_id, opens_at=opens_at, closes_at=closes_at, note=note,
    )  # fmt: skip
    row.targets = [CourseTarget(class_id=key) for key in classes] + [
        CourseTarget(person_id=key) for key in pupils
    ]
    db.session.add(row)
    db.session.flush()
    give_activities(row, edition, school)
    audit.record("course.given", row, path=school.path, version=edition.number)
    return row


def give_activities(given: GivenCourse, edition: CourseEdition, school: Place) -> None:
    """Packages and tests go to the same pupils for the same days; what they have already they keep."""
    to = To(
        school, given.given_by, [one.class_id for one in given.targets if one.class_id],
        [one.person_id for one in given.targets if one.person_id], given.opens_at, given.closes_at,
    )  # fmt: skip
    found = dict(given.activities or {})
    for lesson in lessons_of(edition.outline):
        kind = activity_kind(lesson["activity"])
        if kind and lesson["id"] not in found:
            found[lesson["id"]] = str(kind.give(UUID(lesson["activity_key"]), to))
    given.activities = found


def set_dates(given: GivenCourse, dates: dict[str, tuple[datetime | None, datetime | None]]) -> None:
    """Days of single lessons, within those of the course."""
    for opens, closes in dates.values():
        if opens and closes and closes <= opens:
            raise Refused(_("The last day lies before the first one."))
    given.dates = {
        key: {"opens": opens.isoformat() if opens else None, "closes": closes.isoformat() if closes else None}
        for key, (opens, closes) in dates.items()
        if opens or closes
    }
    audit.record("course.dates_set", given, path=given.path)


def withdraw(given: GivenCourse) -> None:
    """It disappears from the pupils' lists, with its activities; what they have done stays."""
    given.withdrawn_at = clock.now()
    kinds = {one["id"]: activity_kind(one["activity"]) for one in lessons_of(given.edition.outline)}
    for lesson, key in given.activities.items():
        if kind := kinds.get(lesson):
            kind.withdraw(UUID(key))
    audit.record("course.withdrawn", given, path=given.path)


def move_to(given: GivenCourse, edition: CourseEdition) -> None:
    """The class goes on in the newer edition; what was done in lessons that are still there counts."""
    given.edition_id = edition.id
    given.edition = edition
    give_activities(given, edition, given.school)
    audit.record("course.moved", given, path=given.path, version=edition.number)


def newest(course: Course) -> CourseEdition:
    found = db.session.get(CourseEdition, course.current_id) if course.current_id else None
    if found is None:
        raise Refused(_("The course has not been published yet."))
    return found
