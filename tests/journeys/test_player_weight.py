"""What the player page costs on a thin line: its bytes when nothing is known yet, and the questions of one move."""

from __future__ import annotations

import sys

from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.conftest import Running
from tests.journeys.page_end import sign_in
from tests.journeys.stage import content, given, goes_through, saved

expect.set_options(timeout=20_000)
MOST = 60 * 1024  # bytes besides the package, headers too


def of_package(request: Request) -> bool:
    return "/c/" in request.url


def weight(requests: list[Request]) -> int:
    sizes = [one.sizes() for one in requests]
    return sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)


def lesson_in_fresh_browser(chromium: Browser, running: Running) -> tuple[Page, str]:
    """Signed in, and nothing in the browser's store: what the pages before it have brought is fetched again."""
    login = running.login("student")
    assignment = given(running, "fractions-12", login, "Салмақ")
    page = chromium.new_context(base_url=running.site).new_page()
    page.context.set_default_timeout(20_000)
    sign_in(page, running, login)
    page.goto("/lessons")
    page.locator(f"form[action*='{assignment}'] button").first.click()
    page.wait_for_url("**/play/*")
    content(page.frame_locator(".play-frame")).locator("nav.steps").wait_for()
    address, state = page.url, page.context.storage_state()
    page.context.close()
    fresh = chromium.new_context(base_url=running.site, storage_state=state).new_page()
    fresh.context.set_default_timeout(20_000)
    return fresh, address


def test_the_player_page_is_light_and_a_move_is_one_question(chromium: Browser, running: Running) -> None:
    page, address = lesson_in_fresh_browser(chromium, running)
    asked: list[Request] = []
    page.on("requestfinished", lambda one: asked.append(one))
    page.goto(address)
    player = page.frame_locator(".play-frame")
    goes_through(content(player))
    expect(player.locator("[data-move=continue]")).to_be_visible()
    saved(player)
    opening = [one for one in asked if not of_package(one) and "/rt/commit" not in one.url]
    names = [one.url.rpartition("/")[2].partition("?")[0] for one in opening]
    sys.stdout.write(
        f"player page, cold: {weight(opening)} bytes in {len(opening)} answers: {' '.join(names)}\n"
    )
    assert {"player.js", "player.css", "exchange", "begin"} <= set(names)
    assert weight(opening) <= MOST, names

    began: list[Request] = []
    page.on("request", lambda one: began.append(one))
    player.locator("[data-move=continue]").click()
    expect(content(player).locator("h1")).to_contain_text("Тең бөлшектер")
    at = next(number for number, one in enumerate(began) if of_package(one) and one.is_navigation_request())
    before = [one.url.rpartition("/")[2] for one in began[:at]]
    sys.stdout.write(f"a move: {before} before the next part is asked for\n")
    assert before == ["commit"]
    page.context.close()
