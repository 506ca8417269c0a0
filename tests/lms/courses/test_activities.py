"""A package, a test and a resource as steps of a course: given with it, done by their own rules, seen by the teacher."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from lms.core import clock
from lms.core.db import db, edge
from lms.courses.activities import activity_kind, activity_kinds
from lms.courses.models import Course, CourseProgress, GivenCourse
from lms.courses.outline import lessons_of
from lms.courses.service import courses, giving
from lms.people.models import Person
from lms.player.models import Assignment, Registration
from lms.quizzes.models import QuizAttempt, Sitting
from lms.quizzes.service import bank, papers
from tests.cast import Browser, Cast, read_afresh
from tests.coursed import course_of, lesson_of, published, write
from tests.lms.library.kept import library
from tests.shelved import files_of, shelved

SINGLE = {
    "stem": "<p>2 + 2</p>", "points": 1, "explanation": "", "hints": [], "media": [], "shuffle": True, "right": "a",
    "options": [{"id": "a", "text": "4"}, {"id": "b", "text": "5"}],
}  # fmt: skip


@pytest.fixture
def teacher(cast: Cast) -> Person:
    return cast.person("teacher")


@pytest.fixture
def things(cast: Cast, teacher: Person) -> dict[str, UUID]:
    """One of each kind, as an author finds them."""
    version = shelved(files_of("minimal-12"), cast.school, teacher)
    with edge():
        item = bank.write_item(cast.school, teacher.id, "single", SINGLE, language="kk")
        sections = [{"title": "", "items": [item.id.hex]}]
        paper = papers.begin_paper(cast.school, teacher.id, sections, title="Бақылау", minutes=20)
    return {
        "package": version.package_id,
        "test": paper.id,
        "resource": library(cast, cast.school)["resource_id"],
    }


@pytest.fixture
def course(cast: Cast, teacher: Person, things: dict[str, UUID]) -> Course:
    made = course_of(teacher, cast.school)
    write(lesson_of(made), teacher, "text", {"html": "<p>Кіріспе</p>"})
    with edge():
        for code, key in things.items():
            kind = activity_kind(code)
            assert kind
            courses.add_lesson(
                made.modules[0],
                code,
                code,
                rule=kind.rules[0],
                activity=code,
                activity_key=key,
                in_order=code == "test",
            )
    return made


@pytest.fixture
def row(cast: Cast, teacher: Person, course: Course) -> GivenCourse:
    pupil = cast.person("student")
    with edge():
        one = giving.give(published(course, teacher), cast.school, teacher.id, pupils=[pupil.id])
    return one


@pytest.fixture
def browser(cast: Cast, row: GivenCourse) -> Browser:
    return cast.signed_in("student")


def step(row: GivenCourse, code: str) -> str:
    return str(next(one["id"] for one in lessons_of(row.edition.outline) if one["activity"] == code))


def progress_of(row: GivenCourse) -> CourseProgress:
    read_afresh()
    return db.session.query(CourseProgress).filter_by(given_id=row.id).one()


def test_the_page_says_what_does_not_go_along(course: Course, teacher: Person, cast: Cast) -> None:
    published(course, teacher)
    page = cast.signed_in("teacher").get(f"/courses/{course.id}").text
    out = page[page.index('id="out"') :]
    assert "package, test, resource" in out and "сыныпқа тиесілі" in out and "SCORM сабақтардың ретін" in out


def test_every_room_offers_its_own(
    cast: Cast, course: Course, things: dict[str, UUID], teacher: Person
) -> None:
    assert {one.code for one in activity_kinds()} == {"package", "test", "resource"}
    page = cast.signed_in("teacher").get(f"/courses/modules/{course.modules[0].id}/activity").text
    for code in ("package", "test"):
        assert f'value="{code}/{things[code]}"' in page
    assert (
        cast.signed_in("teacher", cast.school_elsewhere)
        .get(f"/courses/modules/{course.modules[0].id}/activity")
        .status_code
        == 404
    )


def test_an_activity_is_added_with_the_rule_of_its_kind(
    cast: Cast, course: Course, things: dict[str, UUID]
) -> None:
    browser = cast.signed_in("teacher")
    path = f"/courses/modules/{course.modules[0].id}/activity"
    assert browser.post(path, {"what": f"package/{things['package']}"}).status_code == 303
    assert browser.post(path, {"what": f"package/{things['test']}"}).status_code == 409
    assert browser.post(path, {"what": f"nothing/{things['test']}"}).status_code == 409
    read_afresh()
    added = db.session.get_one(Course, course.id).lessons[-1]
    assert (added.activity, added.rule) == ("package", "activity")
    settings = browser.get(f"/courses/lessons/{added.id}/settings").text
    assert 'value="score"' in settings and 'value="opened"' in settings and 'value="seen"' not in settings


def test_a_class_gets_the_activities_with_the_course_and_loses_them_with_it(
    row: GivenCourse, things: dict[str, UUID]
) -> None:
    assignment = db.session.get_one(Assignment, UUID(row.activities[step(row, "package")]))
    sitting = db.session.get_one(Sitting, UUID(row.activities[step(row, "test")]))
    assert assignment.package_id == things["package"] and (sitting.mode, sitting.attempts) == ("self", 0)
    assert row.activities[step(row, "resource")] == str(things["resource"])
    with edge():
        giving.withdraw(row)
    assert assignment.withdrawn_at and sitting.withdrawn_at


def test_the_condition_is_said_in_words_and_the_order_is_kept(browser: Browser, row: GivenCourse) -> None:
    home = browser.get(f"/learning/{row.id}").text
    assert "пакет" in home.lower() and f"/learning/{row.id}/{step(row, 'package')}" in home
    assert f"/learning/{row.id}/{step(row, 'test')}" not in home, "it waits for the package"
    assert browser.get(f"/learning/{row.id}/{step(row, 'test')}").status_code == 409
    assert browser.post(f"/learning/{row.id}/{step(row, 'test')}/begin").status_code == 409


def test_what_the_package_says_is_the_result_of_the_step(
    cast: Cast, browser: Browser, row: GivenCourse
) -> None:
    path = f"/learning/{row.id}/{step(row, 'package')}"
    assert browser.get(path).status_code == 200
    answer = browser.post(f"{path}/begin")
    assert answer.status_code == 303 and "/play/" in answer.location
    assert progress_of(row).done == 0
    with edge():
        attempt = (
            db.session.query(Registration)
            .filter_by(assignment_id=UUID(row.activities[step(row, "package")]))
            .one()
        )
        attempt.completion, attempt.score, attempt.seconds = "completed", 0.75, 90
    home = browser.get(f"/learning/{row.id}").text
    assert "75" in home and f"/learning/{row.id}/{step(row, 'test')}" in home
    found = progress_of(row)
    assert (found.done, found.seconds) == (1, 90)
    assert "75" in browser.get(path).text


def test_a_score_below_the_rule_is_not_enough(cast: Cast, teacher: Person, course: Course) -> None:
    with edge():
        lesson = next(one for one in course.lessons if one.activity == "package")
        courses.set_up_lesson(lesson, {"rule": "score", "pass_score": 80})
    with edge():
        row = giving.give(
            published(course, teacher), cast.school, teacher.id, pupils=[cast.person("student").id]
        )
    browser = cast.signed_in("student")
    path = f"/learning/{row.id}/{step(row, 'package')}"
    assert "80" in browser.get(path).text
    browser.post(f"{path}/begin")
    for score, done in ((0.79, 0), (0.8, 1)):
        with edge():
            db.session.query(Registration).one().score = score
        browser.get(f"/learning/{row.id}")
        assert progress_of(row).done == done


def test_a_test_counts_with_its_best_attempt(cast: Cast, browser: Browser, row: GivenCourse) -> None:
    pupil, sitting = cast.person("student"), UUID(row.activities[step(row, "test")])
    with edge():
        for number, points in ((1, 1.0), (2, 0.0)):
            db.session.add(
                QuizAttempt(
                    sitting_id=sitting, person_id=pupil.id, path=row.path, number=number, questions=[], points=points, most=1,
                    left_at=clock.now(), started_at=clock.now() - timedelta(seconds=40), ended_at=clock.now(), ended_by="pupil",
                )
            )  # fmt: skip
    browser.post(f"/learning/{row.id}/{step(row, 'package')}/begin")
    browser.get(f"/learning/{row.id}")
    record = progress_of(row).lessons[step(row, "test")]
    assert (record["activity_done"], record["activity_share"], record["done"] is not None) == (
        True,
        1.0,
        True,
    )
    assert 78 <= record["seconds"] <= 82


def test_a_resource_is_done_when_it_was_opened(
    browser: Browser, row: GivenCourse, things: dict[str, UUID]
) -> None:
    answer = browser.post(f"/learning/{row.id}/{step(row, 'resource')}/begin")
    assert answer.location.endswith(str(things["resource"]))
    assert progress_of(row).done == 1


def test_a_newer_edition_brings_what_is_new_and_keeps_what_is_given(
    cast: Cast, teacher: Person, course: Course, row: GivenCourse, things: dict[str, UUID]
) -> None:
    before = dict(row.activities)
    with edge():
        courses.add_lesson(
            course.modules[0],
            "Тағы",
            "Ещё",
            rule="activity",
            activity="package",
            activity_key=things["package"],
        )
        second = published(course, teacher)
    with edge():
        giving.move_to(row, second)
    assert before.items() <= row.activities.items() and len(row.activities) == len(before) + 1


def test_a_lesson_has_days_of_its_own(cast: Cast, browser: Browser, row: GivenCourse) -> None:
    teacher, first = cast.signed_in("teacher"), str(lessons_of(row.edition.outline)[0]["id"])
    path, tomorrow = f"/courses/given/{row.id}/dates", clock.today() + timedelta(days=1)
    assert teacher.post(path, {f"opens-{first}": tomorrow.isoformat()}).status_code == 303
    assert tomorrow.isoformat() in teacher.get(path).text
    assert browser.get(f"/learning/{row.id}/{first}").status_code == 409
    assert tomorrow.strftime("%d.%m.%Y") in browser.get(f"/learning/{row.id}").text
    assert teacher.post(path, {f"closes-{first}": clock.today().isoformat()}).status_code == 303
    assert browser.get(f"/learning/{row.id}/{first}").status_code == 200
    assert teacher.post(path, {f"opens-{first}": "ертең"}).status_code == 409
    wrong = {f"opens-{first}": tomorrow.isoformat(), f"closes-{first}": clock.today().isoformat()}
    assert teacher.post(path, wrong).status_code == 409
    assert cast.signed_in("teacher", cast.school_elsewhere).get(path).status_code == 404


def test_the_teacher_sees_what_came_from_outside_and_pages_ask_little(
    cast: Cast,
    browser: Browser,
    row: GivenCourse,
    statements: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    browser.post(f"/learning/{row.id}/{step(row, 'package')}/begin")
    with edge():
        db.session.query(Registration).one().completion = "completed"
    teacher = cast.signed_in("teacher")
    pages: list[tuple[Any, str]] = [(teacher, f"/courses/given/{row.id}"), (browser, f"/learning/{row.id}")]
    for who, path in pages:
        who.get(path)
        with statements() as sent:
            assert who.get(path).status_code == 200
        assert len(sent) <= 8, (path, sent)
    assert progress_of(row).done == 1


def test_nobody_else_opens_an_activity(cast: Cast, row: GivenCourse) -> None:
    path = f"/learning/{row.id}/{step(row, 'package')}/begin"
    assert cast.signed_in("student", cast.school_elsewhere).post(path).status_code == 404
    assert cast.signed_in("teacher").post(path).status_code == 404
    lesson = str(lessons_of(row.edition.outline)[0]["id"])
    assert cast.signed_in("student").post(f"/learning/{row.id}/{lesson}/begin").status_code == 404
