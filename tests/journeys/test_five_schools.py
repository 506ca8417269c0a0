"""One hub teacher and five classrooms, with voice and video by a Janus of our own where there is one.

In the middle the server is killed outright, and one school is without a line for a while. What was said is there
afterwards, once, and belongs to the pupil and the school that said it.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from sqlalchemy import func, select

from lms.core import storage
from lms.core.db import db, edge
from lms.core.jobs.models import Job
from lms.core.jobs.running import run_now
from lms.core.storage.chunks import pieces
from lms.lessons.models import StreamedEvent, StreamedLesson, StreamedPresence
from lms.lessons.queries import record
from lms.lessons.recorded import RATE
from lms.lessons.service import planning
from tests.journeys import janus
from tests.journeys.classroom import Lesson, a_lesson, enters
from tests.journeys.conftest import (
    CHROMIUM_FLAGS,
    EVENTS,
    Running,
    browser_path,
    built,
    free_port,
    start_gunicorn,
)
from tests.lms.lessons.photographs import film

pytestmark = pytest.mark.journey
FLAGS = [
    *CHROMIUM_FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
# The first two schools have devices of their own, two share a computer, the last holds up cards.
NAMES = ("Жусанды", "Ақбекет", "Бұлақты", "Теректі", "Қамысты")
OWN_DEVICES = 2
MOST_LOST = 5  # seconds of the record, when a server is killed


@dataclass
class Hub:
    """A server that can be killed, its event service, and its lesson."""

    running: Running
    environment: dict[str, str]
    port: int
    lesson: Lesson
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def starts(self) -> None:
        live_port = int(self.environment["LMS_LIVE_SITE"].rpartition(":")[2])
        nowhere = Path(os.devnull)
        self.servers = [
            start_gunicorn(self.port, self.environment, nowhere),
            start_gunicorn(live_port, self.environment, nowhere, EVENTS),
        ]

    def is_killed(self) -> None:
        for one in self.servers:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait(10)
        self.servers = []

    def opens_the_room(self) -> None:
        """The job that `lms run` would do."""
        with self.running.app.app_context():
            job = db.session.scalars(select(Job).where(Job.kind == "lessons.open-voice")).one()
            run_now(job.id)
            db.session.rollback()
            assert db.session.get_one(Job, job.id, populate_existing=True).state == "done"

    def answers(self) -> int:
        with self.running.app.app_context():
            wanted = select(func.count()).where(StreamedEvent.kind == "answer")
            return db.session.scalar(wanted) or 0


@contextmanager
def hub(folder: Path, with_voice: bool, questions: int) -> Iterator[Hub]:
    with ExitStack() as stack:
        port = free_port()
        running, environment = built(folder / "data", port)
        if with_voice:
            voice = stack.enter_context(janus.media(folder / "janus"))
            voice.set_in(running.app.extensions["settings"])
            environment |= {f"LMS_{name.upper()}": value for name, value in voice.names.items()}
        lesson = a_lesson(running, NAMES, questions=questions, provider="janus" if with_voice else "")
        here = Hub(running, environment, port, lesson)
        here.starts()
        try:
            yield here
        finally:
            here.is_killed()
            with running.app.app_context():
                db.engine.dispose()


@dataclass
class Class:
    """A school's screen, and its pupils' own devices where they have them."""

    place: int
    screen: Page
    devices: list[Page]
    names: list[str]
    by_cards: bool = False

    def shows(self, slide: int, patience: float = 30_000) -> None:
        for page in (self.screen, *self.devices):
            expect(page.locator("[data-stage]")).to_have_attribute("data-slide", str(slide), timeout=patience)

    def raises_a_hand(self, place: int) -> None:
        if self.devices:
            self.devices[place].locator("[data-own-hand]").click()
            return
        self.taps(self.names[place])
        self.screen.locator("[data-hand]").click()

    def taps(self, name: str) -> None:
        """A button tells its signs with its name: who has a hand up, who has answered."""
        self.screen.locator(".names button").filter(has_text=name).click()

    def answers(self, number: int, option: str) -> None:
        """Everybody: on their own device, by a card, or one after the other with a tap on their name."""
        if self.by_cards:
            return  # the camera looks all the time
        for page, name in zip(self.devices or [self.screen] * len(self.names), self.names, strict=True):
            if page is self.screen:
                self.taps(name)
            form = page.locator(".answering form").filter(has_text=f"p{number} = ?")
            form.get_by_label(option, exact=True).check()
            form.get_by_role("button").click()


def classes(browser: Browser, here: Hub, stack: ExitStack) -> list[Class]:
    found = []
    for place, one in enumerate(here.lesson.satellites):
        screen = stack.enter_context(closing(browser.new_context(base_url=here.running.site)))
        page = enters(screen, one.staff, f"/streaming/{here.lesson.key}/screen")
        devices = []
        for login, _name in one.pupils if place < OWN_DEVICES else []:
            device = stack.enter_context(closing(browser.new_context(base_url=here.running.site)))
            devices.append(enters(device, login, f"/streaming/{here.lesson.key}/room"))
        found.append(Class(place, page, devices, [name for _login, name in one.pupils]))
    _looks_at_cards(found[-1], here)
    return found


def _looks_at_cards(one: Class, here: Hub) -> None:
    panel = one.screen.context.new_page()
    panel.goto(f"/streaming/{here.lesson.key}/panel")
    panel.get_by_role("button", name="Читать карточки камерой").click()
    one.by_cards = True


def asks(desk: Page, number: int) -> None:
    desk.locator(".asks li").filter(has_text=f"p{number} = ?").get_by_role("button").click()


def sees_the_teacher(page: Page) -> None:
    """Voice and moving pictures come in: more of both after a while."""
    part = page.locator("[data-voice]")
    page.wait_for_function(
        "() => { const one = document.querySelector('[data-voice]').dataset;"
        " return Number(one.frames) > 10 && Number(one.packets) > 50 }",
        timeout=90_000,
    )
    expect(part).to_have_attribute("data-step", "video")


def context_of(page: Page) -> BrowserContext:
    return page.context


@pytest.mark.soak
def test_a_lesson_for_five_schools(tmp_path: Path, playwright: Playwright) -> None:
    _held(tmp_path, playwright, bool(janus.PROGRAM), pause=0, outage=3)


@pytest.mark.soak
def test_ten_minutes_with_a_line_cut_for_three(tmp_path: Path, playwright: Playwright) -> None:
    _held(tmp_path, playwright, bool(janus.PROGRAM), pause=200, outage=180)


def _held(tmp_path: Path, playwright: Playwright, with_voice: bool, pause: int, outage: int) -> None:
    """`pause`: seconds of teaching between the questions."""
    with ExitStack() as stack:
        here = stack.enter_context(hub(tmp_path, with_voice, questions=4))
        seen = film(tmp_path / "class.y4m", {1: 0, 2: 0})  # both hold up A
        camera = f"--use-file-for-fake-video-capture={seen}"
        browser = playwright.chromium.launch(executable_path=browser_path(), args=[*FLAGS, camera])
        stack.callback(browser.close)
        at = f"/streaming/{here.lesson.key}"
        context = stack.enter_context(closing(browser.new_context(base_url=here.running.site)))
        desk = enters(context, here.lesson.desk, f"{at}/console")
        desk.get_by_role("button", name="Начать урок").click()
        desk.wait_for_load_state()
        schools = classes(browser, here, stack)
        if with_voice:
            here.opens_the_room()
            desk.get_by_role("button", name="Камера и микрофон").click()
            for one in schools:
                one.screen.get_by_role("button", name="Слышать и видеть учителя").click()
            for one in schools:
                sees_the_teacher(one.screen)
        _everybody_turns_and_answers(here, desk, schools)
        _one_of_each_school_speaks(desk, schools)
        desk.wait_for_timeout(1000 * pause)
        _the_server_dies(here, desk, schools)
        desk.wait_for_timeout(1000 * pause)
        _a_school_without_a_line(here, desk, schools, outage)
        _nothing_is_missing(here)
        if with_voice:
            made = list((tmp_path / "janus" / "recordings").rglob("*.mjr"))
            assert {"audio", "video"} <= {one.stem.split("-")[-2] for one in made}, made
            assert all(one.stat().st_size > 10_000 for one in made if "video" in one.name)
            assert _seconds_of_voice(here) >= 2 * pause + outage + 10


def _seconds_of_voice(here: Hub) -> float:
    """What is kept for those who were not there, when the lesson has ended."""
    with here.running.app.app_context():
        with edge():
            planning.end(db.session.get_one(StreamedLesson, here.lesson.key, populate_existing=True))
        run_now(db.session.scalars(select(Job.id).where(Job.kind == "lessons.keep-voice")).one())
        row = db.session.get_one(StreamedLesson, here.lesson.key, populate_existing=True)
        assert row.voice is not None
        with closing(storage.open_blob(row.voice)) as file:
            data = b"".join(pieces(file))
    return int.from_bytes(data[data.rindex(b"OggS") + 6 :][:8], "little") / RATE


def _everybody_turns_and_answers(here: Hub, desk: Page, schools: list[Class]) -> None:
    desk.keyboard.press("ArrowRight")
    for one in schools:
        one.shows(2)
    asks(desk, 0)
    for one in schools:
        one.answers(0, "F/S" if one.place % 2 == 0 else "F·S")
    expect(desk.locator("[data-board]")).to_contain_text("Ответили: 10 из 10", timeout=30_000)


def _one_of_each_school_speaks(desk: Page, schools: list[Class]) -> None:
    for one in schools:
        one.raises_a_hand(0)
    for left in range(len(schools), 0, -1):
        _calls_the_first(desk, left)


def _calls_the_first(desk: Page, waiting: int) -> None:
    hands = desk.locator(".hands li")
    expect(hands).to_have_count(waiting, timeout=30_000)
    hands.first.get_by_role("button").click()
    expect(hands).to_have_count(waiting - 1, timeout=30_000)
    desk.get_by_role("button", name="Закончить ответ").click()


def _the_server_dies(here: Hub, desk: Page, schools: list[Class]) -> None:
    """What was acknowledged is there; what is said while nobody listens is kept on the devices."""
    asks(desk, 1)
    for one in schools[:OWN_DEVICES]:
        for page in one.devices:
            expect(page.locator("[data-asking]")).to_contain_text("p1 = ?")
    schools[3].taps(schools[3].names[0])
    expect(schools[3].screen.locator("[data-asking]")).to_contain_text("p1 = ?")
    for one in schools[:3]:
        one.answers(1, "F/S")
    here.is_killed()
    for one in schools[3:]:
        one.answers(1, "F/S")
    schools[0].raises_a_hand(1)  # while nobody listens
    here.starts()
    _until(desk, lambda: here.answers() == 20, 90)
    _calls_the_first(desk, 1)
    desk.keyboard.press("ArrowRight")
    for one in schools:
        one.shows(3, 60_000)


def _a_school_without_a_line(here: Hub, desk: Page, schools: list[Class], seconds: int) -> None:
    """It turns its own pages, takes answers, and is where the others are when the line is back."""
    alone = schools[3]
    asks(desk, 2)
    alone.taps(alone.names[0])
    expect(alone.screen.locator("[data-asking]")).to_contain_text("p2 = ?", timeout=30_000)
    context_of(alone.screen).set_offline(True)
    expect(alone.screen.locator("[data-own]")).to_be_visible()
    alone.screen.get_by_role("button", name="Следующий слайд").click()
    alone.shows(4)
    alone.answers(2, "F/S")
    others = [one for one in schools if one is not alone]
    for one in others:
        one.answers(2, "F/S")
    desk.keyboard.press("ArrowLeft")
    for one in others:
        one.shows(2)
    alone.screen.wait_for_timeout(1000 * seconds)
    context_of(alone.screen).set_offline(False)
    alone.shows(2, 60_000)
    _until(desk, lambda: here.answers() == 30, 60)


def _until(page: Page, true: Any, seconds: int) -> None:
    for _time in range(seconds * 5):
        if true():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it did not come")


def lost_seconds(here: Hub) -> float:
    """The longest gap in anybody's presence, between the first sign of it and the last."""
    row, longest, until = StreamedPresence, 0.0, dict[UUID, datetime]()
    with here.running.app.app_context():
        for person, begins, ends in db.session.execute(
            select(row.person_id, row.since, row.until).order_by(row.since)
        ):
            gap = (begins - until[person]).total_seconds() if person in until else 0.0
            longest = max(longest, gap)
            until[person] = max(ends, until.get(person, ends))
    assert len(until) == 2 * len(NAMES)
    return longest


def _nothing_is_missing(here: Hub) -> None:
    with here.running.app.app_context():
        db.session.rollback()
        found = record.record_of(db.session.get_one(StreamedLesson, here.lesson.key), "7:25")
    counts = {
        school.name_kk: [(len(one.answers), one.right, one.hands, one.turns) for one in school.pupils]
        for school in found.schools
    }
    expected = {
        one.name: [(3, right := 3 if place % 2 == 0 else 2, 1, 1), (3, right, int(not place), int(not place))]
        for place, one in enumerate(here.lesson.satellites)
    }
    assert counts == expected
    assert lost_seconds(here) <= MOST_LOST
    alone = next(school for school in found.schools if school.name_kk == here.lesson.satellites[3].name)
    assert alone.alone >= 3 and alone.drops >= 1
