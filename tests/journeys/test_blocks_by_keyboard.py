"""Every kind of block without a mouse and without a screen: in the lesson as it is taken, and in the workshop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lms.core.db import db, edge
from lms.courses.blocks import KINDS
from lms.courses.models import CourseTarget
from lms.people.models import Person
from lms.places.models import Place
from tests.cast import Cast
from tests.coursed import course_of, filled, given, lesson_of, published, write
from tests.journeys.conftest import ROOT, Running
from tests.journeys.test_canaries import files_of_course
from tests.journeys.test_every_page import GRAVE, signed_in

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
W = "Қазына"
# What a screen reader is told of each kind: role and name, as the browser's own tree has them.
HEARD = {
    "text": [f"paragraph: {W}"],
    "heading": [f'heading "{W}" [level=2]'],
    "table": [f'region "{W}"', f'table "{W}"', f'columnheader "{W}"'],
    "quotation": ["blockquote", f"— {W}"],
    "term": ["term", "definition"],
    "picture": [f'img "{W}"'],
    "spots": [f'group "{W}"', f'link "1. {W}"', f'link "2. {W}"'],
    "before-after": [f'img "{W}"'],
    "audio": [f'figure "{W}', "Жазбаның мәтіні"],
    "video": [f'figure "{W}', "Не көрінеді және айтылады"],
    "file": [f'link "{W}"'],
    "formula": ["math", W],
    "element": ["26", "Fe", "Темір"],
    "code": [W, "code"],
    "model": [f'figure "{W}'],
    "solid": [f'figure "{W}', "Модельді айналдыру"],  # its picture gives way to the model
    "reveal": [W],
    "tabs": [f'tab "{W}"', f'tabpanel "{W}"'],
    "steps": ["list", "listitem"],
    "timeline": ["list", "listitem"],
    "question": [f'group "{W}"', f'radio "{W}"', 'button "'],
    "check": [f'region "{W}"', f'group "{W}"', f'radio "{W} 2"', 'button "'],
    "cards": ["list", W],
    "discussion": [f'region "{W}"', "textbox", 'button "'],
    "homework": [f'region "{W}"', "textbox", 'button "'],
}
FOCUSABLE = """(block) => Array.from(block.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio, video, [tabindex="0"], [contenteditable=true]'))
  .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0)
  .filter((one) => one.type !== 'radio' || one === block.querySelector(`input[name="${one.name}"]:checked, input[name="${one.name}"]`))
  .map((one, place) => (one.dataset.stop = String(place))).length"""
STOP = "document.activeElement && document.activeElement.closest('[data-stop]') ? document.activeElement.closest('[data-stop]').dataset.stop : ''"


@dataclass
class Stage:
    """One lesson with a block of every kind, open to a pupil and to its author."""

    pupil: Page
    author: Page
    lesson: str
    blocks: dict[str, str]


@pytest.fixture(scope="module")
def stage(chromium: Browser, running: Running) -> Iterator[Stage]:
    teacher, student = running.login("teacher", "kk"), running.login("student", "kk")
    with running.app.app_context():
        made = _made(running, teacher, student)
    pupil = signed_in(chromium, running, "student", "kk")
    author = signed_in(chromium, running, "teacher", "kk")
    for one in (pupil, author):
        one.set_default_timeout(15_000)
    found = Stage(pupil.new_page(), author.new_page(), f"/courses/lessons/{made['lesson']}", made["blocks"])
    found.pupil.goto(f"/learning/{made['given']}/{made['lesson']}?in=kk")
    yield found
    pupil.close()
    author.close()


def _made(running: Running, author: str, login: str) -> dict[str, Any]:
    school = db.session.get_one(Place, running.school)
    cast = Cast(running.app)
    teacher = cast.person("teacher", school, login=author)
    course = course_of(teacher, school, "Пернетақта")
    lesson = lesson_of(course)
    keys = files_of_course(course, W)
    blocks = {kind: str(write(lesson, teacher, kind, filled(kind, W, keys)).id) for kind in KINDS}
    with running.app.test_request_context():
        row = given(published(course, teacher), school, teacher, cast.school_class(2, school=school))
    with edge():
        pupil = db.session.query(Person).filter_by(login=login).one()
        db.session.add(CourseTarget(given_id=row.id, person_id=pupil.id))
    return {"given": row.id, "lesson": lesson.id, "blocks": blocks}


def walks_through(page: Page, frame: str) -> None:
    """Tab comes to everything that can be used inside, in the order of the page, and out again."""
    stops = page.locator(frame).evaluate(FOCUSABLE)
    page.locator(frame).evaluate(
        "(one) => { one.tabIndex = -1; one.focus({preventScroll: true}); one.removeAttribute('tabindex') }"
    )
    reached: list[int] = []
    for _step in range(stops * 8 + 8):  # a player of films has stops of its own inside
        page.keyboard.press("Tab")
        inside = page.evaluate(f"document.querySelector('{frame}').contains(document.activeElement)")
        if not inside:
            break
        stop = page.evaluate(STOP)
        if stop != "" and (not reached or reached[-1] != int(stop)):
            reached.append(int(stop))
    else:
        raise AssertionError(f"the keyboard is caught in {frame}: {reached}")
    assert reached == list(range(stops))


def nothing_grave(page: Page, frame: str) -> None:
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE + "; 0")
    found = page.evaluate("(frame) => axe.run(frame, {resultTypes: ['violations']})", frame)["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_pupil_without_a_mouse_or_a_screen_has_all_of(kind: str, stage: Stage) -> None:
    frame = f"#block-{stage.blocks[kind]}"
    block = stage.pupil.locator(frame)
    block.evaluate("(one) => one.querySelectorAll('details').forEach((part) => part.open = true)")
    heard = block.aria_snapshot()
    assert [one for one in HEARD[kind] if one not in heard] == [], heard
    block.evaluate("(one) => one.querySelectorAll('details').forEach((part) => part.open = false)")
    walks_through(stage.pupil, frame)
    nothing_grave(stage.pupil, frame)


def test_what_opens_is_opened_by_keys(stage: Stage) -> None:
    page = stage.pupil
    for kind in ("reveal", "cards", "audio", "video", "model", "solid"):
        details = page.locator(f"#block-{stage.blocks[kind]} details").first
        details.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(details).to_have_attribute("open", "")
        page.keyboard.press("Enter")
        expect(details).not_to_have_attribute("open", "")


def test_tabs_are_changed_by_arrows(stage: Stage) -> None:
    page = stage.pupil
    tabs = page.locator(f"#block-{stage.blocks['tabs']} [role=tab]")
    tabs.first.focus()
    for key, chosen in (("ArrowRight", 1), ("ArrowRight", 0), ("End", 1), ("Home", 0)):
        page.keyboard.press(key)
        expect(tabs.nth(chosen)).to_be_focused()
        expect(tabs.nth(chosen)).to_have_attribute("aria-selected", "true")


def test_a_marked_place_is_opened_by_keys(stage: Stage) -> None:
    page = stage.pupil
    page.locator(f"#block-{stage.blocks['spots']} svg a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#spot-{stage.blocks['spots']}-1")).to_be_focused()


@pytest.mark.parametrize("kind", ["question", "check"])
def test_an_answer_is_given_by_keys_and_its_verdict_is_read_out(kind: str, stage: Stage) -> None:
    page, block = stage.pupil, stage.pupil.locator(f"#block-{stage.blocks[kind]}")
    for question in block.locator("fieldset").all():
        question.locator("input").first.focus()
        page.keyboard.press("Space")
    block.locator("button").focus()
    page.keyboard.press("Enter")
    expect(block.locator(".c-verdict")).to_be_focused()
    assert block.locator(".c-right").count() == block.locator("fieldset").count()


@pytest.mark.parametrize("kind", KINDS)
def test_an_author_without_a_mouse_writes(kind: str, stage: Stage) -> None:
    page = stage.author
    page.goto(f"{stage.lesson}?block={stage.blocks[kind]}&in=kk")
    if page.locator("[data-module=rich]").count():
        page.locator(".rich-bar").first.wait_for()
    frame = ".block-open .block-form"
    walks_through(page, frame)
    nothing_grave(page, ".block-open")
    for part in page.locator(f"{frame} textarea:visible, {frame} input:visible, {frame} select").all():
        assert part.evaluate("(one) => one.labels.length > 0"), part
    for text in page.locator(f"{frame} .rich-text").all():
        assert text.evaluate(
            "(one) => document.getElementById(one.getAttribute('aria-labelledby')).textContent.trim()"
        )


@pytest.mark.parametrize("language, name", [("kk", "Қалың"), ("ru", "Полужирный")])
def test_the_toolbar_speaks_the_language_of_the_page_and_obeys_the_arrows(
    chromium: Browser, running: Running, stage: Stage, language: str, name: str
) -> None:
    context = signed_in(chromium, running, "teacher", language)
    page = context.new_page()
    page.goto(f"{stage.lesson}?block={stage.blocks['text']}&in=kk")
    buttons = page.locator(".rich-bar button")
    buttons.first.focus()
    expect(buttons.first).to_have_accessible_name(name)
    page.keyboard.press("ArrowRight")
    expect(buttons.nth(1)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator(".rich-text")).to_be_focused()
    page.keyboard.type(name)
    expect(page.locator(".rich-text strong")).to_have_text(name)
    context.close()
