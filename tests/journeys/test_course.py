"""A course from its first word to the teacher's results, by people who have a browser and, some of them, a thin line."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lms.core.db import db, edge
from lms.courses.blocks import KINDS
from lms.courses.models import Course, CourseProgress, CourseTarget, GivenCourse
from lms.people.models import Person
from lms.people.service import classes
from lms.places.models import Place
from tests.cast import PASSWORD, Cast, read_afresh
from tests.coursed import given, published, small_course
from tests.journeys import writing
from tests.journeys.crowd import Crowd
from tests.journeys.line import GOOD, Line, Quality
from tests.journeys.town import Town, town

VILLAGE = Quality(64_000 / 8, 0.3)  # 64 kbit/s, 600 ms there and back
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
FEW = ("text", "picture", "tabs", "formula", "check")
GRADES = (("kk", False), ("kk", True), ("ru", True))
SLOW = 30_000  # a page of every block and its pictures share the line
WORDS = {"kk": "Қазына сөз", "ru": "Слово клад"}


class Clock:
    """Prints what a thin line has carried, and how long it took, since the last word (`pytest -s`)."""

    def __init__(self, line: Line) -> None:
        self.line, self.carried, self.began = line, line.carried, time.monotonic()

    def says(self, what: str) -> None:
        print(  # noqa: T201
            f"{what}: {self.line.carried - self.carried} bytes, {time.monotonic() - self.began:.1f} s"
        )
        self.carried, self.began = self.line.carried, time.monotonic()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("course")) as found:
        yield found


@dataclass
class Someone:
    context: BrowserContext
    page: Page


def comes(chromium: Browser, here: Town, role: str, language: str, **look: object) -> Someone:
    """Somebody of this role, signed in."""
    running = here.running
    context = chromium.new_context(base_url=running.site, **look)  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=login]").fill(running.login(role, language))
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.primary").first.click()
    page.wait_for_url(f"{running.site}/")
    return Someone(context, page)


def pupil_joins_a_class(here: Town, language: str, grade: int) -> UUID:
    login = here.running.login("student", language)
    with here.running.app.app_context():
        school = db.session.get_one(Place, here.running.school)
        pupil = db.session.query(Person).filter_by(login=login).one()
        row = Cast(here.running.app).school_class(grade, school=school)
        with edge():
            if classes.current_membership(pupil) is None:
                classes.join_class(pupil, row, school.path)
        return classes.current_membership(pupil).class_id  # type: ignore[union-attr]


def begins_a_course(page: Page, title: str) -> str:
    """The address of its first lesson."""
    page.goto("/courses/new")
    page.locator("[name=title_kk]").fill(title)
    page.locator("[name=title_ru]").fill(f"{title} ru")
    page.locator("[name=subject]").select_option("physics")
    with page.expect_navigation():
        page.locator("main form button.primary").last.click()
    return re.sub(r"[?#].*", "", page.url)


def writes_blocks(page: Page, lesson: str, kinds: Sequence[str], files: dict[str, Path]) -> None:
    for kind in kinds:
        writing.adds(page, lesson, kind)
        writing.takes_files(page, kind, files)
        writing.fills(page, kind, WORDS["kk"])
        writing.saves(page)


def writes_the_twin(page: Page, lesson: str, kinds: Sequence[str]) -> None:
    for number, kind in enumerate(kinds):
        writing.at(page, lesson, "ru")
        writing.opens(page, number)
        writing.fills(page, kind, WORDS["ru"])
        writing.saves(page)


def course_of(here: Town, title: str) -> Course:
    read_afresh()
    return db.session.query(Course).filter_by(title_kk=title).one()


def takes_the_lesson(page: Page, title: str, language: str, line: Line) -> None:
    """Reads, changes the language in the middle, answers what counts, and goes on."""
    other = "ru" if language == "kk" else "kk"
    page.goto("/learning")
    page.get_by_role("link", name=title).first.click()
    begin = page.locator("main .btn.primary")
    begin.wait_for()
    clock = Clock(line)
    begin.click()
    lesson = page.locator(".lesson")
    expect(lesson).to_contain_text(WORDS[language], timeout=SLOW)
    clock.says("its text can be read")
    page.wait_for_load_state()
    clock.says("the whole page is there")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(f"main .heading a[hreflang={other}]").click()
    expect(lesson).to_contain_text(WORDS[other], timeout=SLOW)
    clock.says("the other language can be read")
    assert WORDS[language] not in lesson.inner_text()
    check = page.locator(".block:has(.c-check)")
    expect(check.locator("fieldset")).to_have_count(2, timeout=SLOW)  # the end of the page comes last
    for option in check.locator("fieldset").all():
        option.locator("input").first.check()
    check.locator("button.primary").click()
    expect(check.locator(".c-right")).to_have_count(2, timeout=SLOW)
    clock.says("the answers are marked")
    page.locator(".lesson-end button.primary").click()
    page.wait_for_url(re.compile(r"/learning/[0-9a-f-]+$"))
    clock.says("the course home is back")


@pytest.mark.parametrize(
    "language, kinds",
    [
        ("kk", FEW),
        pytest.param("kk", tuple(KINDS), marks=pytest.mark.soak),
        pytest.param("ru", tuple(KINDS), marks=pytest.mark.soak),
    ],
    ids=["kk few", "kk all", "ru all"],
)
def test_a_teacher_writes_a_methodologist_publishes_a_pupil_learns_the_teacher_reads(
    chromium: Browser, here: Town, tmp_path: Path, language: str, kinds: tuple[str, ...]
) -> None:
    title, grade = f"Физика {language} {len(kinds)}", 8 + GRADES.index((language, len(kinds) > len(FEW)))
    teacher = comes(chromium, here, "teacher", language)
    lesson = begins_a_course(teacher.page, title)
    writes_blocks(teacher.page, lesson, kinds, writing.media(tmp_path))
    writes_the_twin(teacher.page, lesson, kinds)
    with here.running.app.app_context():
        row = course_of(here, title)
        course, blocks = row.id, row.lessons[0].blocks
        assert [one.kind for one in blocks] == list(kinds)
        assert not [one.kind for one in blocks if one.stale_kk or one.stale_ru or not one.ru or not one.kk]
    teacher.page.goto(f"/courses/{course}")
    assert teacher.page.locator("#lacks").count() == 0
    with teacher.page.expect_navigation():
        teacher.page.locator("form[action$='/review'] button").click()

    methodologist = comes(chromium, here, "methodologist", language)
    methodologist.page.goto(f"/courses/{course}")
    with methodologist.page.expect_navigation():
        methodologist.page.locator("form[action$='/publish'] button").click()
    methodologist.context.close()

    school_class = pupil_joins_a_class(here, language, grade)
    teacher.page.goto(f"/courses/give?course={course}")
    teacher.page.locator(f"input[value='{school_class}']").check()
    with teacher.page.expect_navigation():
        teacher.page.locator("main form button.primary").last.click()
    results = teacher.page.url

    pupil = comes(chromium, here, "student", language, **PHONE)
    here.line.quality = VILLAGE
    try:
        takes_the_lesson(pupil.page, title if language == "kk" else f"{title} ru", language, here.line)
    finally:
        here.line.quality = GOOD
    expect(pupil.page.locator(".way-done")).to_have_count(1)
    pupil.context.close()

    teacher.page.goto(results)
    expect(teacher.page.locator("main")).to_contain_text("100")
    teacher.page.locator("main a[href*='/answers/']").first.click()
    expect(teacher.page.locator("main")).to_contain_text(WORDS[language])
    teacher.context.close()


def test_a_second_edition_is_published_and_thirty_pupils_in_the_first_notice_nothing(
    chromium: Browser, here: Town
) -> None:
    running = here.running
    login = running.login("teacher")
    with running.app.app_context():
        cast = Cast(running.app)
        school = db.session.get_one(Place, running.school)
        teacher = cast.person("teacher", school, login=login)
        with edge():
            row = small_course(teacher, school)
            row.title_kk = "Отыз"
        edition = published(row, teacher)
        one = given(edition, school, teacher, cast.school_class(10, school=school))
        crowd = Crowd(here, one.id, 30)
        with edge():
            db.session.add_all([CourseTarget(given_id=one.id, person_id=key) for key in crowd.persons])
        course, given_id, first = row.id, one.id, row.lessons[0].id
    crowd.begins()
    author = comes(chromium, here, "teacher", "kk")
    page = author.page
    page.goto(f"/courses/lessons/{first}?in=kk")
    writing.opens(page, 0)
    writing.fills(page, "text", "Басылым екі")
    writing.saves(page)
    writing.adds(page, f"/courses/lessons/{first}", "heading")
    writing.fills(page, "heading", "Жаңа тақырып")
    writing.saves(page)
    director = comes(chromium, here, "director", "kk")
    director.page.goto(f"/courses/{course}")
    with director.page.expect_navigation():
        director.page.locator("form[action$='/publish'] button").click()
    expect(director.page.locator(".notice-success, .notice").first).to_be_visible()
    crowd.ends()
    assert crowd.complaints() == []
    with running.app.app_context():
        read_afresh()
        assert course_of(here, "Отыз").current_id != edition.id
        assert db.session.get_one(GivenCourse, given_id).edition_id == edition.id
        rows = db.session.query(CourseProgress).filter_by(given_id=given_id).all()
        assert len(rows) == 30
        assert {(one.done, one.score, bool(one.finished_at)) for one in rows} == {(2, 1.0, True)}
    director.context.close()
    author.context.close()
