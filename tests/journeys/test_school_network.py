"""A lesson that a computer of the school holds on the school's own network: the line out is cut, the computer is killed.

Pupils' devices and the screen of the class speak to that computer only; the hub teacher speaks to the server. What was
said while the line was gone is there afterwards, once, and belongs to the pupil who said it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import func, select

from lms.core.db import db, edge
from lms.lessons.models import StreamedEvent, StreamedLesson
from lms.lessons.queries import record
from lms.lessons.service import network
from lms.people.models import Person
from lms.places.models import School
from tests.journeys.classroom import Lesson, a_lesson, enters
from tests.journeys.conftest import (
    CHROMIUM_FLAGS,
    EVENTS,
    ROOT,
    Running,
    browser_path,
    built,
    free_port,
    start_gunicorn,
)
from tests.journeys.line import Line, line
from tests.journeys.test_live_lesson import grave

pytestmark = pytest.mark.journey


@dataclass
class Village:
    """The server far away, the line to it, and the computer in the school."""

    running: Running
    lesson: Lesson
    lines: tuple[Line, Line]
    command: list[str]
    at: str
    folder: Path
    computers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    screen: str = ""

    def starts(self) -> None:
        told = self.folder / "told"
        with told.open("w") as out:
            one = subprocess.Popen(self.command, stdout=out, cwd=ROOT, start_new_session=True)
        self.computers.append(one)
        until = time.monotonic() + 60
        while told.read_text().count("\n") < 2:
            assert time.monotonic() < until and one.poll() is None
            time.sleep(0.1)
        self.screen = told.read_text().split()[-1]

    def is_killed(self) -> None:
        one = self.computers.pop()
        os.killpg(one.pid, signal.SIGKILL)
        one.wait(10)

    def has_the_lesson(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.at}/lesson/{self.lesson.key}", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the lesson did not come into the school")

    def answers(self) -> int:
        with self.running.app.app_context():
            wanted = select(func.count()).where(StreamedEvent.kind == "answer")
            return db.session.scalar(wanted) or 0


@contextmanager
def village(folder: Path) -> Iterator[tuple[Village, list[str]]]:
    with ExitStack() as stack:
        ports = (free_port(), free_port())
        lines = tuple(stack.enter_context(line(port)) for port in ports)
        live = f"http://localhost:{lines[1].port}"
        running, environment = built(folder / "data", lines[0].port, live_site=live)
        nowhere = Path(os.devnull)
        for port, what in zip(ports, ((), (EVENTS,)), strict=True):
            server = start_gunicorn(port, environment, nowhere, *what)
            stack.callback(server.wait, 10)
            stack.callback(server.terminate)
        lesson = a_lesson(running, ("Жусанды",), pupils=3, slides=4, questions=2)
        (folder / "key").write_text(_key(running, lesson))
        port = free_port()
        here = Village(running, lesson, (lines[0], lines[1]), [
            sys.executable, "-m", "lms", "lessons", "classroom", "--site", running.site, "--key-file", str(folder / "key"),
            "--folder", str(folder / "school"), "--host", "127.0.0.1", "--port", str(port),
        ], f"http://127.0.0.1:{port}", folder)  # fmt: skip
        try:
            here.starts()
            yield (
                here,
                [
                    f"MAP localhost:{way.port} 127.0.0.1:{port}"
                    for way, port in zip(lines, ports, strict=True)
                ],
            )
        finally:
            for _left in list(here.computers):
                here.is_killed()
            with running.app.app_context():
                db.engine.dispose()


def _key(running: Running, lesson: Lesson) -> str:
    with running.app.app_context(), edge():
        school = db.session.get_one(School, lesson.satellites[0].school)
        by = db.session.scalars(select(Person).where(Person.login == lesson.desk)).one()
        return network.issue_meter(school, "12-кабинет", by.id, lessons=True)


def sits(browser: Browser, here: Village, name: str, stack: ExitStack) -> Page:
    page = stack.enter_context(closing(browser.new_context())).new_page()
    page.goto(f"{here.at}/")
    page.get_by_role("link", name="Қысым").click()
    page.get_by_role("button", name=name).click()
    expect(page.locator("[data-lamp=online]")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-brought]")).to_contain_text("4", timeout=20_000)
    return page


def shows(pages: list[Page], slide: int) -> None:
    for page in pages:
        expect(page.locator("[data-stage]")).to_have_attribute("data-slide", str(slide), timeout=30_000)


def answers(page: Page, number: int, option: str) -> None:
    form = page.locator("[data-asking] form").filter(has_text=f"p{number} = ?")
    form.get_by_label(option, exact=True).check(timeout=30_000)
    form.get_by_role("button").click()


def taps(screen: Page, name: str) -> None:
    screen.locator(".names button").filter(has_text=name).click()


def test_the_lesson_goes_on_in_the_school(tmp_path: Path, playwright: Playwright) -> None:
    with village(tmp_path) as (here, rules), ExitStack() as stack:
        near, far = (
            stack.enter_context(
                closing(playwright.chromium.launch(executable_path=browser_path(), args=flags))
            )
            for flags in (CHROMIUM_FLAGS, [*CHROMIUM_FLAGS, f"--host-resolver-rules={','.join(rules)}"])
        )
        here.has_the_lesson()
        names = [name for _login, name in here.lesson.satellites[0].pupils]
        office = stack.enter_context(closing(far.new_context(base_url=here.running.site)))
        desk = enters(office, here.lesson.desk, f"/streaming/{here.lesson.key}/console")
        desk.get_by_role("button", name="Начать урок").click()
        devices = [sits(near, here, name, stack) for name in names[:2]]
        screen = stack.enter_context(closing(near.new_context())).new_page()
        screen.goto(here.screen)
        screen.get_by_role("link", name="Қысым").click()
        everybody = [*devices, screen]

        desk.keyboard.press("ArrowRight")
        shows(everybody, 2)
        desk.locator(".asks li").filter(has_text="p0 = ?").get_by_role("button").click()
        for page in devices:
            answers(page, 0, "F/S")
        taps(screen, names[2])
        answers(screen, 0, "F·S")
        expect(desk.locator("[data-board]")).to_contain_text("Ответили: 3 из 3", timeout=30_000)

        for way in here.lines:
            way.cut()
        expect(screen.locator("[data-outside]")).to_be_visible(timeout=30_000)
        expect(devices[0].locator("[data-outside]")).to_be_visible()
        screen.locator("[data-after]").click()
        shows(everybody, 3)
        screen.locator(".asks li").filter(has_text="p1 = ?").get_by_role("button").click()
        answers(devices[0], 1, "F/S")
        expect(screen.locator(".names button.answered")).to_have_count(1)
        assert [grave(page) for page in (devices[0], screen)] == [[], []]
        here.is_killed()  # nobody hears the second pupil for a while
        answers(devices[1], 1, "F/S")
        here.starts()
        expect(screen.locator(".names button.answered")).to_have_count(2, timeout=30_000)
        shows(everybody, 3)
        taps(screen, names[2])
        answers(screen, 1, "F/S")
        desk.keyboard.press("ArrowRight")
        desk.keyboard.press("ArrowRight")
        assert here.answers() == 3

        for way in here.lines:
            way.mend()
        shows(everybody, 4)
        expect(screen.locator("[data-outside]")).to_be_hidden()
        until = time.monotonic() + 30
        while here.answers() < 6 and time.monotonic() < until:
            desk.wait_for_timeout(200)
        _is_on_record(here, names)


def _is_on_record(here: Village, names: list[str]) -> None:
    with here.running.app.app_context():
        db.session.rollback()
        row = db.session.get_one(StreamedLesson, here.lesson.key)
        found = record.record_of(row, "7:25")
        counts = {one.pupil.name: (len(one.answers), one.right) for one in found.schools[0].pupils}
    assert counts == {names[0]: (2, 2), names[1]: (2, 2), names[2]: (2, 1)}
    assert here.answers() == 6
