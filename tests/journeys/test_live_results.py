"""The teacher's page of a class that is playing now: it shows what happens without being loaded again."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.journeys.conftest import Running
from tests.journeys.school_day import class_room, computer, spoken
from tests.journeys.stage import content, given, opens

expect.set_options(timeout=20_000)
LATEST = 2.0  # seconds
LOOKED = "() => document.querySelector('#class-results tbody tr').innerText"


@dataclass
class Two:
    teacher: Page
    pupil: Page
    player: FrameLocator


@pytest.fixture
def two(chromium: Browser, running: Running) -> Iterator[Two]:
    """The teacher has the page of the class open when the pupil opens the lesson."""
    room = class_room(running, 9, "kk")
    lesson = given(running, "remediation-2004", room.pupil, f"Тірі {time.monotonic()}")
    with (
        computer(chromium, running, room.teacher) as teacher,
        computer(chromium, running, room.pupil) as pupil,
    ):
        live = running.app.extensions["settings"].live_site
        with teacher.expect_response(lambda one: one.url.startswith(live)):
            teacher.goto(f"/given/{lesson}")
        yield Two(teacher, pupil, opens(pupil, lesson))


def test_a_class_that_plays_shows_up_by_itself(two: Two, running: Running) -> None:
    said = spoken(running, "kk")
    line = two.teacher.locator("#class-results tbody tr")
    expect(line).to_contain_text(said("In progress"))
    expect(line).to_contain_text("Кіріспе тест")
    sco = content(two.player)
    sco.locator("[data-do=fail]").click()
    sco.locator("[data-do=continue]").click()
    expect(sco.locator("[data-part]")).to_have_text("lesson")
    expect(line).to_contain_text("Сабақ")


@pytest.mark.soak
def test_it_shows_up_within_two_seconds(two: Two) -> None:
    """From the pupil's press of a button until the teacher's page has changed, line and server included."""
    taken = []
    steps = (("fail", "lesson"), ("complete", "post"), ("fail", "lesson"))
    sco = content(two.player)
    expect(two.teacher.locator("#class-results tbody tr")).to_contain_text("Кіріспе тест")
    for deed, part in steps:
        sco.locator(f"[data-do={deed}]").click()
        two.teacher.wait_for_timeout(3_000)  # what went before has been shown
        before = two.teacher.evaluate(LOOKED)
        began = time.monotonic()
        sco.locator("[data-do=continue]").click()
        two.teacher.wait_for_function(f"(before) => ({LOOKED})() !== before", arg=before, polling=20)
        taken.append(time.monotonic() - began)
        expect(sco.locator("[data-part]")).to_have_text(part)
    sys.stdout.write(f"seen by the teacher after {', '.join(f'{one:.2f}' for one in taken)} s\n")
    assert max(taken) <= LATEST
