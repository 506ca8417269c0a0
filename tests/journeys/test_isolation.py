"""A hostile package in the real player, on the default sites. The same file runs where nothing forbids it, as proof
that each attack would work: a measurement that cannot fail measures nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Error, Frame, Page

from lms.core.db import db, edge
from lms.player.models import Package
from tests.journeys.conftest import Running, sign_in
from tests.journeys.elsewhere import Elsewhere, elsewhere
from tests.journeys.stage import folder, given, opens, package_frame, package_of
from tests.journeys.two_hosts import PLANTED, as_script

HOSTILE = Path(__file__).parent / "hostile"
QUIET = 1_500  # milliseconds in which a request would have arrived
# Browsers do not do these from a frame, whoever asks, or not in a browser without a window.
SENT_FROM_WINDOWS = ("fetch", "frame", "window", "link", "emptyFrame", "missing", "around")
NEVER_SENT = {"manifest", "icon", "dataFrame", "speculation"}


@pytest.fixture(scope="module")
def outside() -> Iterator[Elsewhere]:
    with elsewhere(HOSTILE) as running:
        yield running


@pytest.fixture
def login(running: Running) -> str:
    return running.login("student")


@pytest.fixture
def assignment(running: Running, login: str) -> UUID:
    return given(running, folder(HOSTILE), login)


@pytest.fixture
def hostile(page: Page, running: Running, login: str, assignment: UUID) -> Frame:
    """The hostile page in front of a pupil who is signed in."""
    sign_in(page, login)
    opens(page, assignment)
    return package_frame(page)


@pytest.fixture
def unguarded(page: Page, outside: Elsewhere) -> Frame:
    """The same page under a frame of another site, without one header of ours."""
    page.goto(f"http://localhost:{outside.port}/around.html")
    page.frame_locator("iframe").frame_locator("iframe").locator("#ready").wait_for()
    return page.frames[2]


def names(frame: Frame, kind: str) -> list[str]:
    found: list[str] = frame.evaluate(f"Object.keys({kind})")
    return found


def everything_but_calls(frame: Frame) -> list[str]:
    return [one for one in names(frame, "sends") if one != "call"]


def status_of(running: Running, address: str) -> int:
    with running.app.test_client() as client:
        where = urlsplit(address)
        answer = client.get(where.path, base_url=f"{where.scheme}://{where.netloc}", buffered=True)
        return answer.status_code


def attack(frame: Frame, kind: str, name: str, address: str) -> None:
    frame.evaluate(f"([name, to]) => Promise.race([tries({kind}, name, to), later(3000)])", [name, address])


def test_it_sends_nothing_to_another_host(page: Page, hostile: Frame, outside: Elsewhere) -> None:
    outside.heard.clear()
    for name in everything_but_calls(hostile):
        attack(hostile, "sends", name, outside.address(name))
    page.wait_for_timeout(QUIET)
    assert outside.taken == set()


def test_it_calls_nobody_from_browser_to_browser(hostile: Frame, outside: Elsewhere) -> None:
    """Chromium 156 ends the page of who tries; older ones make the call, see docs/decisions/0045."""
    outside.heard.clear()
    with suppress(Error):
        attack(hostile, "sends", "call", outside.address("call"))
    sleep(QUIET / 1000)
    assert outside.taken == set()


def test_in_a_window_of_its_own_it_sends_nothing_either(
    page: Page, running: Running, login: str, assignment: UUID, outside: Elsewhere
) -> None:
    outside.heard.clear()
    with running.app.app_context(), edge():
        db.session.get_one(Package, package_of(running, assignment).id).needs_window = True
    sign_in(page, login)
    opens(page, assignment)
    for kind, name in [
        *(("sends", one) for one in SENT_FROM_WINDOWS),
        ("tops", "location"),
        ("tops", "link"),
    ]:
        with page.expect_popup() as opened:
            page.locator("main form button.primary").click()
        opened.value.frame_locator("#stage iframe").locator("#ready").wait_for()
        attack(opened.value.frames[1], kind, name, outside.address(name))
        opened.value.wait_for_timeout(500)
        opened.value.close()
    assert outside.taken == set()


def test_without_our_headers_all_of_it_arrives(unguarded: Frame, outside: Elsewhere) -> None:
    outside.heard.clear()
    wanted = set(names(unguarded, "sends"))
    for name in wanted:
        attack(unguarded, "sends", name, outside.address(name))
    unguarded.page.wait_for_timeout(QUIET)
    assert wanted - outside.taken <= NEVER_SENT


def test_it_carries_nothing_away_by_leaving(
    page: Page, hostile: Frame, assignment: UUID, outside: Elsewhere
) -> None:
    outside.heard.clear()
    for name in names(hostile, "leaves"):
        attack(hostile, "leaves", name, outside.address(name))
        page.wait_for_timeout(400)
        opens(page, assignment)
        hostile = package_frame(page)
    assert outside.taken == set()


def test_it_does_not_lead_the_page_away(page: Page, hostile: Frame, outside: Elsewhere) -> None:
    outside.heard.clear()
    before = page.url
    for name in names(hostile, "tops"):
        attack(hostile, "tops", name, outside.address(name))
    page.wait_for_timeout(QUIET)
    assert (page.url, outside.taken) == (before, set())


@pytest.mark.parametrize("name", ["location", "open", "link", "form"])
def test_without_a_sandbox_it_does(unguarded: Frame, outside: Elsewhere, name: str) -> None:
    unguarded.evaluate(f"(to) => {{ void tries(tops, '{name}', to) }}", outside.address(name))
    unguarded.page.wait_for_url(outside.address(name))


def test_no_service_worker_stays_behind(hostile: Frame) -> None:
    for name in names(hostile, "registers"):
        attack(hostile, "registers", name, "")
    count = "navigator.serviceWorker.getRegistrations().then((found) => found.length)"
    assert hostile.evaluate(count) == 0


def test_without_our_headers_it_stays(unguarded: Frame) -> None:
    attack(unguarded, "registers", "here", "")
    count = "navigator.serviceWorker.getRegistrations().then((found) => found.length)"
    assert unguarded.evaluate(count) == 1


def test_the_pupils_session_is_neither_read_nor_replaced_nor_driven_out(
    page: Page, running: Running, hostile: Frame
) -> None:
    assert hostile.evaluate("document.cookie") == ""
    hostile.evaluate(as_script(PLANTED))
    for domain in ("", "; domain=localhost", "; domain=content.localhost"):
        hostile.evaluate(
            "(domain) => { for (let n = 0; n < 400; n++) document.cookie = `flood${n}=evil${'x'.repeat(60)}; path=/${domain}` }",
            domain,
        )
    asked = len(running.log.read_text().splitlines())
    page.goto("/lessons")
    assert page.url.endswith("/lessons"), "still signed in"
    fresh = running.log.read_text().splitlines()[asked:]
    assert any("__Host-session" in line for line in fresh)
    assert not any("evil" in line for line in fresh)


def test_it_cannot_act_as_the_pupil(page: Page, running: Running, hostile: Frame) -> None:
    """Neither a post nor a picture from the package reaches the system, with cookies or without."""
    asked = len(running.log.read_text().splitlines())
    for name in everything_but_calls(hostile):
        attack(hostile, "sends", name, f"{running.site}/sign-out?by={name}")
    page.wait_for_timeout(QUIET)
    host = running.site.partition("://")[2]
    fresh = [line.split("|") for line in running.log.read_text().splitlines()[asked:]]
    assert [line for line in fresh if line[1] == host and line[2] == "cross-site"] == []
    page.goto("/lessons")
    assert page.url.endswith("/lessons"), "still signed in"


def test_packages_do_not_see_each_other(page: Page, running: Running, login: str, assignment: UUID) -> None:
    victim = given(running, folder(HOSTILE), login, "Басқа")
    sign_in(page, login)
    opens(page, victim)
    frame = package_frame(page)
    frame.evaluate(
        """async () => { localStorage.victim = "1"; sessionStorage.victim = "1"; await caches.open("victim");
        await new Promise((done) => { indexedDB.open("victim").onsuccess = done; }) }"""
    )
    assert set(frame.evaluate("reads()")) == {"localStorage", "sessionStorage", "IndexedDB", "caches"}
    theirs = frame.url
    opens(page, assignment)
    mine = package_frame(page)
    assert mine.evaluate("reads()") == []
    # Nor by showing its own page under the other's name, nor by looking into the other's.
    ours = mine.url.replace(package_of(running, assignment).id.hex, package_of(running, victim).id.hex)
    shared = mine.url.replace(f"{package_of(running, assignment).id.hex}.", "")
    assert ours != mine.url != shared
    for address in (theirs, ours, shared):
        assert mine.evaluate("(address) => looksInto(address)", address) == ""
        assert status_of(running, address) == (200 if address == theirs else 404)
