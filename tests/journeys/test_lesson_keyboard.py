"""A live lesson and a change of the timetable without a mouse; axe has nothing serious to say on the way."""

from __future__ import annotations

from contextlib import ExitStack, closing

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.classroom import a_lesson, enters
from tests.journeys.conftest import ROOT, Running, sign_in
from tests.journeys.test_keyboard import FOCUSED, send, tab_to

pytestmark = pytest.mark.journey
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def grave(page: Page) -> list[str]:
    page.evaluate(AXE + "; 0")
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']} {one['nodes'][0]['target']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def press(page: Page, wanted: str, key: str = "Enter") -> None:
    """Once more from the top of the page, as after a page has been looked at."""
    page.evaluate("document.activeElement.blur()")
    tab_to(page, wanted, 160)
    page.keyboard.press(key)


def test_a_lesson_is_given_heard_and_answered_by_keys(running: Running, chromium: Browser) -> None:
    with ExitStack() as stack:
        lesson = a_lesson(running, ("Жусанды", "Ақбекет"))

        def opens(login: str, path: str) -> Page:
            context = stack.enter_context(closing(chromium.new_context(base_url=running.site)))
            return enters(context, login, f"/streaming/{lesson.key}/{path}")

        desk = opens(lesson.desk, "console")
        tab_to(desk, "Начать урок", 100)
        send(desk)
        expect(desk.locator("[data-lamp=online]")).to_be_visible()
        near, far = lesson.satellites
        pupil, panel, screen = (
            opens(near.pupils[0][0], "room"),
            opens(near.staff, "panel"),
            opens(far.staff, "screen"),
        )
        desk.keyboard.press("ArrowRight")
        for page in (pupil, panel, screen):
            expect(page.locator("[data-stage]")).to_have_attribute("data-slide", "2")

        press(pupil, "Қол көтеру")
        press(screen, far.pupils[0][1])
        press(screen, "Поднять или опустить руку")
        expect(desk.locator(".hands li")).to_have_count(2)
        press(desk, near.pupils[0][1])
        expect(pupil.locator("[data-called]")).to_contain_text(near.pupils[0][1])

        panel.locator("[data-roll] input").first.focus()
        panel.keyboard.press("Space")
        press(panel, "Нет звука")
        expect(desk.locator(".note-help")).to_contain_text("Нет звука", timeout=15_000)

        press(desk, "Задать")
        for page in (pupil, screen):
            expect(page.locator(".answering form")).to_be_visible()
            page.locator(".answering input").first.focus()
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
        expect(desk.locator("[data-board]")).to_contain_text("Ответили: 2 из", timeout=15_000)
        assert [grave(page) for page in (desk, pupil, panel, screen)] == [[], [], [], []]


def test_a_lesson_is_moved_on_the_timetable_by_keys(page: Page, running: Running) -> None:
    paths = (
        path for _role, path in running.pages if path.startswith("/timetables/") and path.count("/") == 2
    )
    path = next(one for one in paths if not one.endswith(("/new", "/mine")))
    sign_in(page, running.login("director"))
    page.goto(path)
    assert grave(page) == []
    lesson = page.locator(".week-lesson a").first
    lesson.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert grave(page) == []
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith("Осында жылжыту"):
            break
    send(page)
    expect(page.locator("main")).to_contain_text("Сабақ жылжытылды")
