"""One hub teacher, a satellite with own devices in Kazakh and one with a shared screen in Russian: a whole lesson."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select

from lms.core import clock, storage
from lms.core.db import db, edge
from lms.lessons.models import HubPairing, StreamedEvent, StreamedLesson, StreamedSlide
from lms.lessons.queries import record
from lms.lessons.service import planning
from lms.people import service as people
from lms.people.models import SchoolYear
from lms.places import service as places
from lms.places.models import Place
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import ROOT, Running

pytestmark = pytest.mark.journey
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@dataclass
class Scene:
    lesson: UUID
    pupil: str


@pytest.fixture
def scene(running: Running) -> Scene:
    with running.app.app_context():
        cast = Cast(running.app)
        cast.year = db.session.scalars(select(SchoolYear)).one()  # the site map has opened it
        hub = db.session.get_one(Place, running.school)
        teacher = cast.person("teacher", hub, login="desk")
        with edge():
            teacher.language = "ru"
            near = [
                places.found_school(db.session.get_one(Place, running.district), kk, kk).place
                for kk in ("Жусанды", "Ақбекет")
            ]
            for one in near:
                db.session.add(HubPairing(hub_id=hub.id, satellite_id=one.id, since=clock.today()))
        classes = [cast.school_class(7, school=one) for one in near]
        pupil = cast.pupil(classes[0], "Ару", "Ахметова")
        cast.pupil(classes[1], "Олег", "Ким")
        with edge():
            pupil.login = "aru-live"
            people.set_password(pupil, PASSWORD, by_person=True)
        staff = cast.person("teacher", near[1], login="class-teacher")
        with edge():
            staff.language = "ru"
            lesson = planning.plan_lesson(
                hub,
                teacher.id,
                classes,
                starts_at=clock.now(),
                subject="physics",
                language="kk",
                title="Қысым",
            )
            for number in (1, 2, 3):
                target = BytesIO()
                Image.new("RGB", (640, 360), (number * 60, 120, 160)).save(target, "WEBP")
                target.seek(0)
                blob = storage.keep(target, "image/webp")
                db.session.add(StreamedSlide(
                    lesson_id=lesson.id, number=number, digest=blob.digest, size=blob.size, width=640, height=360
                ))  # fmt: skip
            planning.prepare_question(lesson, kind="single", text="p = ?", options=["F/S", "F·S"], key=["0"])
        return Scene(lesson.id, "aru-live")


@pytest.fixture
def devices(chromium: Browser, running: Running) -> Iterator[list[BrowserContext]]:
    made = [chromium.new_context(base_url=running.site) for _place in range(3)]
    yield made
    for one in made:
        one.close()


def opens(context: BrowserContext, login: str, path: str) -> Page:
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.primary").first.click()
    page.wait_for_url("**/")
    page.goto(path)
    return page


def grave(page: Page) -> list[str]:
    page.evaluate(AXE + "; 0")
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']} {one['nodes'][0]['target']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def shows(page: Page, slide: int) -> None:
    expect(page.locator("[data-stage]")).to_have_attribute("data-slide", str(slide))


def test_a_lesson_for_two_schools(running: Running, scene: Scene, devices: list[BrowserContext]) -> None:
    base = f"/streaming/{scene.lesson}"
    desk = opens(devices[0], "desk", f"{base}/console")
    desk.get_by_role("button", name="Начать урок").click()
    expect(desk.locator("[data-lamp=online]")).to_be_visible()
    aru = opens(devices[1], scene.pupil, f"{base}/room")
    screen = opens(devices[2], "class-teacher", f"{base}/screen")
    for page in (aru, screen):
        expect(page.locator("[data-brought]")).to_contain_text("3")

    desk.keyboard.press("ArrowRight")
    shows(aru, 2)
    shows(screen, 2)

    # A hand from a device and one from the shared screen; the desk knows whose they are.
    aru.get_by_role("button", name="Қол көтеру").click()
    screen.get_by_role("button", name="Ким Олег").click()
    screen.locator("[data-hand]").click()
    hands = desk.locator(".hands li")
    expect(hands).to_have_count(2)
    hands.filter(has_text="Ким Олег").get_by_role("button").click()
    expect(aru.locator("[data-called]")).to_contain_text("Ким Олег")
    expect(screen.locator("[data-called]")).to_contain_text("Ақбекет")

    # A question: both answer, the screen while its line is gone.
    desk.get_by_role("button", name="Задать", exact=True).click()
    aru.get_by_label("F/S").check()
    aru.get_by_role("button", name="Жауапты жіберу").click()
    expect(aru.locator(".answering [role=status]")).to_contain_text("жіберілді")
    expect(screen.locator(".answering legend")).to_have_text("p = ?")
    devices[2].set_offline(True)
    expect(screen.locator("[data-own]")).to_be_visible()
    screen.get_by_role("button", name="Следующий слайд").click()
    shows(screen, 3)
    screen.get_by_label("F·S").check()
    screen.get_by_role("button", name="Отправить ответ").click()
    expect(screen.locator("[data-lamp]")).to_contain_text("Ждут отправки")
    time.sleep(1)
    devices[2].set_offline(False)
    expect(screen.locator("[data-lamp=online]")).to_be_visible(timeout=20_000)
    shows(screen, 2)
    expect(desk.locator("[data-board]")).to_contain_text("Ответили: 2 из 2", timeout=20_000)

    assert [grave(page) for page in (desk, aru, screen)] == [[], [], []]
    desk.locator("summary", has_text="Завершить урок").click()
    desk.locator("dialog[open]").get_by_role("button", name="Завершить урок").click()
    desk.wait_for_url("**/report")
    expect(desk.locator("main")).to_contain_text("Ким Олег")
    expect(aru.locator("[data-phase-words]")).to_be_visible()
    with running.app.app_context():
        lesson = db.session.get_one(StreamedLesson, scene.lesson)
        found = record.record_of(lesson, "7:25")
        people_there = {
            one.pupil.name: (one.right, one.judged, one.turns)
            for school in found.schools
            for one in school.pupils
        }
        assert people_there == {"Ахметова Ару": (1, 1, 0), "Ким Олег": (0, 1, 1)}
        assert db.session.scalar(select(func.count()).where(StreamedEvent.kind == "own")) == 1
