"""A test in a real browser: the line is cut, the browser is closed, another computer takes over; no answer is lost."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select

from lms.core.db import db, edge
from lms.people.models import Person
from lms.places.models import Place
from lms.quizzes.models import GivenAnswer, Item, QuizAttempt
from lms.quizzes.service import bank, papers, sittings
from tests.cast import Cast, read_afresh
from tests.journeys.conftest import ROOT, Running, sign_in
from tests.lms.quizzes.samples import SAMPLES

expect.set_options(timeout=20_000)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# What stands in the bank without a picture or a file from elsewhere.
KINDS = sorted(set(SAMPLES) - {"hot_spot"})


def give(running: Running, login: str, language: str) -> UUID:
    """A paper of one question of each kind, in a fixed order."""
    with running.app.app_context():
        cast = Cast(running.app)
        school = db.session.get_one(Place, running.school)
        teacher = cast.person("teacher", school, login="teacher-kk")
        pupil = db.session.scalars(select(Person).where(Person.login == login)).one()
        with edge():
            items: list[Item] = [
                bank.write_item(school, teacher.id, kind, SAMPLES[kind], language=language) for kind in KINDS
            ]
            sections = [{"title": "", "items": [one.id.hex for one in items]}]
            paper = papers.begin_paper(
                school, teacher.id, sections, title=f"Тест {login}", minutes=40, shuffle=False
            )
            return sittings.give(paper, school, teacher.id, pupils=[pupil.id]).id


def number_of(kind: str) -> int:
    """The question's number: a context has none."""
    return [one for one in KINDS if one != "context"].index(kind) + 1


def begins(page: Page, sitting: UUID) -> None:
    page.goto(f"/tests/{sitting}")
    page.locator("main form button.primary").click()
    page.wait_for_url("**/tests/taking/*")
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "school")


def answers_of(running: Running, sitting: UUID) -> dict[int, dict[str, list[str]]]:
    with running.app.app_context():
        read_afresh()
        rows = db.session.scalars(
            select(GivenAnswer)
            .join(QuizAttempt, QuizAttempt.id == GivenAnswer.attempt_id)
            .where(QuizAttempt.sitting_id == sitting)
        )
        return {row.number: row.fields for row in rows}


def at_school(page: Page, kind: str, name: str = "text") -> None:
    """Leaves the field, and waits until the school has acknowledged what stands in it."""
    with page.expect_response(lambda one: one.url.endswith("/answers") and one.status == 200):
        field(page, kind, name).blur()
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "school")


def field(page: Page, kind: str, name: str):  # type: ignore[no-untyped-def]
    number = number_of(kind)
    return page.locator(f'#question-{number} [name="q{number}.{name}"]')


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_cut_line_and_a_closed_browser_lose_nothing(
    context: BrowserContext, running: Running, language: str
) -> None:
    login = running.login("student", language)
    sitting = give(running, login, language)
    page = context.new_page()
    sign_in(page, login)
    begins(page, sitting)
    page.evaluate(AXE.read_text("utf-8") + "; 0")
    grave = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [one["id"] for one in grave if one["impact"] in ("serious", "critical")] == []
    field(page, "short_text", "text").fill("Қысым")
    at_school(page, "short_text")
    with page.expect_response("**/answers"):
        field(page, "single", "choice").first.check()
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "school")
    context.set_offline(True)
    field(page, "number", "text").fill("9,8 м/с²")
    field(page, "essay", "text").fill("Менің ойымша, қысым ауданға байланысты.")
    field(page, "matching", "row1").select_option("2")
    field(page, "short_text", "text").fill("қысым күші")
    field(page, "several", "choice").nth(2).check()
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "here")
    expect(page.locator(".exam-notice")).to_be_visible()
    page.wait_for_timeout(1000)  # a pause in typing, after which it is in the journal
    kept = answers_of(running, sitting)
    assert set(kept) == {number_of("short_text"), number_of("single")}
    page.close(run_before_unload=False)
    context.set_offline(False)

    again = context.new_page()
    again.goto(f"/tests/{sitting}")
    with again.expect_response("**/answers"):
        again.locator("main a.btn.primary").click()
    expect(field(again, "essay", "text")).to_have_value("Менің ойымша, қысым ауданға байланысты.")
    expect(field(again, "short_text", "text")).to_have_value("қысым күші")
    expect(again.locator(".exam-state")).to_have_attribute("data-state", "school")
    kept = answers_of(running, sitting)
    assert kept[number_of("number")] == {"text": ["9,8 м/с²"]}
    assert kept[number_of("short_text")] == {"text": ["қысым күші"]}
    assert kept[number_of("matching")]["row1"] == ["2"]
    assert len(kept[number_of("several")]["choice"]) == 1
    again.locator(".exam-end summary").click()
    again.locator(".exam-end button.primary").last.click()
    again.wait_for_url("**/tests/results/*")
    with running.app.app_context():
        row = db.session.scalars(select(QuizAttempt).where(QuizAttempt.sitting_id == sitting)).one()
        assert row.ended_by == "pupil" and row.points is not None and row.to_mark == 1


def test_a_line_that_swallows_what_is_sent_is_not_waited_for(page: Page, running: Running) -> None:
    """No answer and no error: a request that hangs must not keep the ones after it."""
    login = running.login("student")
    sitting = give(running, login, "kk")
    page.clock.install()
    sign_in(page, login)
    begins(page, sitting)
    swallowed: list[Route] = []
    page.route("**/answers", lambda route: route.continue_() if swallowed else swallowed.append(route))
    with page.expect_request("**/answers"):
        field(page, "single", "choice").first.check()
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "here")
    page.clock.fast_forward(30_000)
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "school")
    assert swallowed and set(answers_of(running, sitting)) == {number_of("single")}


def test_another_computer_goes_on_and_the_first_can_change_nothing(
    chromium: Browser, context: BrowserContext, page: Page, running: Running
) -> None:
    login = running.login("student")
    sitting = give(running, login, "kk")
    sign_in(page, login)
    begins(page, sitting)
    field(page, "number", "text").fill("1")
    at_school(page, "number")
    with running.app.app_context(), edge():
        code = sittings.hand_over_code(
            db.session.scalars(select(QuizAttempt).where(QuizAttempt.sitting_id == sitting)).one()
        )
    elsewhere = chromium.new_context(base_url=running.site, locale="kk-KZ")
    other = elsewhere.new_page()
    sign_in(other, login)
    other.goto(f"/tests/{sitting}")
    other.locator("main a.btn.primary").click()
    other.locator("#code").fill(code)
    other.locator("main form button.primary").click()
    expect(field(other, "number", "text")).to_have_value("1")
    field(other, "number", "text").fill("2")
    at_school(other, "number")
    field(page, "short_text", "text").fill("кеш")
    field(page, "short_text", "text").blur()
    expect(page.locator(".exam-notice")).to_contain_text("басқа компьютерде")
    expect(field(page, "number", "text")).to_be_disabled()
    kept = answers_of(running, sitting)
    assert kept[number_of("number")] == {"text": ["2"]}
    assert kept[number_of("short_text")] == {"text": ["кеш"]}, "what only the first had is not lost"
    elsewhere.close()
