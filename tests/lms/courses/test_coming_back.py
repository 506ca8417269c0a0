"""What was made here comes back as it left, and nothing of somebody else's comes with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lms.core.db import db, edge
from lms.courses.blocks import KINDS, kind_of
from lms.courses.exporting import SHAPES, Leaving
from lms.courses.importing import zipped as archives
from lms.courses.models import Course
from lms.courses.service import blocks, courses
from tests.cast import Cast
from tests.coursed import attached, course_of, filled, published, small_course, write
from tests.lms.courses.arrived import brought, found_in, structure, zipped


def whole_course(cast: Cast) -> Course:
    """Two modules, every kind of block that can be filled, both languages, rules of every sort."""
    teacher = cast.person("teacher")
    course = small_course(teacher, cast.school)
    with edge():
        module = courses.add_module(course, "Екінші", "Второй")
        lesson = courses.add_lesson(module, "Барлығы", "Всё", rule="opened")
        courses.add_lesson(module, "", "Только по-русски", rule="seen", in_order=True)
        course.objectives = [{"code": "7.2.1.3", "text": "графикті оқиды"}]
    keys = {"picture": attached(course), "audio": attached(course, "audio", "a.mp3", b"ID3" + bytes(200))}
    for kind in KINDS.values():
        given = filled(kind.code, "Сөз", keys)
        if not kind.missing(kind.clean(given)):
            block = write(lesson, teacher, kind.code, given)
            with edge():
                twin = filled(kind.code, "Слово", keys)
                blocks.save_block(block, blocks.Save("ru", twin, block.revision("ru")), teacher)
    write(course.lessons[-1], teacher, "text", {"html": "<p>Текст</p>"}, language="ru")
    db.session.expire_all()
    return course


@pytest.mark.parametrize(
    ("shape", "language"), [("cartridge", "kk"), ("scorm-2004", "ru"), ("scorm-12", "kk"), ("offline", "ru")]
)
def test_what_was_made_here_comes_back_as_it_left(shape: str, language: str, cast: Cast) -> None:
    teacher, course = cast.person("teacher"), whole_course(cast)
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        data = SHAPES[shape].make(Leaving(published(course, teacher), language))
    target = course_of(teacher, cast.school, "Қайтқан")
    arrival = brought(cast, target, data, f"course{SHAPES[shape].end}", language)
    assert (arrival.state, arrival.missed) == ("kept", {})
    back, before = db.session.get_one(Course, target.id), db.session.get_one(Course, course.id)
    assert structure(back) == structure(before)
    assert len(structure(back)[1][2][0][5]) > 18
    assert (back.objectives, back.grade) == (before.objectives, 7)
    keys = {
        key
        for one in back.lessons
        for block in one.blocks
        for key in kind_of(block.kind).files(block.kk or {})
    }
    browser = cast.signed_in("teacher")
    assert len(keys) >= 2 and all(browser.get(f"/courses/files/{key}").status_code == 200 for key in keys)


def test_a_key_of_somebody_elses_file_does_not_come_in(cast: Cast) -> None:
    teacher = cast.person("teacher")
    secret = attached(course_of(teacher, cast.school_elsewhere, "Бөтен"))
    whole = {
        "files": {}, "outline": {"modules": [{"title_kk": "А", "title_ru": "", "lessons": [{"id": "1", "title_kk": "А", "title_ru": ""}]}]},
        "lessons": {"1": [{"kind": "picture", "kk": {"file": secret, "alt": "x"}, "ru": None}]},
    }  # fmt: skip
    target = course_of(teacher, cast.school, "Менікі")
    brought(cast, target, zipped(**{"course.json": json.dumps(whole).encode()}), "course.zip")
    block = db.session.get_one(Course, target.id).lessons[0].blocks[0]
    assert block.kk == {**(block.kk or {}), "file": "", "alt": "x"}


@pytest.mark.parametrize(
    "data",
    [b"{}", b"[]", b'{"files": 5}', b"\xff", b"[" * 90_000, b'{"files":{},"outline":{"modules":[{}]}}'],
)
def test_a_hostile_cartridge_is_refused(data: bytes, tmp_path: Path) -> None:
    assert found_in(tmp_path, zipped(**{"course.json": data}), archives)["refused"]
