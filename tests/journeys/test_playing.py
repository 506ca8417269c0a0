"""Two windows of one lesson in a real browser: the second takes over, and the first says so."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Running, sign_in
from tests.journeys.stage import content, given, opens


def test_a_second_window_takes_over_and_the_first_says_so(
    page: Page, context: BrowserContext, running: Running
) -> None:
    login = running.login("guardian")
    given(running, "physics-pressure-2004", login)
    sign_in(page, login)
    first = opens(page)
    content(first).locator("fieldset.question").first.wait_for()
    second = opens(context.new_page())
    content(second).locator("fieldset.question").first.wait_for()
    content(first).locator("input[type=radio]").first.check()
    expect(first.locator("#notice")).to_contain_text("басқа терезеде", timeout=15_000)
