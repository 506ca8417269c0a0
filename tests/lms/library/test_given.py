"""Pupils find the words of the courses and packages that were given to them, as far as they may read them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from lms.core import clock
from lms.core.db import db, edge
from lms.core.jobs import enqueue
from lms.courses.models import Course, CourseEdition, GivenCourse
from lms.courses.service import courses, giving
from lms.people.models import Person
from lms.player.service import giving as player_giving
from tests.cast import Browser, Cast
from tests.coursed import CHECK, course_of, lesson_of, published, write
from tests.lms.library.kept import work_through
from tests.lms.library.test_mirrors import PAGES, found
from tests.shelved import shelved


def a_course(cast: Cast) -> Course:
    """The second lesson waits for the first and asks."""
    teacher = cast.person("teacher")
    course = course_of(teacher, cast.school, "Тоқ күші")
    write(lesson_of(course, "Ток"), teacher, "text", {"html": "<p>Амперметр тізбекке қосылады.</p>"})
    second = lesson_of(course, "Кернеу", in_order=True)
    write(second, teacher, "text", {"html": "<p>Вольтметр параллель қосылады.</p>"})
    write(second, teacher, "check", CHECK)
    published(course, cast.person("methodologist"))
    work_through(cast)
    return course


def given(cast: Cast, course: Course, *pupils: Person, **more: Any) -> GivenCourse:
    with edge():
        edition = db.session.get_one(CourseEdition, course.current_id)
        return giving.give(
            edition, cast.school, cast.person("teacher").id, pupils=[one.id for one in pupils], **more
        )


def test_a_pupil_finds_a_word_of_the_course_they_were_given(cast: Cast) -> None:
    course = a_course(cast)
    pupil = cast.signed_in("student")
    assert str(course.id) not in found(pupil, "амперметр") and "Тоқ күші" not in found(pupil, "амперметр")
    row = given(cast, course, cast.person("student"))
    page = found(pupil, "амперметрді")
    assert f'href="/learning/{row.id}"' in page and "<mark>Амперметр</mark>" in page and "1-сабақ" in page
    assert pupil.get(f"/learning/{row.id}").status_code == 200
    assert "1 ресурс" in page
    for other in (cast.signed_in("guardian"), cast.signed_in("student", cast.school_elsewhere)):
        assert "Тоқ күші" not in found(other, "амперметр") and "0 ресурс" in found(other, "амперметр")


def test_words_of_a_lesson_that_waits_and_of_questions_are_not_shown(cast: Cast) -> None:
    course = a_course(cast)
    row = given(cast, course, cast.person("student"))
    pupil, director = cast.signed_in("student"), cast.signed_in("director")
    page = found(pupil, "вольтметр")
    assert f"/learning/{row.id}" in page and "<mark>" not in page and "параллель" not in page
    assert "<mark>Вольтметр</mark>" in found(director, "вольтметр")
    page = found(pupil, "қосылғыш")  # why the answer is right
    assert f"/learning/{row.id}" in page and "<mark>" not in page
    page = found(director, "қосылғыш")
    assert "<mark>қосылғыш</mark>" in page and "2-сабақтың сұрақтары" in page


def test_what_is_not_open_or_was_taken_back_or_is_of_another_edition_is_not_found(cast: Cast) -> None:
    course = a_course(cast)
    pupil, me = cast.signed_in("student"), cast.person("student")
    later = given(cast, course, me, opens_at=clock.now() + timedelta(days=1))
    past = given(cast, course, me, closes_at=clock.now() - timedelta(days=1))
    assert "Тоқ күші" not in found(pupil, "амперметр")
    row = given(cast, course, me)
    assert f"/learning/{row.id}" in found(pupil, "амперметр")
    with edge():
        giving.withdraw(db.session.get_one(GivenCourse, row.id))
    assert "Тоқ күші" not in found(pupil, "амперметр")
    row = given(cast, course, me)
    write(course.lessons[0], cast.person("teacher"), "text", {"html": "<p>Омметр де керек.</p>"})
    published(course, cast.person("methodologist"))
    work_through(cast)
    assert "Тоқ күші" not in found(pupil, "омметр")  # the class goes on with the edition it was given
    assert later.id != past.id
    with edge():
        courses.archive(db.session.get_one(Course, course.id))


def test_a_teacher_who_was_given_a_course_of_their_school_opens_the_workshop(cast: Cast) -> None:
    course = a_course(cast)
    given(cast, course, cast.person("teacher"))
    assert f'href="/courses/{course.id}"' in found(cast.signed_in("teacher"), "амперметр")


def test_of_a_package_only_that_it_holds_the_word(cast: Cast) -> None:
    version = shelved(PAGES, cast.school, cast.person("teacher"), "Тізбек пакеті")
    with edge():
        enqueue("library.mirror-all")
    work_through(cast)
    pupil = cast.signed_in("student")
    assert "Тізбек пакеті" not in found(pupil, "өткізгіштер")
    with edge():
        player_giving.give(
            version, cast.school, cast.person("teacher").id, pupils=[cast.person("student").id]
        )
    page = found(pupil, "өткізгіштер")
    assert 'href="/lessons"' in page and "Тізбек пакеті" in page and "<mark>" not in page


def test_it_takes_no_more_than_eight_statements(
    cast: Cast, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    course = a_course(cast)
    given(cast, course, cast.person("student"))
    pupil: Browser = cast.signed_in("student")
    pupil.get("/library?q=ток")
    for path in ("/library?q=амперметр", "/library"):
        with statements() as sent:
            assert "Тоқ күші" in pupil.get(path).text
        assert len(sent) <= 8, (path, sent)
