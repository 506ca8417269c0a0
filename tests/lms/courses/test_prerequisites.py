"""Lessons that wait for others: chosen by the author, said to the pupil, never in a ring, and so in packages too."""

from __future__ import annotations

import io
import re
import zipfile
from uuid import UUID

import pytest

from lms.core.db import db, edge
from lms.courses.importing.found import read
from lms.courses.models import Course, CourseLesson, CourseTarget
from lms.courses.prerequisites import ring
from lms.courses.service import courses, publishing
from lms.courses.service.importing import bring_in
from lms.people.models import Person
from tests.cast import Browser, Cast, read_afresh
from tests.coursed import course_of, given, lesson_of, published, write
from tests.lms.courses.test_taking_out import made

NAMES = ("Кіріспе", "Тәжірибе", "Есептер", "Қорытынды")


@pytest.fixture
def teacher(cast: Cast) -> Person:
    return cast.person("teacher")


@pytest.fixture
def course(cast: Cast, teacher: Person) -> Course:
    """The last of four lessons waits for the first and the second."""
    row = course_of(teacher, cast.school)
    lessons = [lesson_of(row, name, rule="opened") for name in NAMES]
    for one in lessons:
        write(one, teacher, "text", {"html": f"<p>{one.title_kk}</p>"})
    with edge():
        lessons[3].after = [str(lessons[0].id), str(lessons[1].id)]
    db.session.expire_all()
    return row


@pytest.fixture
def browser(cast: Cast) -> Browser:
    return cast.signed_in("teacher")


def keys(row: Course) -> list[UUID]:
    return [one.id for one in row.lessons]


def settings(browser: Browser, lesson: CourseLesson, *after: UUID, **more: str) -> tuple[int, str]:
    form = {"title_kk": lesson.title_kk, "title_ru": "", "rule": "seen", "pass_score": "60", **more}
    answer = browser.post(
        f"/courses/lessons/{lesson.id}/settings", {**form, "after": [str(one) for one in after]}
    )
    return answer.status_code, answer.text


def test_a_pupil_reads_what_a_lesson_waits_for_and_then_it_opens(
    cast: Cast, course: Course, teacher: Person
) -> None:
    pupil = cast.person("student")
    row = given(published(course, teacher), cast.school, teacher, cast.school_class(7))
    with edge():
        db.session.add(CourseTarget(given_id=row.id, person_id=pupil.id))
    student, (first, second, third, last) = cast.signed_in("student"), keys(course)
    home = student.get(f"/learning/{row.id}").text
    assert f"/learning/{row.id}/{third}" in home and f"/learning/{row.id}/{last}" not in home
    assert re.search(r"Мыналар өтілгенде ашылады: Кіріспе, Тәжірибе\.", home)
    refused = student.get(f"/learning/{row.id}/{last}")
    assert refused.status_code == 409 and "Кіріспе, Тәжірибе" in refused.text
    student.post(f"/learning/{row.id}/{first}/done")
    assert "ашылады: Тәжірибе." in student.get(f"/learning/{row.id}").text
    student.post(f"/learning/{row.id}/{second}/done")
    assert student.get(f"/learning/{row.id}/{last}").status_code == 200


def test_an_author_chooses_lessons_and_a_ring_is_refused_with_its_names(
    course: Course, browser: Browser
) -> None:
    first, _second, third, last = course.lessons
    assert settings(browser, third, first.id)[0] == 303
    status, page = settings(browser, first, last.id)
    assert status == 422 and "Кіріспе → Қорытынды → Кіріспе" in page
    assert settings(browser, last, third.id, in_order="y")[0] == 303
    status, page = settings(browser, third, last.id)
    assert status == 422 and "Есептер → Қорытынды → Есептер" in page
    read_afresh()
    assert [one.after for one in db.session.get_one(Course, course.id).lessons][2] == [str(first.id)]
    assert "Кіріспе" in browser.get(f"/courses/{course.id}").text.partition("Есептер</a>")[2][:200]


def test_a_ring_made_by_moving_lessons_is_found_before_publishing(course: Course) -> None:
    with edge():
        course.lessons[1].in_order = True
        course.lessons[0].after = [str(course.lessons[1].id)]
    assert len(publishing.lacks(course)) == 2


def test_a_lesson_that_goes_is_waited_for_no_more(course: Course) -> None:
    first, second, third, last = course.lessons
    with edge():
        courses.remove_lesson(first)
        third.after = [str(last.id)]
        courses.join_with_next(third)
    assert third.after == [str(second.id)] or third.after == []
    assert str(first.id) not in str([one.after for one in course.lessons])


def test_a_copy_waits_for_its_own_lessons(cast: Cast, course: Course, teacher: Person) -> None:
    with edge():
        copy = courses.copy_course(course, cast.school, teacher)
    assert copy.lessons[3].after == [str(one.id) for one in copy.lessons[:2]]
    assert set(copy.lessons[3].after).isdisjoint(course.lessons[3].after)


def test_packages_wait_likewise_and_what_comes_back_waits_as_before(
    cast: Cast, course: Course, teacher: Person
) -> None:
    edition = published(course, teacher)
    manifest = zipfile.ZipFile(io.BytesIO(made(cast, edition, "scorm-12"))).read("imsmanifest.xml").decode()
    assert ">lesson-1&amp;lesson-2<" in manifest
    package = made(cast, edition, "scorm-2004")
    modern = zipfile.ZipFile(io.BytesIO(package)).read("imsmanifest.xml").decode()
    assert set(re.findall(r'objectiveID="(before-\d)"', modern)) == {"before-1", "before-2"}
    found = read(package, "zip")
    with edge():
        back = course_of(teacher, cast.school, "Қайта")
        bring_in(back, found, [], "Қайта", "kk", teacher)
    assert back.lessons[3].after == [str(one.id) for one in back.lessons[:2]]


@pytest.mark.pure
def test_a_ring_is_found_however_long() -> None:
    a, b, c, d = (UUID(int=number) for number in range(4))
    assert ring({a: [b], b: [c], c: [a]}, a) == [a, b, c]
    assert ring({a: [b, c], b: [d], c: [d]}, a) == []
    assert ring({a: [b], b: [c], c: [b]}, a) == []
    assert ring({a: [a]}, a) == [a]
