"""A sealed paper in a real browser: fetched before, opened by the code, sat with the line cut; and a self-test that
left as a package, played on our own shelf."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import Person
from lms.places.models import Place
from lms.quizzes.models import GivenAnswer, Item, QuizAttempt, Sitting
from lms.quizzes.service import bank, papers, sittings
from tests.cast import Cast, read_afresh
from tests.journeys.conftest import Running, sign_in
from tests.journeys.stage import content, given, newest, opens
from tests.lms.quizzes.samples import SAMPLES

KINDS = ("single", "short_text", "number", "matching")


def paper_of(running: Running, login: str, language: str):  # type: ignore[no-untyped-def]
    cast, school = Cast(running.app), db.session.get_one(Place, running.school)
    teacher = cast.person("teacher", school, login="teacher-kk")
    with edge():
        items: list[Item] = [
            bank.write_item(school, teacher.id, kind, SAMPLES[kind], language=language) for kind in KINDS
        ]
        sections = [{"title": "", "items": [one.id.hex for one in items]}]
        return school, teacher, papers.begin_paper(
            school, teacher.id, sections, title=f"Тест {login}", minutes=30, shuffle=False, language=language,
            aids=["calculator"], breaks=[1],
        )  # fmt: skip


def give_sealed(running: Running, login: str, language: str) -> tuple[UUID, str]:
    with running.app.app_context():
        school, teacher, paper = paper_of(running, login, language)
        pupil = db.session.scalars(select(Person).where(Person.login == login)).one()
        with edge():
            row = sittings.give(
                paper,
                school,
                teacher.id,
                pupils=[pupil.id],
                sealed=True,
                opens_at=clock.now() + timedelta(hours=1),
            )
        return row.id, row.code


def opens_now(running: Running, sitting: UUID) -> None:
    with running.app.app_context(), edge():
        db.session.get_one(Sitting, sitting).opens_at = clock.now() - timedelta(seconds=1)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_sealed_paper_opens_by_its_code_and_needs_no_line_after(
    context: BrowserContext, running: Running, language: str
) -> None:
    login = running.login("student", language)
    sitting, code = give_sealed(running, login, language)
    page = context.new_page()
    sign_in(page, login)
    page.goto(f"/tests/{sitting}")
    expect(page.locator("[data-parcel]")).to_have_attribute("data-ready", "yes")
    assert "Ньютон" not in page.content()
    opens_now(running, sitting)
    page.goto(f"/tests/{sitting}")
    expect(page.locator("[data-parcel]")).to_have_attribute("data-ready", "yes")
    state = page.locator(".sealed-state")
    page.locator("#code").fill("AAAA2222")
    page.locator("main form button.primary").click()
    expect(state).to_have_text(
        {"kk": "Код қате. Мұғалімнен сұраңыз.", "ru": "Код неверен. Спросите его у учителя."}[language]
    )
    page.locator("#code").fill(code.lower())
    with page.expect_response(lambda one: one.url.endswith("/open")):
        page.locator("main form button.primary").click()
    context.set_offline(True)  # the line drops right after
    expect(page.locator("#question-1")).to_be_visible()
    assert page.url.split("/")[-2] == "taking"
    page.locator('#question-2 [name="q2.text"]').fill("Қысым")
    page.locator('#question-1 [name="q1.choice"]').first.check()
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "here")
    context.set_offline(False)
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "school")
    with running.app.app_context():
        read_afresh()
        rows = db.session.scalars(
            select(GivenAnswer)
            .join(QuizAttempt, QuizAttempt.id == GivenAnswer.attempt_id)
            .where(QuizAttempt.sitting_id == sitting)
        )
        assert {row.number for row in rows} == {1, 2}
    # The aids beside it: the calculator computes, a break covers the questions.
    page.locator(".exam-aid summary").first.click()
    page.locator("#calculator-line").fill("2,5*(3+4)^2 - √16")
    expect(page.locator(".q-calculator-out")).to_have_text("= 118,5")
    page.locator("#calculator-line").fill("alert(1)")
    expect(page.locator(".q-calculator-out")).to_have_text("= ?")
    page.locator("button[data-break]").click()
    expect(page.locator(".exam-break")).to_be_visible()
    expect(page.locator(".exam-form")).to_be_hidden()


@pytest.mark.parametrize("shape", ["scorm-12", "scorm-2004"])
def test_a_self_test_plays_on_our_own_shelf(context: BrowserContext, running: Running, shape: str) -> None:
    teacher = running.login("teacher", "kk")
    with running.app.app_context():
        _school, _by, paper = paper_of(running, teacher, "kk")
        paper_id = paper.id
    page = context.new_page()
    sign_in(page, teacher)
    data = page.request.get(f"{running.site}/papers/{paper_id}/self-test/{shape}").body()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    login = running.login("student", "kk")
    assignment = given(running, files, login, title=f"Өзін-өзі тексеру {shape}")
    context.clear_cookies()
    pupil: Page = context.new_page()
    sign_in(pupil, login)
    frame = content(opens(pupil, assignment))
    frame.locator('[name="q2.text"]').fill("КЫСЫМ")
    frame.locator('[name="q3.text"]').fill("9,85 м/с²")
    frame.locator('label:has-text("Ньютон") input').check()
    frame.locator("button.primary").click()
    expect(frame.locator(".q-total")).to_contain_text("3 / 5")
    expect(frame.locator("#question-1 .q-why")).to_be_visible()
    pupil.wait_for_timeout(1500)
    pupil.close(run_before_unload=True)
    expect_score(running, assignment, 0.6)


def expect_score(running: Running, assignment: UUID, share: float) -> None:
    """The registration has what the page told."""
    for _try in range(40):
        with running.app.app_context():
            read_afresh()
            row = newest(running, assignment)
            if row.score is not None:
                assert abs(row.score - share) < 1e-6 or abs(row.score - 100 * share) < 1e-6
                return
        time.sleep(0.25)
    raise AssertionError("no score arrived")
