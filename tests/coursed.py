"""Courses for tests: written, published, given; every kind of block filled in."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from lms.core.db import db, edge
from lms.courses.blocks import KINDS
from lms.courses.blocks.fields import Attached, Field, Number, Rows
from lms.courses.models import Course, CourseEdition, CourseLesson, GivenCourse
from lms.courses.service import blocks, courses, files, giving, publishing
from lms.people.models import Person, SchoolClass
from lms.places.models import Place


def picture(width: int = 900, height: int = 600) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, "PNG")
    return out.getvalue()


def filled(kind: str, words: str, keys: dict[str, str] | None = None) -> dict[str, Any]:
    """A content of this kind with these words in every field."""
    return {one.name: _value(one, words, keys or {}) for one in KINDS[kind].fields}


def _value(field: Field, words: str, keys: dict[str, str]) -> Any:
    if isinstance(field, Attached):
        return keys.get(field.family, "")
    if isinstance(field, Rows):
        return [{one.name: _value(one, words, keys) for one in field.of} for _ in range(2)]
    if isinstance(field, Number):
        return field.usual
    return {
        "choice": "", "formula": "v = \\frac{s}{t}", "grid": [["A", words], ["1", "2"]], "element": "Fe",
        "rich": f"<p>{words}</p>", "answers": f"* {words}\n{words} 2",
    }.get(field.widget, words)  # fmt: skip


def course_of(author: Person, place: Place, title: str = "Қысым", **facts: Any) -> Course:
    with edge():
        return courses.make_course(
            place,
            author,
            {"title_kk": title, "title_ru": "Давление", "grade": 7, "subject": "physics", **facts},
        )


def lesson_of(course: Course, title: str = "Сұйық қысымы", **facts: Any) -> CourseLesson:
    with edge():
        module = course.modules[0] if course.modules else courses.add_module(course, "Бөлім", "Раздел")
        return courses.add_lesson(module, title, "Давление жидкости", **facts)


def write(lesson: CourseLesson, author: Person, kind: str, content: Any = None, **more: Any) -> Any:
    with edge():
        return blocks.add_block(
            lesson, kind, author, more.pop("language", "kk"), content or filled(kind, "Сөз"), **more
        )


def attached(course: Course, family: str = "picture", name: str = "сурет.png", data: bytes = b"") -> str:
    with edge():
        return str(files.attach(course, family, name, data or picture()).id)


def published(course: Course, by: Person) -> CourseEdition:
    with edge():
        return publishing.publish(course, by)


def given(edition: CourseEdition, school: Place, by: Person, *classes: SchoolClass) -> GivenCourse:
    with edge():
        return giving.give(edition, school, by.id, [one.id for one in classes])


CHECK = {
    "title": "Тексеру",
    "questions": [
        {"ask": "<p>2 + 2?</p>", "answers": "* 4\n5", "why": "Екі қосылғыш"},
        {"ask": "<p>g?</p>", "answers": "= 9,8 ± 0,1", "why": ""},
    ],
}


def small_course(author: Person, place: Place) -> Course:
    """Two lessons: a text, and a knowledge check behind it."""
    course = course_of(author, place)
    first = lesson_of(course)
    write(first, author, "text", {"html": "<p>Қысым – күштің ауданға қатынасы.</p>"})
    write(
        first, author, "formula", {"latex": "p = \\frac{F}{S}", "about": "Қысым күшті ауданға бөлгенге тең"}
    )
    second = lesson_of(course, "Тексеру", rule="score", pass_score=60, in_order=True)
    write(second, author, "check", CHECK)
    db.session.expire_all()
    return course
