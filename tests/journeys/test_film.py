"""A film in several sizes: the light one unless the browser knows its line to be quick and near."""

from __future__ import annotations

import io
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from lms.core import storage
from lms.core.db import db, edge
from lms.courses.models import CourseFile
from lms.places.models import Place
from tests.cast import Cast
from tests.coursed import attached, course_of, lesson_of, write
from tests.journeys.conftest import Running
from tests.journeys.test_every_page import signed_in

SIZES = {"small": 1_500_000, "middle": 6_000_000}
LINE = "Object.defineProperty(navigator, 'connection', {{value: {line}}})"


@pytest.fixture(scope="module")
def lesson(running: Running) -> str:
    author = running.login("teacher", "kk")
    with running.app.app_context():
        school = db.session.get_one(Place, running.school)
        teacher = Cast(running.app).person("teacher", school, login=author)
        course = course_of(teacher, school, "Фильм")
        row = lesson_of(course)
        key = attached(course, "video", "a.mp4", b"\0\0\0\x18ftypmp42" + bytes(200))
        with edge():
            file = db.session.get_one(CourseFile, UUID(key))
            for name, size in SIZES.items():
                setattr(file, name, storage.keep(io.BytesIO(name.encode())).digest)
                setattr(file, f"{name}_size", size)
        write(row, teacher, "video", {"file": key, "title": "Арба", "transcript": "Жүреді"})
        return f"/courses/lessons/{row.id}/preview?in=kk"


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ("{downlink: 10, rtt: 50}", "middle"), ("{downlink: 10, rtt: 600}", "small"), ("{downlink: 0.1, rtt: 100}", "small"),
        ("{downlink: 10, rtt: 50, saveData: true}", "small"), ("{downlink: 10}", "small"), ("undefined", "small"),
    ],
)  # fmt: skip
def test_the_size_follows_what_is_known_of_the_line(
    line: str, size: str, chromium: Browser, running: Running, lesson: str
) -> None:
    context = signed_in(chromium, running, "teacher", "kk")
    context.add_init_script(LINE.format(line=line))
    page = context.new_page()
    page.goto(lesson)
    links = page.locator("[data-module=film] a")
    expect(links).to_have_count(3)
    expect(page.locator("[data-module=film] a[aria-current]")).to_have_attribute(
        "href", f"{_file(page)}?size={size}"
    )
    assert page.locator("video").evaluate("(one) => one.src").endswith(f"?size={size}")
    context.close()


def test_another_size_is_chosen_by_keys_without_leaving_the_page(
    chromium: Browser, running: Running, lesson: str
) -> None:
    context = signed_in(chromium, running, "teacher", "kk")
    page = context.new_page()
    page.goto(lesson)
    last = page.locator("[data-module=film] a").last
    last.focus()
    page.keyboard.press("Enter")
    expect(last).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-module=film] a[aria-current]")).to_have_count(1)
    assert "size=" not in page.locator("video").evaluate("(one) => one.src")
    assert page.url.endswith(lesson)
    context.close()


def _file(page: Page) -> str:
    return page.locator("[data-module=film] a").last.get_attribute("href") or ""
