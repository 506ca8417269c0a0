"""A day in the office without a mouse: only Tab, letters, space and Enter."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Running, sign_in

FOCUSED = "(document.activeElement.innerText || document.activeElement.name || '').trim()"


def tab_to(page: Page, wanted: str, most: int = 60) -> None:
    """As whoever has no mouse does it: further and further until it is there."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == wanted:
            return
    raise AssertionError(f"the keyboard does not reach {wanted!r}")


def follow(page: Page, way: str) -> None:
    tab_to(page, way)
    send(page)


def send(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_class_is_opened_and_a_pupil_enrolled(page: Page, running: Running) -> None:
    sign_in(page, running.login("director"))
    tab_to(page, "Мектеп")
    page.keyboard.press("Enter")
    follow(page, "Сыныптар")
    expect(page.locator("h1")).to_have_text("Сыныптар")
    follow(page, "Жаңа сынып")
    tab_to(page, "grade")
    page.keyboard.type("6")
    tab_to(page, "letter")
    page.keyboard.type("Ғ")
    send(page)
    expect(page.locator("h1")).to_contain_text("6 «Ғ»")
    tab_to(page, "Мектеп")
    page.keyboard.press("Enter")
    follow(page, "Адамдар")
    follow(page, "Адамды тіркеу")
    tab_to(page, "surname")
    page.keyboard.type("Сағынбай")
    tab_to(page, "first_name")
    page.keyboard.type("Ақерке")
    send(page)
    expect(page.locator("h1")).to_contain_text("Сағынбай Ақерке")
