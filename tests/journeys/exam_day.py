"""A school with a line that can be cut and a clock that can be moved, a class of thirty, and the seats they sit at."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from lms.core.db import db, edge
from lms.people import service as people
from lms.people.models import Person, SchoolYear
from lms.places.models import Place
from lms.quizzes.models import GivenAnswer, QuizAttempt
from tests.cast import PASSWORD, Cast, read_afresh
from tests.exam_page import ExamPage, Fields
from tests.journeys.conftest import Running, built, free_port, start_gunicorn
from tests.journeys.line import Line, line

MOVED = ("tests.journeys.moved:create_app()", "--worker-class=gthread", "--threads=16")
FIELDS = """(number) => {
  const found = {}, prefix = `q${number}.`;
  for (const one of document.querySelectorAll(`#question-${number} [name^="${prefix}"]`)) {
    if ((one.type === 'radio' || one.type === 'checkbox') && !one.checked) continue;
    (found[one.name.slice(prefix.length)] ??= []).push(one.value);
  }
  return found;
}"""


@dataclass
class ExamDay:
    running: Running
    line: Line
    port: int
    file: Path
    ahead: float = 0.0
    pages: list[Page] = field(default_factory=list)

    def now(self) -> float:
        """The stop-watch of everybody in the room."""
        return time.monotonic() + self.ahead

    def minutes_pass(self, minutes: float) -> None:
        """For the school and for every page that is open."""
        self.ahead += 60 * minutes
        self.file.write_text(str(self.ahead))
        for page in self.pages:
            page.clock.fast_forward(int(60_000 * minutes))

    def pupils(self, count: int) -> list[tuple[UUID, str]]:
        with self.running.app.app_context():
            cast = Cast(self.running.app)
            cast.year = db.session.scalars(select(SchoolYear).order_by(SchoolYear.starts_on.desc())).first()  # type: ignore[assignment]
            row = cast.school_class(8, "Б", db.session.get_one(Place, self.running.school))
            found = []
            for number in range(count):
                login = f"sat-{number}"
                person = cast.pupil(row, surname=f"Оқушы{number:02}", login=login)
                with edge():
                    people.set_password(person, PASSWORD, by_person=True)
                found.append((person.id, login))
            return found

    def attempt(self, sitting: UUID, person: UUID) -> QuizAttempt:
        read_afresh()
        return db.session.scalars(
            select(QuizAttempt).where(QuizAttempt.sitting_id == sitting, QuizAttempt.person_id == person)
        ).one()

    def seconds_left(self, sitting: UUID, login: str) -> float:
        """By the school's clock and the forty minutes of whoever has begun."""
        with self.running.app.app_context():
            attempt = self.attempt(sitting, person_of(login).id)
            assert attempt.started_at and attempt.deadline == attempt.started_at + timedelta(minutes=40)
            return (attempt.deadline - datetime.now(UTC)).total_seconds() - self.ahead

    def stands(self, attempt: UUID) -> dict[int, Fields]:
        read_afresh()
        rows = db.session.scalars(select(GivenAnswer).where(GivenAnswer.attempt_id == attempt))
        return {row.number: row.fields for row in rows}


@contextmanager
def exam_day(data: Path) -> Iterator[ExamDay]:
    port, file = free_port(), data / "ahead"
    file.write_text("0")
    with line(port) as between:
        running, environment = built(data, between.port)
        server = start_gunicorn(port, {**environment, "LMS_CLOCK_AHEAD": str(file)}, running.log, MOVED)
        try:
            yield ExamDay(running, between, between.port, file)
        finally:
            server.terminate()
            server.wait(10)
            with running.app.app_context():
                db.engine.dispose()


@dataclass
class Seat:
    """A pupil before a real page."""

    day: ExamDay
    context: BrowserContext
    login: str
    page: Page | None = None
    written: dict[int, Fields] = field(default_factory=dict)

    @property
    def here(self) -> Page:
        assert self.page is not None
        return self.page

    def sits_down(self, sitting: UUID) -> None:
        self.signs_in()
        self.here.goto(f"{self.day.running.site}/tests/{sitting}")
        self.here.locator("main form button.primary").click()
        self.here.wait_for_url("**/tests/taking/*")
        self.at_school()

    def signs_in(self) -> None:
        page = self.page = self.context.new_page()
        page.clock.install()
        self.day.pages.append(page)
        page.goto(f"{self.day.running.site}/sign-in")
        if "/sign-in" in page.url:
            page.locator("#login").fill(self.login)
            page.locator("#password").fill(PASSWORD)
            page.locator("main form button").first.click()
            page.wait_for_url(f"{self.day.running.site}/")

    def comes_back(self, sitting: UUID) -> None:
        """After the browser was killed: at the same computer, signed in anew and without a code."""
        self.signs_in()
        self.here.goto(f"{self.day.running.site}/tests/{sitting}")
        self.here.locator("main a.btn.primary").click()
        expect(self.here.locator(".exam")).to_be_visible()

    def leaves(self) -> None:
        self.day.pages.remove(self.here)
        self.page = None

    def writes(self, number: int, turn: int) -> None:
        """Into the question, whatever kind it is of."""
        question = self.here.locator(f"#question-{number}")
        ticks, lists = question.locator("input[type=radio], input[type=checkbox]"), question.locator("select")
        texts = question.locator("input[type=text]")
        if ticks.count():
            ticks.nth(turn % ticks.count()).check()
        elif lists.count():
            lists.first.select_option(index=1 + turn % 2)
        else:
            texts.first.fill(str(turn))
            texts.first.blur()
        self.written[number] = self.here.evaluate(FIELDS, number)

    def waits_for(self, state: str) -> None:
        expect(self.here.locator(".exam-state")).to_have_attribute("data-state", state, timeout=60_000)

    def at_school(self) -> None:
        self.waits_for("school")

    def seconds_left(self) -> int:
        minutes, _, seconds = (self.here.locator(".exam-clock").text_content() or "").partition(":")
        return 60 * int(minutes) + int(seconds)


@dataclass
class Desk:
    """A pupil whose page is spoken for."""

    person: UUID
    login: str
    page: ExamPage
    written: dict[int, Fields] = field(default_factory=dict)

    def writes(self, number: int, fields: Fields) -> None:
        self.page.writes(number, fields)
        self.written[number] = fields


def person_of(login: str) -> Person:
    return db.session.scalars(select(Person).where(Person.login == login)).one()
