"""Server and browser die in the middle of a lesson: nothing acknowledged or written down is missing, nothing doubled.

The long forms (a hundred kills of the server, twenty-four of the browser, a village's line) are run by `make soak`;
what they found stands in docs/figures.md.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Frame, Page, Playwright, expect

from tests.journeys.line import GOOD, VILLAGE, Quality
from tests.journeys.page_end import KEEPER, sign_in
from tests.journeys.people_browser import PeopleBrowser
from tests.journeys.stage import given, opens, package_frame
from tests.journeys.steady import Steady
from tests.journeys.town import Town, town

SHORT_LINE = Quality(64_000, 0.1, 0.03)
STATE = "[document.querySelector('#stage iframe').contentWindow.written, document.getElementById('state').dataset.state]"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("town")) as found:
        yield found


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path) -> Iterator[PeopleBrowser]:
    found = PeopleBrowser(playwright, tmp_path / "profile")
    yield found
    found.is_closed()


@pytest.fixture
def lesson(here: Town, request: pytest.FixtureRequest) -> tuple[str, UUID]:
    login = here.running.login("student")
    return login, given(here.running, KEEPER, login, request.node.name)


def begins(browser: PeopleBrowser, here: Town, login: str, assignment: UUID) -> tuple[Page, Frame]:
    page = browser.context.new_page()
    sign_in(page, here.running, login)
    opens(page, assignment, here.running.site)
    return page, package_frame(page)


def writes_every(frame: Frame, ms: int) -> None:
    frame.evaluate(f"() => {{ window.timer = setInterval(writes, {ms}) }}")


def all_at_school(page: Page, frame: Frame) -> int:
    """Stops writing; how much was written by then, all of it at school."""
    written: int = frame.evaluate("() => { clearInterval(timer); return written }")
    player = frame.parent_frame
    assert player
    player.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.frame_locator(".play-frame").locator("#state")).to_have_attribute(
        "data-state", "school", timeout=90_000
    )
    return written


def kill_servers(here: Town, browser: PeopleBrowser, lesson: tuple[str, UUID], kills: int) -> None:
    luck = random.Random(kills)
    page, frame = begins(browser, here, *lesson)
    clients = [Steady(here, number) for number in range(4)]
    writes_every(frame, 150)
    for one in clients:
        one.start()
    for _ in range(kills):
        time.sleep(luck.uniform(0.2, 2.5))
        here.is_killed()
        here.starts()
    for one in clients:
        one.stops()
    written = all_at_school(page, frame)
    assert here.anomalies(lesson[1], written) == []
    for one in clients:
        assert here.anomalies(one.assignment, one.written, one.acknowledged) == []
    total = written + sum(one.written for one in clients)
    sys.stdout.write(
        f"{kills} kills of the server: {total} answers of 5 pupils, none missing, none doubled\n"
    )


def test_a_server_that_is_killed_loses_nothing(
    here: Town, browser: PeopleBrowser, lesson: tuple[str, UUID]
) -> None:
    kill_servers(here, browser, lesson, 3)


@pytest.mark.soak
def test_a_server_that_is_killed_a_hundred_times_loses_nothing(
    here: Town, browser: PeopleBrowser, lesson: tuple[str, UUID]
) -> None:
    kill_servers(here, browser, lesson, 100)


def kill_browsers(here: Town, browser: PeopleBrowser, lesson: tuple[str, UUID], kills: int) -> None:
    luck = random.Random(kills)
    page, frame = begins(browser, here, *lesson)
    safe = 0
    for number in range(kills):
        writes_every(frame, luck.choice((20, 60, 150)))
        time.sleep(luck.uniform(0.2, 1.5))
        if number % 4:  # mostly without a line: what is known is on this computer alone
            here.line.cut()
        player = frame.parent_frame
        assert player
        until = time.monotonic() + luck.uniform(0.5, 2.0)
        while time.monotonic() < until:
            written, state = player.evaluate(STATE)
            safe = written if state != "unsaved" else safe
        browser.is_killed()
        here.line.mend()
        browser.starts()
        page, frame = begins(browser, here, *lesson)
        found = frame.evaluate("found.count")
        assert found >= safe > 0, f"kill {number + 1}: {found} of {safe}"
    frame.evaluate("writes()")
    frame.evaluate("() => { window.timer = 0 }")
    written = all_at_school(page, frame)
    assert here.anomalies(lesson[1], written) == []
    sys.stdout.write(f"{kills} kills of the browser: {written} answers, none missing, none doubled\n")


def test_a_browser_that_is_killed_loses_nothing(
    here: Town, browser: PeopleBrowser, lesson: tuple[str, UUID]
) -> None:
    kill_browsers(here, browser, lesson, 2)


@pytest.mark.soak
def test_a_browser_that_is_killed_twenty_four_times_loses_nothing(
    here: Town, browser: PeopleBrowser, lesson: tuple[str, UUID]
) -> None:
    kill_browsers(here, browser, lesson, 24)


def play_through_an_outage(
    here: Town, browser: PeopleBrowser, lesson: tuple[str, UUID], quality: Quality, seconds: float
) -> None:
    here.line.quality = quality
    try:
        began = time.monotonic()
        page, frame = begins(browser, here, *lesson)
        opening = time.monotonic() - began
        writes_every(frame, 300)
        time.sleep(seconds)
        here.line.cut()
        time.sleep(seconds / 2)
        here.an_outage_of(45)  # the token is no longer good, and the school has closed the session
        here.line.mend()
        time.sleep(seconds / 2)
        written = all_at_school(page, frame)
    finally:
        here.line.quality = GOOD
    assert here.anomalies(lesson[1], written) == []
    sys.stdout.write(
        f"{quality}: {written} answers through 45 minutes without a line, opened in {opening:.1f} s\n"
    )


def test_forty_five_minutes_without_a_line_change_nothing(
    here: Town, browser: PeopleBrowser, lesson: tuple[str, UUID]
) -> None:
    play_through_an_outage(here, browser, lesson, SHORT_LINE, 4)


@pytest.mark.soak
def test_the_line_of_a_village_changes_nothing(
    here: Town, browser: PeopleBrowser, lesson: tuple[str, UUID]
) -> None:
    play_through_an_outage(here, browser, lesson, VILLAGE, 60)
