"""What a lesson could not send goes to school as soon as the pupil opens any page of theirs on that computer."""

from __future__ import annotations

import time

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import func, select

from lms.core.db import db
from lms.player.models import CommitEntry, Registration
from tests.journeys.conftest import Running, sign_in
from tests.journeys.page_end import KEEPER
from tests.journeys.stage import given, newest, opens, package_frame


def test_the_home_page_hands_in_what_was_left_behind(
    page: Page, context: BrowserContext, running: Running
) -> None:
    login = running.login("student")
    assignment = given(running, KEEPER, login, "Артта қалған")
    sign_in(page, login)
    player = opens(page, assignment)
    lesson = package_frame(page)  # it has begun before the line goes
    # Routes of the test tool do not reach the last message of a page that closes.
    player.locator("body").evaluate(
        "() => { window.fetch = () => Promise.reject(new TypeError('no line')); navigator.sendBeacon = () => false; }"
    )
    lesson.evaluate("keeps({ state: 'Абай', place: '7' })")
    expect(player.locator("#state")).to_have_attribute("data-state", "computer")
    page.close()
    row = newest(running, assignment)
    assert not handed_in(running, row), "the proof needs something that is left behind"
    again = context.new_page()
    again.goto("/")
    until = time.monotonic() + 15
    while not handed_in(running, row) and time.monotonic() < until:
        again.wait_for_timeout(100)
    assert handed_in(running, row)
    assert newest(running, assignment).epoch == row.epoch, "nobody was taken over"
    # There is nothing to come back for.
    expect(again.locator("iframe")).to_have_count(0)
    again.goto("/lessons")
    again.wait_for_timeout(300)
    expect(again.locator("iframe")).to_have_count(0)


def test_a_lesson_that_is_open_is_left_alone(page: Page, context: BrowserContext, running: Running) -> None:
    login = running.login("student", "ru")
    assignment = given(running, KEEPER, login, "Ашық")
    sign_in(page, login)
    player = opens(page, assignment)
    context.route("**/rt/commit", lambda route: route.abort())
    package_frame(page).evaluate("keeps({ state: 'Абай', place: '7' })")
    expect(player.locator("#state")).to_have_attribute("data-state", "computer")
    home = context.new_page()
    with home.expect_request("**/hand-in"):
        home.goto("/")
    home.wait_for_timeout(1_500)
    assert not any(
        "/rt/exchange" in one for one in home.evaluate("performance.getEntries().map((one) => one.name)")
    )
    context.unroute_all()
    player.locator("body").evaluate("window.dispatchEvent(new Event('online'))")
    expect(player.locator("#state")).to_have_attribute("data-state", "school")
    assert handed_in(running, newest(running, assignment)) == 1


def handed_in(running: Running, row: Registration) -> int:
    with running.app.app_context():
        return (
            db.session.scalar(
                select(func.count()).where(CommitEntry.registration_id == row.id, CommitEntry.kind == "delta")
            )
            or 0
        )
