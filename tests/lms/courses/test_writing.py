"""Aigul writes a lesson: saved once however often it is sent, never over a colleague's head, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import time_machine
from PIL import Image

from lms.core import clock
from lms.core.db import db, edge
from lms.core.errors import Refused
from lms.courses.models import BlockChange, Course, CourseBlock
from lms.courses.queries import writing as queries
from lms.courses.service import blocks, courses, files, publishing
from lms.people.models import Person
from tests.cast import Cast, read_afresh
from tests.coursed import attached, course_of, lesson_of, picture, published, small_course, write


@pytest.fixture
def teacher(cast: Cast) -> Person:
    return cast.person("teacher")


@pytest.fixture
def text(cast: Cast, teacher: Person) -> CourseBlock:
    block: CourseBlock = write(
        lesson_of(course_of(teacher, cast.school)), teacher, "text", {"html": "<p>Бір</p>"}
    )
    return block


def save(block: CourseBlock, words: str, base: int, by: Person, language: str = "kk", **more: Any) -> int:
    with edge():
        return blocks.save_block(block, blocks.Save(language, {"html": f"<p>{words}</p>"}, base, **more), by)


def test_a_saving_that_comes_twice_counts_once(text: CourseBlock, teacher: Person) -> None:
    assert save(text, "Екі", 1, teacher, page="a", number=1) == 2
    assert save(text, "Үш", 2, teacher, page="a", number=2) == 3
    assert save(text, "Екі", 1, teacher, page="a", number=1) == 3
    assert text.kk == {"html": "<p>Үш</p>"}


def test_two_authors_do_not_write_over_each_other(cast: Cast, text: CourseBlock, teacher: Person) -> None:
    other = cast.person("methodologist")
    save(text, "Айгүлдің сөзі", 1, teacher, page="a", number=1)
    with pytest.raises(blocks.Overtaken):
        save(text, "Басқа сөз", 1, other, page="b", number=1)
    assert text.kk == {"html": "<p>Айгүлдің сөзі</p>"}
    assert save(text, "Басқа сөз", 2, other, page="b", number=1) == 3


def test_the_second_author_is_shown_both_texts(cast: Cast, text: CourseBlock, teacher: Person) -> None:
    save(text, "Айгүлдің сөзі", 1, teacher)
    browser = cast.signed_in("methodologist")
    answer = browser.post(
        f"/courses/blocks/{text.id}", {"in": "kk", "base": "1", "html": "<p>Менің сөзім</p>"}
    )
    assert answer.status_code == 409
    assert "Айгүлдің сөзі" in answer.text and "Менің сөзім" in answer.text
    read_afresh()
    assert db.session.get_one(CourseBlock, text.id).kk == {"html": "<p>Айгүлдің сөзі</p>"}


def test_changing_one_language_marks_the_other_until_it_has_caught_up(
    text: CourseBlock, teacher: Person
) -> None:
    save(text, "Один", 0, teacher, "ru")
    assert not text.stale_kk and not text.stale_ru
    save(text, "Екі", 1, teacher)
    assert text.stale_ru and not text.stale_kk
    save(text, "Два", 1, teacher, "ru")
    assert not text.stale_ru and not text.stale_kk


def test_a_translation_made_in_two_sittings_does_not_ask_the_original_to_catch_up(
    text: CourseBlock, teacher: Person
) -> None:
    save(text, "Один", 0, teacher, "ru", page="a", number=1)
    save(text, "Один и два", 1, teacher, "ru", page="b", number=1)
    assert not text.stale_kk and not text.stale_ru
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        save(text, "Один, два, три", 2, teacher, "ru", page="c", number=1)
    assert text.stale_kk and not text.stale_ru


def test_undoing_goes_back_step_by_step(cast: Cast, text: CourseBlock, teacher: Person) -> None:
    lesson = text.lesson
    save(text, "Екі", 1, teacher)
    with edge():
        blocks.remove_block(text, teacher)
    for words in ("Екі", "Бір"):
        with edge():
            change = queries.to_undo(lesson, teacher.id)
            assert change is not None
            blocks.undo(lesson, change)
        assert [one.kk for one in lesson.blocks] == [{"html": f"<p>{words}</p>"}]
    with edge():
        change = queries.to_undo(lesson, teacher.id)
        assert change is not None
        blocks.undo(lesson, change)
    assert lesson.blocks == []


def test_a_removed_block_is_brought_back_from_the_history(text: CourseBlock, teacher: Person) -> None:
    lesson, key = text.lesson, text.id
    with edge():
        blocks.remove_block(text, teacher)
    step = next(one for one in queries.changes(lesson) if one.deed == "remove")
    with edge():
        blocks.restore(lesson, step, teacher)
    assert [(one.id, one.kk) for one in lesson.blocks] == [(key, {"html": "<p>Бір</p>"})]


def test_typing_for_some_minutes_is_one_step_of_the_history(text: CourseBlock, teacher: Person) -> None:
    for number in range(1, 6):
        save(text, f"Сөз {number}", number, teacher, page="a", number=number)
    steps = db.session.query(BlockChange).filter_by(block_id=text.id, deed="change").all()
    assert [one.after for one in steps] == [{"html": "<p>Сөз 5</p>"}]


def test_the_history_shows_what_came_and_went(cast: Cast, text: CourseBlock, teacher: Person) -> None:
    save(text, "Бір жаңа", 1, teacher)
    page = cast.signed_in("teacher").get(f"/courses/lessons/{text.lesson_id}/history").text
    assert "жаңа</ins>" in page


def test_nothing_is_published_while_something_is_missing(cast: Cast, teacher: Person) -> None:
    course = course_of(teacher, cast.school)
    write(lesson_of(course), teacher, "picture", {"file": "", "alt": ""})
    with cast.app.test_request_context():
        assert len(publishing.lacks(course)) == 2
        with pytest.raises(Refused):
            publishing.publish(course, teacher)


def test_a_copy_keeps_the_names_of_those_who_wrote_it(cast: Cast, teacher: Person) -> None:
    course, other = small_course(teacher, cast.school), cast.person("methodologist")
    with edge():
        copy = courses.copy_course(course, cast.school, other)
    assert [one["deed"] for one in copy.credits] == ["author", "copied"]
    assert [len(one.blocks) for one in copy.lessons] == [2, 1]
    assert {one.id for one in copy.lessons[0].blocks}.isdisjoint(one.id for one in course.lessons[0].blocks)


def test_a_lesson_is_split_and_joined_again(cast: Cast, teacher: Person) -> None:
    lesson = small_course(teacher, cast.school).lessons[0]
    with edge():
        courses.split_lesson(lesson, lesson.blocks[1].id)
    assert [len(one.blocks) for one in lesson.module.lessons] == [1, 1, 1]
    with edge():
        courses.join_with_next(lesson)
    assert [one.kind for one in lesson.blocks] == ["text", "formula"]


def test_a_picture_is_written_anew_in_two_sizes(cast: Cast, teacher: Person) -> None:
    course = course_of(teacher, cast.school)
    noise = Image.effect_noise((2400, 1600), 80)
    out = BytesIO()
    noise.save(out, "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00")
    with edge():
        row = files.attach(course, "picture", "../../<b>.jpg", out.getvalue())
    assert (row.name, row.width, row.media_type) == ("<b>.jpg", 1600, "image/jpeg")
    assert row.small and row.small_size < row.size
    assert b"Exif" not in files.bytes_of(row)


@pytest.mark.parametrize(
    "family, name, data",
    [
        ("picture", "a.svg", b"<svg/>"), ("picture", "a.png", b"no picture"), ("picture", "a.png", picture()[:200]),
        ("audio", "a.mp3", b"<script>"), ("video", "a.mp4", b"<html>"), ("subtitles", "a.vtt", b"\xff\xfe"),
        ("subtitles", "a.vtt", b"WEBVTT\n\nnothing"), ("file", "a.html", b"<script>"), ("file", "a.pdf", b"<script>"),
        ("file", "a.exe", b"MZ"), ("model", "a.zip", b"PK no zip"), ("audio", "a", b""),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused(family: str, name: str, data: bytes, cast: Cast, teacher: Person) -> None:
    course = course_of(teacher, cast.school)
    with cast.app.test_request_context(), pytest.raises(Refused):
        files.attach(course, family, name, data)


def test_files_are_seen_by_those_who_may_see_the_course_alone(cast: Cast, teacher: Person) -> None:
    course = small_course(teacher, cast.school)
    key = attached(course)
    path = f"/courses/files/{key}"
    assert cast.signed_in("teacher").get(path).status_code == 200
    assert cast.signed_in("student").get(path).status_code == 404
    published(course, teacher)
    assert cast.signed_in("student").get(path).headers["Cache-Control"].startswith("private")
    assert cast.signed_in("teacher", cast.school_elsewhere).get(path).status_code == 404


def test_autosave_answers_with_what_is_missing(cast: Cast, text: CourseBlock) -> None:
    browser = cast.signed_in("teacher")
    answer = browser.post(
        f"/courses/blocks/{text.id}",
        {"in": "kk", "base": "1", "page": "p", "number": "1", "html": ""},
        headers={"Accept": "application/json"},
    )
    assert answer.json["revision"] == 2 and answer.json["missing"]


def test_a_block_is_written_without_any_script(cast: Cast, teacher: Person) -> None:
    lesson = lesson_of(course_of(teacher, cast.school))
    browser = cast.signed_in("teacher")
    opened = browser.post(f"/courses/lessons/{lesson.id}/blocks", {"kind": "tabs", "in": "kk"}).location
    block = opened.partition("block=")[2].partition("&")[0]
    form = {
        "in": "kk",
        "base": "1",
        "tabs-0-title": "Сөзбен",
        "tabs-0-html": "Бірінші < екінші",
        "tabs-1-title": "",
        "tabs-1-html": "",
    }
    assert browser.post(f"/courses/blocks/{block}", form).status_code == 303
    read_afresh()
    assert db.session.get_one(CourseBlock, UUID(block)).kk == {
        "tabs": [{"title": "Сөзбен", "html": "<p>Бірінші &lt; екінші</p>"}]
    }


def test_who_else_sits_at_the_lesson_is_told(cast: Cast, text: CourseBlock) -> None:
    cast.signed_in("methodologist").post(f"/courses/lessons/{text.lesson_id}/here")
    answer = cast.signed_in("teacher").post(f"/courses/lessons/{text.lesson_id}/here")
    assert answer.json == {"others": ["Айгүл"]} or answer.json["others"]


def test_the_workshop_asks_few_questions_however_long_the_lesson(
    cast: Cast, teacher: Person, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    course = course_of(teacher, cast.school)
    lesson = lesson_of(course)
    key = attached(course)
    for _number in range(12):
        write(lesson, teacher, "picture", {"file": key, "alt": "Сурет"})
    browser = cast.signed_in("teacher")
    for path in (f"/courses/lessons/{lesson.id}", f"/courses/{course.id}", "/courses"):
        browser.get(path)
        with statements() as sent:
            page = browser.get(path)
        assert len(sent) <= 8 and page.status_code == 200, (path, sent)


def test_what_is_published_above_is_found_by_the_schools_below(cast: Cast) -> None:
    author = cast.person("administrator")
    course: Course = small_course(author, cast.district)
    browser = cast.signed_in("teacher")
    assert browser.get(f"/courses/{course.id}").status_code == 404
    published(course, author)
    assert browser.get(f"/courses/{course.id}").status_code == 200
    assert browser.get(f"/courses/{course.id}/edit").status_code == 404


def test_a_new_course_begins_with_a_lesson_named_in_both_languages(cast: Cast) -> None:
    browser = cast.signed_in("teacher")
    form = {
        "place": str(cast.school.id), "title_kk": "Жарық", "title_ru": "", "subject": "physics", "grade": "8",
        "quarter": "", "section": "", "language": "kk", "about_kk": "", "about_ru": "", "licence": "school",
        "objectives": "8.1.1.1 жарықтың таралуы\nкөлеңке",
    }  # fmt: skip
    answer = browser.post("/courses/new", form)
    assert answer.status_code == 303 and "/courses/lessons/" in answer.location
    read_afresh()
    course = db.session.query(Course).one()
    assert (course.lessons[0].title_kk, course.lessons[0].title_ru) == ("1-сабақ", "Урок 1")
    assert course.objectives == [
        {"code": "8.1.1.1", "text": "жарықтың таралуы"},
        {"code": "", "text": "көлеңке"},
    ]
