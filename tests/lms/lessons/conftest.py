"""A hub, two satellites paired with it, a class in each, and a lesson that goes on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from lms.core import clock
from lms.core.db import db, edge
from lms.lessons.models import HubPairing, StreamedLesson
from lms.lessons.queries import room
from lms.lessons.service import planning
from lms.people import service as people
from lms.people.models import Person, SchoolClass
from lms.places import service as places
from lms.places.models import Place
from tests.cast import PASSWORD, SITE, Browser, Cast, read_afresh


@dataclass
class Room:
    """The lesson and everybody in it. `says` speaks as a page of the live room does."""

    cast: Cast
    lesson_id: UUID
    hub: Place
    schools: list[Place]
    classes: list[SchoolClass]
    pupils: dict[str, Person]
    teacher: Browser
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def lesson(self) -> StreamedLesson:
        read_afresh()
        return db.session.get_one(StreamedLesson, self.lesson_id)

    def enters(self, browser: Browser, page: str) -> Seat:
        answer = browser.get(f"/streaming/{self.lesson_id}/{page}")
        assert answer.status_code == 200, answer.status_code
        block = answer.text.split('id="room-data">')[1].split("</script>")[0]
        return Seat(self, browser, json.loads(block))

    def signed_in(self, person: Person) -> Browser:
        with edge():
            login = f"pupil-{person.id.hex[-6:]}"
            person.login = login
            people.set_password(person, PASSWORD, by_person=True)
        browser = self.cast.visitor()
        assert browser.signs_in(login).status_code == 302
        return browser


@dataclass
class Seat:
    room: Room
    browser: Browser
    data: dict[str, Any]
    device: str = "aaaaaaaaaaaaaaaa"
    number: int = 0

    def sends(self, words: list[dict[str, Any]], ticket: str = "", signed_in: bool = False) -> Any:
        """As the page does: without the cookie of the sign-in."""
        body = {"t": ticket or self.data["ticket"], "v": self.device, "say": words}
        sender = self.browser if signed_in else self.room.cast.visitor()
        return sender.client.post("/streaming/say", json=body, base_url=SITE)

    def says(self, kind: str, ago: float = 0.0, **data: Any) -> str:
        """Empty when it was taken, else the code of the refusal."""
        self.number += 1
        answer = self.sends([{"n": self.number, "k": kind, "d": data, "s": ago}])
        assert answer.status_code == 200, answer.text
        return str(answer.json["not"].get(str(self.number), ""))


@pytest.fixture
def room_of_two(cast: Cast) -> Room:
    hub, near = cast.school, []
    with edge():
        for kk, ru in (("Бұлақты мектебі", "Булактинская школа"), ("Жусанды мектебі", "Жусандинская школа")):
            near.append(places.found_school(cast.district, kk, ru).place)
        for one in near:
            db.session.add(HubPairing(hub_id=hub.id, satellite_id=one.id, since=clock.today()))
    classes = [cast.school_class(7, school=one) for one in near]
    pupils = {
        "aru": cast.pupil(classes[0], "Ару", "Ахметова"),
        "bek": cast.pupil(classes[0], "Бек", "Болатов"),
        "dana": cast.pupil(classes[1], "Дана", "Досова"),
    }
    teacher = cast.signed_in("teacher")
    with edge():
        lesson = planning.plan_lesson(
            hub, cast.person("teacher").id, classes, starts_at=clock.now(), subject="physics", language="kk",
            title="Қысым",
        )  # fmt: skip
        planning.prepare_question(lesson, kind="single", text="p = ?", options=["F/S", "F·S"], key=["0"])
        planning.begin(lesson)
    return Room(cast, lesson.id, hub, near, classes, pupils, teacher)


def asked(here: Room) -> str:
    """The key of the prepared question."""
    return room.questions(here.lesson_id)[0].id.hex
