"""Nothing is lost in a real browser: killed, closed, moved on, with small and large state, over a faulty line.

Everything runs in an insecure context (plain HTTP under a name), the poorest surroundings a school may have.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, sync_playwright

from tests.scorm.adapter.school import School

pytestmark = [pytest.mark.pure, pytest.mark.journey]

CHROMIUM = (
    os.environ.get("LMS_TEST_BROWSER")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
    or ""
)
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic", "--remote-debugging-port=0",
    "--host-resolver-rules=MAP school.test 127.0.0.1", "about:blank",
)  # fmt: skip
# Two bytes a letter; the middle one just fits into what a page may send as it ends.
SIZES = {"2 KB": 1_000, "60 KB": 29_000, "128 KB": 64_000}


class Browser:
    """A browser with a profile of its own that can be killed and started again."""

    def __init__(self, profile: Path, address: str) -> None:
        self.profile, self.address = profile, address

    def begin(self, playwright: Playwright) -> None:
        self.playwright = playwright
        self.start()

    def start(self) -> None:
        port = self.profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [CHROMIUM, f"--user-data-dir={self.profile}", *QUIET],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait(lambda: port.exists() and "\n" in port.read_text(), 30)
        self.link = self.playwright.chromium.connect_over_cdp(
            f"http://127.0.0.1:{port.read_text().split()[0]}"
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def open(self, launch: str) -> Page:
        page = self.link.contexts[0].new_page()
        page.goto(f"{self.address}/play?launch={launch}")
        page.wait_for_function("window.ready")
        return page


def wait(done: Callable[[], object], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def school(built: Path) -> Iterator[School]:
    place = School(built / "adapter.js")
    server = place.serve()
    place.address = f"http://school.test:{server.server_port}"
    yield place
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser(school: School, tmp_path: Path) -> Browser:
    return Browser(tmp_path / "profile", school.address)


def story(test: Callable[..., None]) -> Callable[..., None]:
    """Plays in a thread of its own: Playwright allows one at a time in each, and other journeys hold theirs open."""

    def play(browser: Browser, **given: Any) -> None:
        with sync_playwright() as playwright:
            browser.begin(playwright)
            try:
                test(browser=browser, **given)
            finally:
                browser.kill()

    @wraps(test)
    def run(**given: Any) -> None:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(play, **given).result()

    return run


def say(page: Page, element: str, value: str) -> None:
    assert page.evaluate("([e, v]) => API_1484_11.SetValue(e, v)", [element, value]) == "true"


def in_order(school: School, launch: str) -> bool:
    numbers = sorted(school.log[launch])
    return numbers == list(range(1, len(numbers) + 1))


@story
def test_it_works_where_the_browser_trusts_nothing(browser: Browser, school: School) -> None:
    page = browser.open("L1")
    assert page.evaluate("[isSecureContext, typeof navigator.locks, typeof crypto.randomUUID]") == [
        False,
        "undefined",
        "undefined",
    ]
    say(page, "cmi.location", "1")
    assert page.evaluate("API_1484_11.Commit('')") == "true"
    wait(lambda: page.evaluate("states.at(-1)") == "school")
    assert school.state("L1") == {"cmi.location": "1"}
    assert page.evaluate("troubles") == []


def kill_and_come_back(browser: Browser, school: School, launch: str) -> None:
    school.fault = lambda body: 503
    page = browser.open(launch)
    for number in range(5):
        say(page, "cmi.location", str(number))
        page.evaluate("API_1484_11.Commit('')")
        page.wait_for_timeout(300)
    wait(lambda: page.evaluate("states.at(-1)") == "computer")
    browser.kill()
    assert launch not in school.log
    school.fault = lambda body: None
    browser.start()
    again = browser.open(f"{launch} again")
    assert again.evaluate("replayed.kept") == 0
    assert school.state(launch) == {"cmi.location": "4"}
    assert in_order(school, launch)


@story
def test_what_was_called_saved_on_this_computer_survives_a_killed_browser(
    browser: Browser, school: School
) -> None:
    for loop in range(2):
        kill_and_come_back(browser, school, f"K{loop}")


@pytest.mark.soak
@story
def test_what_was_called_saved_on_this_computer_survives_24_killed_browsers(
    browser: Browser, school: School
) -> None:
    for loop in range(24):
        kill_and_come_back(browser, school, f"K{loop}")


@pytest.mark.parametrize("way", ["navigation", "reload", "close"])
@story
def test_a_page_that_ends_takes_nothing_with_it(browser: Browser, school: School, way: str) -> None:
    ends = {
        "navigation": lambda page: page.evaluate("setTimeout(() => location.href = '/bye')"),
        "reload": lambda page: page.evaluate("setTimeout(() => location.reload())"),
        "close": lambda page: page.close(),
    }
    for size, letters in SIZES.items():
        launch = f"{way} {size}"
        page = browser.open(launch)
        text = "ә" * letters
        assert page.evaluate("(text) => API_1484_11.SetValue('cmi.suspend_data', text)", text) == "true"
        ends[way](page)
        if size != "128 KB":
            wait(lambda name=launch: school.due(name) > 1)  # the school has it at once
        else:
            time.sleep(0.3)
            browser.open(f"after {launch}")  # this computer has it, and the next start brings it
        wait(lambda name=launch: school.due(name) > 1)
        assert school.state(launch) == {"cmi.suspend_data": text}


@pytest.mark.parametrize("event", ["pagehide", "unload"])
@story
def test_content_that_only_finishes_as_it_is_torn_down_is_heard(
    browser: Browser, school: School, event: str
) -> None:
    page = browser.open(event)
    page.evaluate("(event) => document.getElementById('sco').src = '/sco?' + event", event)
    page.frame_locator("#sco").locator("html").wait_for(state="attached")
    page.wait_for_function("document.getElementById('sco').contentDocument.title === 'sco'")
    page.evaluate("setTimeout(() => location.href = '/bye')")
    wait(lambda: "finish" in school.state(event))
    assert school.state(event) == {"cmi.exit": "suspend", "cmi.location": "last page", "finish": "true"}


@story
def test_answers_that_are_lost_after_the_commit_leave_one_row_a_number(
    browser: Browser, school: School
) -> None:
    heard = SimpleNamespace(count=0)

    def lose_every_other(body: dict[str, object]) -> str | None:
        heard.count += 1
        return "lost" if heard.count % 2 else None

    school.fault = lose_every_other
    page = browser.open("L1")
    for number in range(4):
        say(page, "cmi.location", str(number))
        page.evaluate("API_1484_11.Commit('')")
        page.wait_for_timeout(700)
    wait(lambda: page.evaluate("states.at(-1)") == "school", 20)
    assert school.state("L1") == {"cmi.location": "3"}
    assert in_order(school, "L1")
    numbers = [seq for _, seq in school.received]
    assert numbers == sorted(numbers) and len(numbers) > len(set(numbers))
