"""Links between lessons: pages of a zip keep theirs, and they lead where the lesson lies for whoever shows it."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from lms.core.db import db, edge
from lms.courses import links
from lms.courses.models import Course, CourseTarget
from lms.courses.service import courses
from lms.people.models import Person
from tests.cast import Cast, read_afresh
from tests.coursed import course_of, given, published
from tests.lms.courses.arrived import brought, zipped
from tests.lms.courses.test_taking_out import made

FIRST = b"<title>A</title><p>See <a href='sub/two.html#part'><b>two</b></a>, <a href='gone.html'>gone</a>.</p><ul><li><a href='/sub/two.html'>2</a></li></ul>"
SECOND = b"<title>B</title><p><a href='../index.html'>back</a> <a href='#here'>here</a> <a href='javascript:x'>no</a></p>"


@pytest.fixture
def teacher(cast: Cast) -> Person:
    return cast.person("teacher")


@pytest.fixture
def course(cast: Cast, teacher: Person) -> Course:
    row = course_of(teacher, cast.school)
    arrival = brought(cast, row, zipped(**{"index.html": FIRST, "sub/two.html": SECOND}), "a.zip")
    assert (arrival.state, arrival.missed) == ("kept", {"link": 1, "script": 1})
    return db.session.get_one(Course, row.id)


def texts(row: Course) -> list[str]:
    return [json.dumps([block.kk for block in lesson.blocks]).replace('\\"', '"') for lesson in row.lessons]


def test_pages_of_a_zip_lead_to_each_other_as_lessons(course: Course) -> None:
    first, second = course.lessons
    assert (
        texts(course)[0].count(f'href="#lesson-{second.id}"') == 2
        and "<strong>two</strong>" in texts(course)[0]
    )
    assert texts(course)[1].count(f'href="#lesson-{first.id}"') == 1


def test_a_link_leads_where_the_lesson_lies(cast: Cast, course: Course, teacher: Person) -> None:
    first, second = course.lessons
    writing = cast.signed_in("teacher")
    assert f'href="/courses/lessons/{second.id}"' in writing.get(f"/courses/lessons/{first.id}").text
    assert (
        f'href="/courses/lessons/{second.id}/preview"'
        in writing.get(f"/courses/lessons/{first.id}/preview").text
    )
    edition = published(course, teacher)
    row = given(edition, cast.school, teacher, cast.school_class(7))
    with edge():
        db.session.add(CourseTarget(given_id=row.id, person_id=cast.person("student").id))
    page = cast.signed_in("student").get(f"/learning/{row.id}/{first.id}").text
    assert page.count(f'href="/learning/{row.id}/{second.id}"') >= 2 and "#lesson-" not in page
    folder = zipfile.ZipFile(io.BytesIO(made(cast, edition, "offline"))).read("lesson-01.html").decode()
    book = zipfile.ZipFile(io.BytesIO(made(cast, edition, "epub")))
    assert 'href="lesson-02.html"' in folder
    assert b'href="lesson-02.xhtml"' in book.read("book/lesson-01.xhtml")
    sco = zipfile.ZipFile(io.BytesIO(made(cast, edition, "scorm-12"))).read("lesson-01.html").decode()
    assert "lesson-02.html" not in sco and "<strong>two</strong>" in sco, "the system around leads on"


def test_a_copy_and_a_course_that_comes_back_lead_to_their_own_lessons(
    cast: Cast, course: Course, teacher: Person
) -> None:
    with edge():
        copy = courses.copy_course(course, cast.school, teacher)
    assert f'href="#lesson-{copy.lessons[1].id}"' in texts(copy)[0]
    target = course_of(teacher, cast.school, "Қайта")
    brought(cast, target, made(cast, published(course, teacher), "cartridge"), "a.imscc")
    read_afresh()
    back = db.session.get_one(Course, target.id)
    assert f'href="#lesson-{back.lessons[1].id}"' in texts(back)[0]
    assert str(course.lessons[1].id) not in texts(back)[0]


@pytest.mark.pure
def test_a_link_that_leads_nowhere_is_text_and_words_about_links_stay() -> None:
    key = "01a1fdbe-ffe8-7366-ab38-b7ffac90b543"
    markup = f'<p><a href="#lesson-{key}" rel="x">a</a> href="#lesson-{key}"</p>'
    assert links.shown(markup, lambda _key: "") == f'<p><a  rel="x">a</a> href="#lesson-{key}"</p>'
    assert links.shown(markup, lambda _key: '/"><script>').count("<script>") == 0
    assert links.named({"html": [markup]}, {}) == {"html": [markup]}
