"""Signing in, choosing a language and a look, without a mouse."""

import re

from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.conftest import Running, sign_in


def test_a_teacher_signs_in_with_the_keyboard_alone(page: Page, running: Running) -> None:
    page.goto("/")
    page.keyboard.type(running.login("teacher"))
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_title("Басты бет · Өріс")


def test_the_first_tab_stop_leads_past_the_header(page: Page, running: Running) -> None:
    sign_in(page, running.login("teacher"))
    page.keyboard.press("Tab")
    expect(page.get_by_text("Мазмұнға өту")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_another_language_keeps_the_page_and_is_remembered(page: Page, running: Running) -> None:
    login = running.login("director")
    sign_in(page, login)
    page.goto("/places/schools?sort=-name")
    page.get_by_role("button", name="Русский").press("Enter")
    expect(page).to_have_url(f"{running.site}/places/schools?sort=-name")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.context.clear_cookies()
    sign_in(page, login)
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    running.login("director")


def test_the_menu_opens_and_closes_with_the_keyboard(page: Page, running: Running) -> None:
    sign_in(page, running.login("teacher"))
    summary = page.locator("summary", has_text="Менің мәзірім")
    summary.press("Enter")
    sign_out = page.get_by_role("button", name="Шығу")
    expect(sign_out).to_be_visible()
    page.keyboard.press("Escape")
    expect(sign_out).to_be_hidden()
    expect(summary).to_be_focused()


def test_dark_is_dark_from_the_first_paint_on_without_script(page: Page) -> None:
    page.goto("/appearance")
    page.get_by_label("Күңгірт").check()
    page.get_by_role("button", name="Сақтау").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 24, 26)"


def test_a_page_that_is_not_there_says_where_to_go(page: Page) -> None:
    answer = page.goto("/no-such-page")
    assert answer is not None and answer.status == 404
    page.get_by_role("main").get_by_role("link", name="Басты бет").click()
    expect(page).to_have_url(re.compile("sign-in"))
