"""Ghani takes a course: what he did counts once, in both languages, and a new edition does not disturb him."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID, uuid4

import pytest

from lms.core import clock
from lms.core.db import db, edge
from lms.courses.models import CourseEvent, CourseProgress, CourseTarget, GivenCourse
from lms.courses.service import blocks, courses, publishing, taking
from lms.people.models import Person
from tests.cast import Browser, Cast, read_afresh
from tests.coursed import CHECK, course_of, given, lesson_of, published, small_course, write

WORDS = "қысым күш аудан сұйық газ қабат тереңдік тығыздық биіктік ыдыс "


@pytest.fixture
def pupil(cast: Cast) -> Person:
    return cast.person("student")


@pytest.fixture
def course(cast: Cast, pupil: Person) -> GivenCourse:
    teacher = cast.person("teacher")
    row = given(
        published(small_course(teacher, cast.school), teacher), cast.school, teacher, cast.school_class(7)
    )
    with edge():
        db.session.add(CourseTarget(given_id=row.id, person_id=pupil.id))
    return row


@pytest.fixture
def browser(cast: Cast) -> Browser:
    return cast.signed_in("student")


def lessons(row: GivenCourse) -> list[dict[str, object]]:
    return [one for module in row.edition.outline["modules"] for one in module["lessons"]]


def progress_of(row: GivenCourse, pupil: Person) -> CourseProgress:
    read_afresh()
    return db.session.query(CourseProgress).filter_by(given_id=row.id, person_id=pupil.id).one()


def test_a_course_is_taken_without_any_script(course: GivenCourse, browser: Browser, pupil: Person) -> None:
    first, second = (one["id"] for one in lessons(course))
    home = browser.get(f"/learning/{course.id}").text
    assert f"/learning/{course.id}/{first}" in home and f"/learning/{course.id}/{second}" not in home
    assert browser.get(f"/learning/{course.id}/{second}").status_code == 409
    answer = browser.post(f"/learning/{course.id}/{first}/done")
    assert answer.location.endswith(f"/learning/{course.id}/{second}")
    page = browser.get(answer.location).text
    block = lessons(course)[1]["scored"][0]  # type: ignore[index]
    assert "Екі қосылғыш" not in page and "data-answers" not in page and '"right"' not in page
    form = {f"a-{block}-0": "0", f"a-{block}-1": "9,75"}
    browser.post(f"/learning/{course.id}/{second}/answer/{block}", form)
    found = progress_of(course, pupil)
    assert (found.done, found.score) == (2, 1.0) and found.finished_at


def test_a_check_counts_with_its_best_result(course: GivenCourse, browser: Browser, pupil: Person) -> None:
    first, second = (one["id"] for one in lessons(course))
    browser.post(f"/learning/{course.id}/{first}/done")
    block = lessons(course)[1]["scored"][0]  # type: ignore[index]
    path = f"/learning/{course.id}/{second}/answer/{block}"
    for form, score, done in (
        ({f"a-{block}-0": "0"}, 0.5, 1),
        ({}, 0.5, 1),
        ({f"a-{block}-0": "0", f"a-{block}-1": "9,8"}, 1, 2),
    ):
        browser.post(path, form)
        found = progress_of(course, pupil)
        assert (found.score, found.done) == (score, done)


def test_what_is_sent_twice_counts_once(course: GivenCourse, browser: Browser, pupil: Person) -> None:
    lesson = lessons(course)[0]
    notes = [
        {"kind": "opened", "lesson": lesson["id"], "mark": "p:1"},
        {"kind": "time", "lesson": lesson["id"], "seconds": 20, "mark": "p:2"},
        {"kind": "seen", "lesson": lesson["id"], "block": lesson["blocks"][0], "mark": "p:3", "in": "kk"},  # type: ignore[index]
        {"kind": "seen", "lesson": lesson["id"], "block": lesson["blocks"][1], "mark": "p:4", "in": "ru"},  # type: ignore[index]
    ]
    token = {"headers": {"X-CSRFToken": browser.csrf_token(), "Origin": "http://localhost:8000"}}
    for _time in range(3):
        answer = browser.client.post(
            f"/learning/{course.id}/events", json=notes, base_url="http://localhost:8000", **token
        )
        assert answer.json == {"kept": ["p:1", "p:2", "p:3", "p:4"]}
    found = progress_of(course, pupil)
    assert (found.done, found.seconds) == (1, 20)
    assert db.session.query(CourseEvent).count() == 4


@pytest.mark.parametrize(
    "sent",
    [
        {"a": 1}, [1], [{"kind": "done"}], [{"kind": "answered", "lesson": str(uuid4()), "mark": "1"}],
        [{"kind": "seen", "lesson": "x", "mark": "1"}], [{"kind": "time", "lesson": str(uuid4()), "seconds": "x", "mark": "1"}],
        [{"kind": "opened", "lesson": str(uuid4()), "mark": "1"}],
    ],
)  # fmt: skip
def test_a_browser_cannot_make_up_results(sent: object, course: GivenCourse, browser: Browser) -> None:
    token = {"headers": {"X-CSRFToken": browser.csrf_token(), "Origin": "http://localhost:8000"}}
    answer = browser.client.post(
        f"/learning/{course.id}/events", json=sent, base_url="http://localhost:8000", **token
    )
    assert answer.status_code in (200, 400)
    read_afresh()
    assert db.session.query(CourseEvent).count() == 0


def test_progress_is_the_same_when_it_is_rebuilt_from_the_events(
    course: GivenCourse, browser: Browser, pupil: Person
) -> None:
    first, second = (one["id"] for one in lessons(course))
    browser.post(f"/learning/{course.id}/{first}/done")
    block = lessons(course)[1]["scored"][0]  # type: ignore[index]
    browser.post(f"/learning/{course.id}/{second}/answer/{block}", {f"a-{block}-0": "0"})
    found = progress_of(course, pupil)
    before = (found.done, found.score, found.lessons[str(second)]["answers"])
    with edge():
        again = taking.rebuild(db.session.get_one(GivenCourse, course.id), pupil.id)
    assert (again.done, again.score, again.lessons[str(second)]["answers"]) == before


def test_a_new_edition_does_not_disturb_those_in_the_old_one(
    cast: Cast, course: GivenCourse, browser: Browser, pupil: Person
) -> None:
    first = lessons(course)[0]["id"]
    browser.post(f"/learning/{course.id}/{first}/done")
    teacher, made = cast.person("teacher"), course.course
    block = made.lessons[0].blocks[0]
    with edge():
        blocks.save_block(block, blocks.Save("kk", {"html": "<p>Жаңа мәтін</p>"}, block.revision_kk), teacher)
        courses.add_lesson(made.modules[0], "Жаңа сабақ", "")
        write(made.lessons[-1], teacher, "text", {"html": "<p>Жаңа</p>"})
    second = published(made, teacher)
    assert second.number == 2
    page = browser.get(f"/learning/{course.id}/{first}").text
    assert "күштің ауданға" in page and "Жаңа мәтін" not in page
    assert progress_of(course, pupil).done == 1
    cast.signed_in("teacher").post(f"/courses/given/{course.id}/move")
    assert "Жаңа мәтін" in browser.get(f"/learning/{course.id}/{first}").text
    assert progress_of(course, pupil).done == 1


def test_the_language_changes_in_the_middle_and_the_progress_stays(
    cast: Cast, browser: Browser, pupil: Person
) -> None:
    teacher = cast.person("teacher")
    made = small_course(teacher, cast.school)
    with edge():
        for block, content in (
            (made.lessons[0].blocks[0], {"html": "<p>Давление – это отношение</p>"}),
            (made.lessons[1].blocks[0], CHECK),
        ):
            blocks.save_block(block, blocks.Save("ru", content, 0), teacher)
    row = given(published(made, teacher), cast.school, teacher, cast.school_class(7))
    with edge():
        db.session.add(CourseTarget(given_id=row.id, person_id=pupil.id))
    first = lessons(row)[0]["id"]
    assert "күштің ауданға" in browser.get(f"/learning/{row.id}/{first}").text
    assert "Давление – это" in browser.get(f"/learning/{row.id}/{first}?in=ru").text
    browser.post(f"/learning/{row.id}/{first}/done")
    assert progress_of(row, pupil).done == 1
    assert "Давление" in browser.get(f"/learning/{row.id}").text


def test_a_course_is_only_there_for_those_it_was_given_to(cast: Cast, course: GivenCourse) -> None:
    stranger = cast.signed_in("student", cast.school_elsewhere)
    assert stranger.get(f"/learning/{course.id}").status_code == 404
    guardian = cast.signed_in("guardian")
    assert guardian.get(f"/learning/{course.id}").status_code == 404
    teacher = cast.signed_in("teacher")
    first = lessons(course)[0]["id"]
    assert teacher.post(f"/learning/{course.id}/{first}/done").status_code == 303
    read_afresh()
    assert db.session.query(CourseEvent).count() == 0


def test_notes_and_search_are_the_pupils_own(cast: Cast, course: GivenCourse, browser: Browser) -> None:
    first = lessons(course)[0]["id"]
    browser.post(f"/learning/{course.id}/{first}/note", {"text": "<b>Ескеру</b>", "bookmark": "yes"})
    home = browser.get(f"/learning/{course.id}?q=КУШТИН").text
    assert "&lt;b&gt;Ескеру" in home and f"/{first}" in home
    assert (
        f'href="/learning/{course.id}/{first}"'
        not in browser.get(f"/learning/{course.id}?q=zzz").text.split("<ol")[-1]
    )


def test_the_teacher_sees_who_is_where_and_what_was_answered(
    cast: Cast, course: GivenCourse, browser: Browser
) -> None:
    first, second = (one["id"] for one in lessons(course))
    browser.post(f"/learning/{course.id}/{first}/done")
    block = lessons(course)[1]["scored"][0]  # type: ignore[index]
    browser.post(
        f"/learning/{course.id}/{second}/answer/{block}", {f"a-{block}-0": "1", f"a-{block}-1": "<i>9</i>"}
    )
    teacher = cast.signed_in("teacher")
    page = teacher.get(f"/courses/given/{course.id}").text
    assert "1 / 2" in page and "0 %" in page
    answers = teacher.get(f"/courses/given/{course.id}/answers/{second}").text
    assert '<strong class="c-wrong">5</strong>' in answers and "&lt;i&gt;9&lt;/i&gt;" in answers


def test_a_discussion_is_read_by_those_who_have_written(cast: Cast, pupil: Person, browser: Browser) -> None:
    teacher = cast.person("teacher")
    made = course_of(teacher, cast.school)
    block = write(lesson_of(made), teacher, "discussion", {"title": "Неге?", "html": ""})
    row = given(published(made, teacher), cast.school, teacher, cast.school_class(7))
    other = cast.pupil(cast.school_class(7), "Әлия")
    with edge():
        db.session.add(CourseTarget(given_id=row.id, person_id=pupil.id))
        taking.answer(
            row,
            other.id,
            block.lesson_id,
            {"id": str(block.id), "kind": "discussion", "kk": {}},
            {"reply": "Өйткені су"},
            "kk",
        )
    path = f"/learning/{row.id}/{block.lesson_id}"
    assert "Өйткені су" not in browser.get(path).text
    browser.post(f"{path}/answer/{block.id}", {"reply": "Білмеймін"})
    assert "Өйткені су" in browser.get(path).text


def test_a_long_lesson_is_light_and_asks_few_questions(
    cast: Cast, pupil: Person, browser: Browser, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    """3,000 words and ten formulas: at most 120 KB before pictures."""
    teacher = cast.person("teacher")
    made = course_of(teacher, cast.school)
    lesson = lesson_of(made)
    for _number in range(10):
        write(lesson, teacher, "text", {"html": f"<p>{WORDS * 30}</p>"})
        write(lesson, teacher, "formula", {"latex": r"p = \frac{F}{S} + \sqrt{\rho g h}", "about": "Қысым"})
    row = given(published(made, teacher), cast.school, teacher, cast.school_class(7))
    with edge():
        db.session.add(CourseTarget(given_id=row.id, person_id=pupil.id))
    path = f"/learning/{row.id}/{lesson.id}"
    browser.get(path)
    with statements() as sent:
        page = browser.get(path)
    assert len(page.data) < 120 * 1024 and page.text.count("<math") == 10
    assert len(sent) <= 8, sent


def test_dates_close_a_course(cast: Cast, course: GivenCourse, browser: Browser) -> None:
    first = lessons(course)[0]["id"]
    with edge():
        db.session.get_one(GivenCourse, course.id).closes_at = clock.now()
    assert browser.get(f"/learning/{course.id}/{first}").status_code == 409
    assert browser.get(f"/learning/{course.id}").status_code == 200


def test_a_page_fetched_ahead_may_be_kept_for_a_moment(course: GivenCourse, browser: Browser) -> None:
    path = f"/learning/{course.id}/{lessons(course)[0]['id']}"
    assert "no-store" in browser.get(path).headers["Cache-Control"]
    ahead = browser.get(path, headers={"Sec-Purpose": "prefetch"})
    assert ahead.headers["Cache-Control"] == "private, max-age=300"


def test_the_keys_of_an_edition_are_those_of_the_workshop(course: GivenCourse) -> None:
    assert [UUID(str(one["id"])) for one in lessons(course)] == [one.id for one in course.course.lessons]
    assert publishing.outline(course.course)["modules"] == course.edition.outline["modules"]
