"""Every kind of question without a mouse: written in the editor, answered in a test; and axe over both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from lms.core.db import db, edge
from lms.people.models import Person
from lms.places.models import Place
from lms.quizzes.models import GivenAnswer, Item, QuizAttempt
from lms.quizzes.questions import KINDS
from lms.quizzes.service import bank, papers, sittings
from tests.cast import Cast, read_afresh
from tests.journeys.conftest import ROOT, Running, sign_in
from tests.journeys.test_exam_day import STEMS, WRITTEN
from tests.lms.quizzes.samples import SAMPLES

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ANSWERED = [name for name, kind in KINDS.items() if kind.answered]
SHOWS_A_PICTURE = "hot_spot"
TYPED: dict[str, list[tuple[str, int, str | bool]]] = {
    **WRITTEN,
    "single": [*WRITTEN["single"][:-1], ("right", 0, True)],
    "essay": [("least_words", 0, "5"), ("criterion", 0, "Мазмұны"), ("levels", 0, "0 = жоқ\n2 = толық")],
    "file": [("types", 0, True), ("criterion", 0, "Тазалығы"), ("levels", 0, "0 = жоқ\n1 = таза")],
    "audio": [("criterion", 0, "Анықтығы"), ("levels", 0, "0 = жоқ\n1 = анық")],
    "drawing": [("criterion", 0, "Дәлдігі"), ("levels", 0, "0 = жоқ\n1 = дәл")],
    "context": [],
    "hot_spot": [("areas", 0, "40 25 8")],
}  # fmt: skip
WHERE = """() => {
  const here = document.activeElement;
  if (!here || !here.name) return ['', 0, here ? here.type || '' : ''];
  return [here.name, [...document.querySelectorAll('main [name="' + here.name + '"]')].indexOf(here), here.type];
}"""


def catches_files(page: Page) -> None:
    """From now on no chooser of the system opens. Asked for only when the key is pressed, it is at times too late: the
    key and the wish reach the browser by two ways."""
    page.on("filechooser", lambda chooser: None)


def picture() -> bytes:
    target = BytesIO()
    Image.new("RGB", (300, 200), "#7fb7c4").save(target, "PNG")
    return target.getvalue()


def grave(page: Page, within: str = "") -> list[str]:
    page.evaluate(AXE.read_text("utf-8") + "; 0")
    asked = f"axe.run({repr(within) + ', ' if within else ''}{{resultTypes: ['violations']}})"
    found = page.evaluate(asked)["violations"]
    return [
        f"{one['id']} at {one['nodes'][0]['target']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="module")
def author(chromium: Browser, running: Running) -> Iterator[Page]:
    context = chromium.new_context(base_url=running.site, locale="kk-KZ")
    context.set_default_timeout(15_000)
    page = context.new_page()
    catches_files(page)
    sign_in(page, running.login("teacher"))
    yield page
    context.close()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_question_is_written_by_keyboard(author: Page, kind: str, tmp_path: Path) -> None:
    author.goto(f"/bank/new/{kind}")
    assert grave(author) == []
    file = tmp_path / "map.png"
    file.write_bytes(picture())
    wanted: dict[tuple[str, int], str | bool] = {(name, place): value for name, place, value in TYPED[kind]}
    wanted["stem", 0] = STEMS.get(kind, f"Пернетақтамен: {kind}")
    if kind == SHOWS_A_PICTURE:
        wanted["media", 0] = str(file)
    for _step in range(140):
        author.keyboard.press("Tab")
        name, place, sort = author.evaluate(WHERE)
        if sort == "submit" and not wanted:
            break
        fills(author, wanted.pop((name, place), None), sort)
    assert wanted == {}, "the keyboard does not reach these"
    with author.expect_navigation():
        author.keyboard.press("Enter")
    assert "/bank/new/" not in author.url, author.locator(".summary").inner_text()
    assert grave(author) == []


def fills(page: Page, value: str | bool | None, sort: str) -> None:
    if value is None:
        return
    if value is True:
        if not page.evaluate("document.activeElement.checked"):
            page.keyboard.press("Space")
    elif sort == "file":
        with page.expect_file_chooser() as asked:
            page.keyboard.press("Space")
        asked.value.set_files(str(value))
    else:
        page.keyboard.press("Control+a")
        page.keyboard.type(str(value))


@dataclass
class Taking:
    page: Page
    running: Running
    sitting: UUID

    def number(self, kind: str) -> int:
        return ANSWERED.index(kind) + 1

    def fields(self, kind: str) -> dict[str, list[str]]:
        with self.running.app.app_context():
            read_afresh()
            row = db.session.scalar(
                select(GivenAnswer)
                .join(QuizAttempt, QuizAttempt.id == GivenAnswer.attempt_id)
                .where(QuizAttempt.sitting_id == self.sitting, GivenAnswer.number == self.number(kind))
            )
            return row.fields if row else {}


@pytest.fixture(scope="module")
def taking(chromium: Browser, running: Running) -> Iterator[Taking]:
    """A paper with one question of every kind, open before a pupil."""
    login = running.login("student")
    with running.app.app_context():
        cast, school = Cast(running.app), db.session.get_one(Place, running.school)
        teacher = cast.person("teacher", school, login="teacher-kk")
        pupil = db.session.scalars(select(Person).where(Person.login == login)).one()
        with edge():
            kept = bank.keep_media(school, teacher.id, BytesIO(picture()))
            media = [{"file": kept.file, "type": kept.media_type, "alt": "Көк төртбұрыш"}]
            items: list[Item] = [
                bank.write_item(
                    school, teacher.id, kind, SAMPLES[kind] | ({"media": media} if kind == SHOWS_A_PICTURE else {})
                )
                for kind in ANSWERED
            ]  # fmt: skip
            sections = [{"title": "", "items": [one.id.hex for one in items]}]
            paper = papers.begin_paper(
                school, teacher.id, sections, title="Барлық түр", minutes=40, shuffle=False
            )
            sitting = sittings.give(paper, school, teacher.id, pupils=[pupil.id]).id
    context = chromium.new_context(base_url=running.site, locale="kk-KZ")
    context.set_default_timeout(15_000)
    page = context.new_page()
    catches_files(page)
    sign_in(page, login)
    page.goto(f"/tests/{sitting}")
    page.locator("main form button.primary").click()
    page.wait_for_url("**/tests/taking/*")
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "school")
    yield Taking(page, running, sitting)
    context.close()


def goes_to(page: Page, number: int) -> None:
    """By the map of questions, as whoever has no mouse does it."""
    page.evaluate("() => { scrollTo(0, 0); document.activeElement.blur(); location.hash = ''; }")
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.number") == str(number):
            page.keyboard.press("Enter")
            break
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('.exam-question')?.dataset.number"
    assert page.evaluate(inside) == str(number), "the first Tab after the link is inside the question"
    if page.evaluate("document.activeElement.getAttribute('role')") == "region":
        page.keyboard.press("Tab")  # a table that may roll sideways is a stop of its own


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_question_is_answered_by_keyboard(taking: Taking, kind: str, tmp_path: Path) -> None:
    page, number = taking.page, taking.number(kind)
    assert grave(page, f"#question-{number}") == []
    goes_to(page, number)
    sort = page.evaluate("document.activeElement.type || document.activeElement.tagName")
    with page.expect_response(lambda one: one.url.endswith("/answers") and one.status == 200):
        if sort == "file":
            file = tmp_path / ("a.mp3" if kind == "audio" else "a.png")
            file.write_bytes(picture())
            fills(page, str(file), sort)
        elif sort in ("radio", "checkbox"):
            page.keyboard.press("Space")
        elif sort == "select-one":
            page.keyboard.press("ArrowDown")
        elif kind == "drawing":
            for key in ("Space", *["ArrowRight"] * 4, "Space"):
                page.keyboard.press(key)
        else:
            page.keyboard.type("7")
            page.keyboard.press("Tab")
    expect(page.locator(".exam-state")).to_have_attribute("data-state", "school")
    given = taking.fields(kind)
    assert any(any(values) for values in given.values()), given


def test_a_test_is_handed_in_by_keyboard(taking: Taking) -> None:
    page = taking.page
    page.evaluate("() => { document.activeElement.blur(); location.hash = ''; }")
    page.locator("#question-1").evaluate("(one) => one.focus()")
    for wanted in ("SUMMARY", "BUTTON"):
        for _step in range(200):
            page.keyboard.press("Tab")
            if (
                page.evaluate(
                    "document.activeElement.tagName + (document.activeElement.closest('.exam-end') ? '' : '-')"
                )
                == wanted
            ):
                page.keyboard.press("Enter")
                break
    page.wait_for_url("**/tests/results/*")
    assert grave(page) == []
