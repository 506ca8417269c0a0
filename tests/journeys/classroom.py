"""A hub with its satellites for journeys of the live room: schools, teachers, pupils, slides, questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID

from PIL import Image
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from lms.core import clock, ids, storage
from lms.core.db import db, edge
from lms.lessons.models import HubPairing, StreamedLesson, StreamedSlide
from lms.lessons.queries import room
from lms.lessons.service import planning, words
from lms.lessons.tickets import Seat
from lms.people import service as people
from lms.people.models import Person, SchoolClass, SchoolYear
from lms.places import service as places
from lms.places.models import Place
from tests.cast import PASSWORD, Cast
from tests.journeys.conftest import Running

NAMES = (("Ару", "Ахметова"), ("Бек", "Болатов"), ("Дана", "Досова"), ("Ерлан", "Есенов"))


@dataclass
class Satellite:
    name: str
    school: UUID
    staff: str  # who signs in for the class
    pupils: list[tuple[str, str]] = field(default_factory=list)  # (user name, name on the list)


@dataclass
class Lesson:
    running: Running
    key: UUID
    desk: str  # the hub teacher's user name
    satellites: list[Satellite]
    questions: list[str]
    slides: int
    said: int = 0

    def teacher_says(self, kind: str, **data: object) -> None:
        """As the desk does, without a browser."""
        self.said += 1
        with self.running.app.app_context(), edge():
            row = db.session.get_one(StreamedLesson, self.key, populate_existing=True)
            words.say(
                row, Seat(row.id, "teacher", row.teacher_id), f"{row.id.hex}.desk.{self.said}", kind, data, 0
            )


def a_lesson(
    running: Running, schools: tuple[str, ...], *, pupils: int = 2, slides: int = 4, questions: int = 1,
    provider: str = "", begun: bool = False,
) -> Lesson:  # fmt: skip
    mark = ids.new_id().hex[-6:]  # several lessons share the server of the journeys
    with running.app.app_context():
        cast = Cast(running.app)
        cast.year = db.session.scalars(select(SchoolYear)).one()  # the site map has opened it
        hub = db.session.get_one(Place, running.school)
        teacher = cast.person("teacher", hub, login=f"desk-{mark}")
        classes, satellites = [], []
        for number, name in enumerate(schools):
            found, group = _satellite(cast, running, hub, f"{name} {mark}", f"{mark}-{number}", pupils)
            satellites.append(found)
            classes.append(group)
        with edge():
            teacher.language = "ru"
            row = planning.plan_lesson(
                hub, teacher.id, classes, starts_at=clock.now(), subject="physics", language="kk", title="Қысым",
                provider=provider,
            )  # fmt: skip
            _dress(row, slides)
            for number in range(questions):
                planning.prepare_question(
                    row, kind="single", text=f"p{number} = ?", options=["F/S", "F·S", "F+S", "F−S"], key=["0"]
                )
            if begun:
                planning.begin(row)
        keys = [one.id.hex for one in room.questions(row.id)]
        return Lesson(running, row.id, f"desk-{mark}", satellites, keys, slides)


def _satellite(
    cast: Cast, running: Running, hub: Place, name: str, mark: str, pupils: int
) -> tuple[Satellite, SchoolClass]:
    with edge():
        school = places.found_school(db.session.get_one(Place, running.district), name, name).place
        db.session.add(HubPairing(hub_id=hub.id, satellite_id=school.id, since=clock.today()))
    group = cast.school_class(7, school=school)
    found = Satellite(name, school.id, f"class-{mark}")
    with edge():
        cast.person("teacher", school, login=found.staff).language = "ru"
    for place, (first, surname) in enumerate(NAMES[:pupils]):
        _may_sign_in(cast.pupil(group, first, surname), f"pupil-{mark}-{place}")
        found.pupils.append((f"pupil-{mark}-{place}", f"{surname} {first}"))
    return found, group


def _may_sign_in(pupil: Person, login: str) -> None:
    with edge():
        pupil.login = login
        people.set_password(pupil, PASSWORD, by_person=True)


def _dress(row: StreamedLesson, slides: int) -> None:
    for number in range(1, slides + 1):
        target = BytesIO()
        Image.new("RGB", (640, 360), (number * 20 % 256, 120, 160)).save(target, "WEBP")
        target.seek(0)
        blob = storage.keep(target, "image/webp")
        db.session.add(StreamedSlide(
            lesson_id=row.id, number=number, digest=blob.digest, size=blob.size, width=640, height=360
        ))  # fmt: skip


def enters(context: BrowserContext, login: str, path: str) -> Page:
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.primary").first.click()
    page.wait_for_url("**/")
    page.goto(path)
    return page
