"""Which lessons a lesson waits for: the one before it, others that were chosen, and never, by any way round, itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from lms.courses.models import Course, CourseLesson

Edges = Mapping[UUID, Iterable[UUID]]


def waits_for(course: Course) -> dict[UUID, list[UUID]]:
    """Each lesson → the lessons that must be done before, in the order of the course."""
    lessons = course.lessons
    return {one.id: wanted(lessons, one, one.in_order, one.after) for one in lessons}


def wanted(
    lessons: list[CourseLesson], lesson: CourseLesson, in_order: bool, after: Iterable[str]
) -> list[UUID]:
    """What was chosen and has been removed since counts no more."""
    place, chosen = lessons.index(lesson), set(after)
    before = lessons[place - 1].id if in_order and place else None
    return [one.id for one in lessons if one.id == before or str(one.id) in chosen]


def ring(edges: Edges, start: UUID) -> list[UUID]:
    """The way from a lesson back to itself; empty when there is none."""
    came: dict[UUID, UUID] = {}
    waiting = [start]
    while waiting:
        now = waiting.pop()
        for needed in edges.get(now, ()):
            if needed == start:
                return _way(came, start, now)
            if needed not in came:
                came[needed] = now
                waiting.append(needed)
    return []


def _way(came: Mapping[UUID, UUID], start: UUID, end: UUID) -> list[UUID]:
    found = [end]
    while found[-1] != start:
        found.append(came[found[-1]])
    return found[::-1]


def forget(course: Course, lesson: CourseLesson, instead: CourseLesson | None = None) -> None:
    """Nobody waits any more for a lesson that goes; they wait for the one it was joined to, if there is one."""
    key, fresh = str(lesson.id), str(instead.id) if instead else ""
    for one in course.lessons:
        if key in one.after:
            kept = [fresh if other == key else other for other in one.after]
            one.after = [other for other in dict.fromkeys(kept) if other and other != str(one.id)]
