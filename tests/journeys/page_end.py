"""The page ends in some way while a lesson holds so much; what is there when it is opened again on that device?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import sleep
from uuid import UUID

from playwright.sync_api import Page, expect
from sqlalchemy import select

from lms.core.db import db
from lms.player.models import CommitEntry
from tests.journeys.conftest import PASSWORD, Running
from tests.journeys.people_browser import PeopleBrowser
from tests.journeys.stage import folder, newest, opens, package_frame

KEEPER = folder(Path(__file__).parent / "keeper")
ENDS = ("navigation", "close", "back", "reload", "crash")
SIZES = {2: 1_000, 60: 29_500, 128: 64_000}  # kilobytes of Cyrillic text in UTF-8: its letters


@dataclass(frozen=True)
class Case:
    end: str
    kilobytes: int
    in_unload: bool  # the content keeps it in its own handler, at the last moment

    @property
    def state(self) -> str:
        letters = SIZES[self.kilobytes]
        return (f"{self.end} {self.in_unload} " + "Ғылым мен білім – ел ертеңі. " * (letters // 20))[:letters]


@dataclass(frozen=True)
class Outcome:
    at_school: bool  # at once, before the lesson was opened again
    on_return: bool


def sign_in(page: Page, running: Running, login: str) -> None:
    page.goto(f"{running.site}/sign-in")
    if "/sign-in" in page.url:
        page.locator("#login").fill(login)
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_url(f"{running.site}/")


def tries(browser: PeopleBrowser, running: Running, login: str, assignment: UUID, case: Case) -> Outcome:
    page = browser.context.new_page()
    sign_in(page, running, login)
    player = opens(page, assignment, running.site)
    frame = package_frame(page)
    said = {"state": case.state, "place": f"{case.end}-{case.kilobytes}-{case.in_unload}"}
    if case.in_unload:
        frame.evaluate("(said) => { last = said; }", said)
    else:
        assert frame.evaluate("keeps", said)
    if case.end == "crash":
        # What was said so far is at least on this computer: the pupil is told so.
        expect(player.locator("#state")).not_to_have_attribute("data-state", "unsaved")
    ends(page, browser, running, case.end)
    if case.end == "crash":
        browser.starts()
    sleep(1)
    at_school = kept(running, assignment, said["state"])
    page = browser.context.new_page()
    sign_in(page, running, login)
    opens(page, assignment, running.site)
    found = package_frame(page).evaluate("found")
    for one in browser.context.pages:
        one.close()
    return Outcome(at_school, (found["state"], found["place"]) == (said["state"], said["place"]))


def ends(page: Page, browser: PeopleBrowser, running: Running, how: str) -> None:
    if how == "navigation":
        page.goto(f"{running.site}/about")
    elif how == "close":
        browser.context.new_page()
        page.close()
    elif how == "back":
        page.evaluate("history.back()")
        sleep(0.5)
    elif how == "reload":
        page.reload()
    else:
        browser.is_killed()


def kept(running: Running, assignment: UUID, state: str) -> bool:
    """Whether the school has it."""
    key = newest(running, assignment).id
    with running.app.app_context():
        bodies = db.session.scalars(select(CommitEntry.body).where(CommitEntry.registration_id == key))
        return any(body.get("set", {}).get("cmi.suspend_data") == state for body in bodies)
