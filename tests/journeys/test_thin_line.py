"""64 kbit/s, 600 ms there and back, 5 of 100 pieces lost: pages turn, answers arrive, and little travels."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import func, select

from lms.core.db import db
from lms.lessons.models import StreamedEvent
from tests.journeys.classroom import Lesson, a_lesson, enters
from tests.journeys.conftest import CHROMIUM_FLAGS, Running, browser_path
from tests.journeys.line import Line, Quality, line

pytestmark = pytest.mark.journey
SATELLITE = Quality(64_000 / 8, 0.3, 0.05)
# A lesson of 40 minutes as teachers give it.
TURNS, STROKES, WAVES, QUESTIONS, CALLS, BEATS = 25, 120, 240, 12, 20, 40
HEADERS = 80  # of IP and TCP, and of the acknowledgement, for each piece
PING = HEADERS + 13  # the event service's sign of life, every 15 seconds
MOST_BYTES = 600 * 1024
# Notes when each slide was shown, and answers each question as a quick pupil would.
WATCH = """() => {
  const stage = document.querySelector("[data-stage]");
  window.turned = [];
  const note = () => window.turned.push([Number(stage.dataset.slide), Date.now()]);
  new MutationObserver(note).observe(stage, { attributes: true, attributeFilter: ["data-slide"] });
  new MutationObserver(() => {
    const form = document.querySelector("[data-asking] form:not([data-done])");
    if (!form) return;
    form.dataset.done = "";
    form.querySelector("input").checked = true;
    form.requestSubmit();
  }).observe(document.querySelector("[data-asking]"), { childList: true });
}"""


@dataclass
class Village:
    """One pupil's browser, with pages and events through the same thin line."""

    lesson: Lesson
    page: Page
    lines: tuple[Line, Line]

    def gets(self, quality: Quality) -> None:
        for one in self.lines:
            one.quality = quality

    def carried(self) -> int:
        return sum(one.carried + HEADERS * one.pieces for one in self.lines)

    def answers(self) -> int:
        with self.lesson.running.app.app_context():
            wanted = select(func.count()).where(
                StreamedEvent.kind == "answer", StreamedEvent.lesson_id == self.lesson.key
            )
            return db.session.scalar(wanted) or 0

    def until_answered(self, number: int, seconds: float) -> int:
        until = time.monotonic() + seconds
        while self.answers() < number and time.monotonic() < until:
            self.page.wait_for_timeout(100)
        return self.answers()


@contextmanager
def village(running: Running, playwright: Playwright, **lesson: int) -> Iterator[Village]:
    here = a_lesson(running, ("Жусанды",), pupils=1, begun=True, **lesson)
    ports = [
        urlsplit(site).port or 0 for site in (running.site, running.app.extensions["settings"].live_site)
    ]
    with line(ports[0]) as pages, line(ports[1]) as events:
        events.lanes = pages.lanes  # one dish on the roof
        rules = ",".join(
            f"MAP localhost:{port} 127.0.0.1:{way.port}"
            for port, way in zip(ports, (pages, events), strict=True)
        )
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=[*CHROMIUM_FLAGS, f"--host-resolver-rules={rules}"]
        )
        page = browser.new_context(base_url=running.site).new_page()
        page.clock.install()
        found = Village(
            here,
            enters(page.context, here.satellites[0].pupils[0][0], f"/streaming/{here.key}/room"),
            (pages, events),
        )
        expect(found.page.locator("[data-lamp=online]")).to_be_visible()
        expect(found.page.locator("[data-brought]")).to_contain_text(f"{here.slides} ")
        found.page.evaluate(WATCH)
        yield found
        browser.close()


def delays(here: Village, turns: int, questions: int) -> list[float]:
    """Seconds from the teacher's key to the picture, with questions among the turns."""
    chance, sent = random.Random(5), []
    for turn in range(turns):
        sent.append(time.time())
        here.lesson.teacher_says("page", s=turn + 2)
        if turn % max(turns // questions, 1) == 0 and turn // max(turns // questions, 1) < questions:
            here.lesson.teacher_says("ask", q=here.lesson.questions[turn // max(turns // questions, 1)])
        here.page.wait_for_timeout(chance.uniform(400, 1200))
    expect(here.page.locator("[data-stage]")).to_have_attribute("data-slide", str(turns + 1), timeout=60_000)
    seen: dict[int, float] = {}
    for slide, at in here.page.evaluate("window.turned"):
        seen.setdefault(slide, at / 1000)
    return [seen[turn + 2] - sent[turn] for turn in range(turns) if turn + 2 in seen]


def percentile(found: list[float], part: float) -> float:
    return sorted(found)[min(int(len(found) * part), len(found) - 1)]


def test_pages_turn_and_no_answer_is_lost(running: Running, playwright: Playwright) -> None:
    """The short form judges the middle of the turns; the long one all but five of a hundred."""
    with village(running, playwright, slides=16, questions=5) as here:
        here.gets(SATELLITE)
        found = delays(here, 15, 5)
        assert len(found) == 15 and statistics.median(found) <= 2
        assert here.until_answered(5, 60) == 5


@pytest.mark.soak
def test_nineteen_of_twenty_pages_turn_within_two_seconds(running: Running, playwright: Playwright) -> None:
    with village(running, playwright, slides=161, questions=40) as here:
        here.gets(SATELLITE)
        found = delays(here, 160, 40)
        print(  # noqa: T201
            f"page turns: p50 {statistics.median(found):.2f} s, p95 {percentile(found, 0.95):.2f} s, {len(found)}"
        )
        assert len(found) == 160 and percentile(found, 0.95) <= 2
        assert here.until_answered(40, 120) == 40


def test_a_lesson_of_forty_minutes_weighs_little(running: Running, playwright: Playwright) -> None:
    """All that happens in one, told faster; of the time itself only beats and pings remain, and are counted."""
    with village(running, playwright, slides=TURNS + 1, questions=QUESTIONS) as here:
        before, pupil = (
            here.carried(),
            here.page.evaluate("JSON.parse(document.querySelector('#room-data').textContent).who"),
        )
        for turn in range(TURNS):
            here.lesson.teacher_says("page", s=turn + 2)
            for _stroke in range(STROKES // TURNS):
                here.lesson.teacher_says("ink", s=turn + 2, c=0, p=[500, 500, *([7, -4] * 30)])
            for _wave in range(WAVES // TURNS):
                here.lesson.teacher_says("point", x=510, y=490)
        for number, question in enumerate(here.lesson.questions, 1):
            here.lesson.teacher_says("ask", q=question)
            assert here.until_answered(number, 30) == number
            here.lesson.teacher_says("close")
        for _call in range(CALLS):
            here.lesson.teacher_says("call", p=pupil)
            here.lesson.teacher_says("quiet")
        for _beat in range(BEATS):
            with here.page.expect_response("**/streaming/say"):
                here.page.clock.fast_forward(60_000)
        expect(here.page.locator("[data-stage]")).to_have_attribute("data-slide", str(TURNS + 1))
        total = here.carried() - before + 160 * PING
        print(f"a lesson of 40 minutes: {total / 1024:.0f} KB")  # noqa: T201
        assert BEATS * 500 < total <= MOST_BYTES
