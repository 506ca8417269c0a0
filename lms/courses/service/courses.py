"""Making, describing and arranging courses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.findable import refresh
from lms.courses.links import named
from lms.courses.models import Course, CourseBlock, CourseLesson, CourseModule
from lms.courses.prerequisites import forget
from lms.people.models import Person
from lms.places.models import Place

AUTHOR, COPIED = "author", "copied"


def make_course(place: Place, author: Person, facts: dict[str, Any]) -> Course:
    """With one module and one lesson, so that writing can begin."""
    course = Course(
        place_id=place.id, path=place.path, created_by=author.id, changed_at=clock.now(),
        credits=[credit(author, AUTHOR)], **facts,
    )  # fmt: skip
    db.session.add(course)
    db.session.flush()
    audit.record("course.made", course, path=course.path, name=course.title_kk or course.title_ru)
    return course


def credit(person: Person, deed: str) -> dict[str, str]:
    return {"person": str(person.id), "name": person.full_name, "deed": deed}


def describe(course: Course, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(course, name, value)
    touch(course)
    audit.record("course.described", course, path=course.path)


def touch(course: Course, person: Person | None = None) -> None:
    """Somebody worked on it: it is a draft again, and whoever did it is credited."""
    course.changed_at = clock.now()
    if course.state != "draft":
        course.state = "draft"
    if person and str(person.id) not in {one.get("person") for one in course.credits}:
        course.credits = [*course.credits, credit(person, AUTHOR)]


def add_module(course: Course, title_kk: str, title_ru: str) -> CourseModule:
    module = CourseModule(position=len(course.modules) + 1, title_kk=title_kk, title_ru=title_ru)
    course.modules.append(module)
    touch(course)
    db.session.flush()
    return module


def add_lesson(module: CourseModule, title_kk: str, title_ru: str, **facts: Any) -> CourseLesson:
    lesson = CourseLesson(position=len(module.lessons) + 1, title_kk=title_kk, title_ru=title_ru, **facts)
    module.lessons.append(lesson)
    touch(module.course)
    db.session.flush()
    return lesson


def name_module(module: CourseModule, title_kk: str, title_ru: str) -> None:
    module.title_kk, module.title_ru = title_kk, title_ru
    touch(module.course)


def set_up_lesson(lesson: CourseLesson, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(lesson, name, value)
    touch(lesson.module.course)


def move_module(module: CourseModule, step: int) -> None:
    _move(module.course.modules, module, step)
    touch(module.course)


def move_lesson(lesson: CourseLesson, step: int) -> None:
    """Past the first or the last place it goes into the next module."""
    siblings = lesson.module.lessons
    place = siblings.index(lesson) + step
    if 0 <= place < len(siblings):
        _move(siblings, lesson, step)
    else:
        modules = lesson.module.course.modules
        there = modules.index(lesson.module) + step
        if 0 <= there < len(modules):
            target = modules[there].lessons
            target.insert(0 if step > 0 else len(target), lesson)
            renumber(target)
            renumber(siblings)
    touch(lesson.module.course)


def _move(rows: list[Any], row: Any, step: int) -> None:
    place = rows.index(row)
    target = min(max(place + step, 0), len(rows) - 1)
    rows.insert(target, rows.pop(place))
    renumber(rows)


def renumber(rows: Sequence[Any]) -> None:
    for number, row in enumerate(rows, 1):
        row.position = number


def remove_module(module: CourseModule) -> None:
    if module.lessons:
        raise Refused(_("Move or remove the lessons of this module first."))
    course = module.course
    course.modules.remove(module)
    renumber(course.modules)
    touch(course)


def remove_lesson(lesson: CourseLesson) -> None:
    module = lesson.module
    audit.record(
        "course.lesson_removed",
        module.course,
        path=module.course.path,
        name=lesson.title_kk or lesson.title_ru,
    )
    forget(module.course, lesson)
    module.lessons.remove(lesson)
    renumber(module.lessons)
    touch(module.course)


def archive(course: Course) -> None:
    """It leaves the lists; classes that were given it keep their edition."""
    course.archived_at = clock.now()
    audit.record("course.archived", course, path=course.path, name=course.title_kk or course.title_ru)
    refresh("course", course.id)


def copy_course(course: Course, place: Place, person: Person) -> Course:
    """A course of one's own made from a colleague's; those who wrote it stay named."""
    copy = Course(
        place_id=place.id, path=place.path, created_by=person.id, changed_at=clock.now(), copied_from=course.id,
        credits=[*course.credits, credit(person, COPIED)],
        **{name: getattr(course, name) for name in COPIED_FACTS},
    )  # fmt: skip
    db.session.add(copy)
    keys: dict[str, str] = {}
    for module in course.modules:
        fresh = CourseModule(**_titles(module), position=module.position)
        copy.modules.append(fresh)
        keys |= {str(lesson.id): str(copy_lesson(lesson, fresh).id) for lesson in module.lessons}
    for lesson in copy.lessons:
        lesson.after = [keys[key] for key in lesson.after if key in keys]
        for block in lesson.blocks:
            block.kk, block.ru = named(block.kk, keys), named(block.ru, keys)
    db.session.flush()
    audit.record("course.copied", copy, path=place.path, name=course.title_kk or course.title_ru)
    return copy


COPIED_FACTS = (
    "title_kk", "title_ru", "about_kk", "about_ru", "subject", "grade", "quarter", "section", "language",
    "objectives", "licence",
)  # fmt: skip
_LESSON_FACTS = ("rule", "pass_score", "in_order", "after", "activity", "activity_key")


def copy_lesson(lesson: CourseLesson, module: CourseModule) -> CourseLesson:
    facts = {name: getattr(lesson, name) for name in _LESSON_FACTS}
    copy = CourseLesson(id=ids.new_id(), position=len(module.lessons) + 1, **_titles(lesson), **facts)
    copy.blocks = [copied_block(one) for one in lesson.blocks]
    module.lessons.append(copy)
    return copy


def copied_block(block: CourseBlock) -> CourseBlock:
    return CourseBlock(
        id=ids.new_id(), position=block.position, kind=block.kind, kk=block.kk, ru=block.ru,
        revision_kk=int(block.kk is not None), revision_ru=int(block.ru is not None),
        stale_kk=block.stale_kk, stale_ru=block.stale_ru,
    )  # fmt: skip


def split_lesson(lesson: CourseLesson, block_id: UUID) -> CourseLesson:
    """From this block on everything goes into a lesson of its own, right behind."""
    place = next((n for n, one in enumerate(lesson.blocks) if one.id == block_id), 0)
    if place == 0:
        raise Refused(_("Choose a block that is not the first one: the lesson is split before it."))
    module = lesson.module
    fresh = CourseLesson(**_titles(lesson), rule=lesson.rule, pass_score=lesson.pass_score)
    module.lessons.insert(module.lessons.index(lesson) + 1, fresh)
    renumber(module.lessons)
    db.session.flush()
    for block in lesson.blocks[place:]:
        fresh.blocks.append(block)  # which takes it from where it was
    renumber(fresh.blocks)
    touch(module.course)
    db.session.flush()
    return fresh


def join_with_next(lesson: CourseLesson) -> None:
    """The lesson behind this one becomes its end."""
    module = lesson.module
    place = module.lessons.index(lesson) + 1
    if place >= len(module.lessons) or module.lessons[place].activity or lesson.activity:
        raise Refused(_("There is no lesson behind this one in the same module to be joined with."))
    following = module.lessons[place]
    forget(module.course, following, lesson)
    for block in list(following.blocks):
        lesson.blocks.append(block)  # which takes it from where it was
    renumber(lesson.blocks)
    db.session.flush()
    module.lessons.remove(following)
    renumber(module.lessons)
    touch(module.course)


def _titles(row: CourseModule | CourseLesson) -> dict[str, str]:
    return {"title_kk": row.title_kk, "title_ru": row.title_ru}
