"""A computer of the school holds the lesson on the school's own network, with the outside line or without it."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.core import storage
from lms.core.db import db, edge
from lms.lessons.classroom.centre import Centre
from lms.lessons.classroom.hall import REMEMBERED, Hall
from lms.lessons.classroom.kept import Kept
from lms.lessons.classroom.link import Link
from lms.lessons.classroom.pages import create_pages
from lms.lessons.models import SpeedMeter, StreamedEvent, StreamedSlide
from lms.lessons.queries import record
from lms.lessons.service import network, planning
from lms.places.models import School
from tests.cast import SITE, read_afresh
from tests.lms.lessons.conftest import Room, asked


class Wire(Centre):
    """The way to the server without a network; `cut` is a line that is gone, `deaf` one that loses what comes back."""

    def __init__(self, client: FlaskClient, key: str) -> None:
        super().__init__(SITE, key)
        self.client, self.cut, self.deaf = client, False, False
        self.events: list[tuple[str, Any]] = []

    @contextmanager
    def _call(
        self, path: str, body: bytes | None = None, patience: float = 0, key: bool = True
    ) -> Iterator[Any]:
        if self.cut:
            raise OSError("no line")
        answer = self.client.open(
            f"/{path.lstrip('/')}", method="POST" if body else "GET", data=body, base_url=SITE,
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"},
        )  # fmt: skip
        if self.deaf or answer.status_code >= 400:
            raise OSError(str(answer.status_code))
        data = answer.data
        answer.close()
        yield io.BytesIO(data)

    def listen(self, address: str) -> Iterator[tuple[str, Any]]:
        yield from self.events
        self.events = []


class Computer:
    """The one in the school; `starts` again as after a power cut."""

    def __init__(self, folder: Path, wire: Wire) -> None:
        self.folder, self.wire, self.numbers = folder, wire, 0
        self.starts()

    def starts(self) -> None:
        self.kept = Kept(self.folder)
        self.link = Link(self.kept, self.wire)
        for key in self.kept.get("lessons") or []:
            self.link.halls[key] = Hall(key, self.kept.get(f"now {key}"))
        self.pages = create_pages(self.kept, self.link, "http://10.0.0.7:8090").test_client()

    def fetches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(self.link, "_run", lambda *_more: None)  # the test takes the steps of the threads
        self.link.fetch()

    def hears(self, key: str) -> Hall:
        hall = self.link.halls[key]
        self.link._hear(hall)
        return hall

    def opens(self, address: str) -> dict[str, Any]:
        answer = self.pages.get(address, follow_redirects=True)
        assert answer.status_code == 200, answer.status_code
        found: dict[str, Any] = json.loads(answer.text.split('id="room-data">')[1].split("</script>")[0])
        return found

    def sits(self, key: str, pupil: str) -> str:
        answer = self.pages.post(f"/lesson/{key}", data={"p": pupil})
        assert answer.status_code == 303
        return str(self.opens(answer.location)["ticket"])

    def file(self, address: str) -> tuple[int, bytes]:
        with self.pages.get(address) as answer:
            return answer.status_code, answer.data

    def says(self, ticket: str, kind: str, ago: float = 0, **data: Any) -> str:
        self.numbers += 1
        body = {"t": ticket, "v": "aaaaaaaa", "say": [{"n": self.numbers, "k": kind, "d": data, "s": ago}]}
        answer = self.pages.post("/say", json=body)
        assert answer.status_code == 200, answer.text
        return str(answer.json["not"].get(str(self.numbers), ""))


def key_for(here: Room, number: int, lessons: bool = True) -> str:
    with edge():
        school = db.session.get_one(School, here.schools[number].id)
        return network.issue_meter(school, "12-кабинет", here.cast.person("teacher").id, lessons)


@pytest.fixture
def wire(room_of_two: Room) -> Wire:
    return Wire(room_of_two.cast.visitor().client, key_for(room_of_two, 0))


@pytest.fixture
def computer(room_of_two: Room, wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    with edge():
        for number in (1, 2, 3):
            blob = storage.keep(io.BytesIO(b"slide %d" % number), "image/webp")
            db.session.add(StreamedSlide(
                lesson_id=room_of_two.lesson_id, number=number, digest=blob.digest, size=blob.size, width=640, height=360
            ))  # fmt: skip
    found = Computer(tmp_path, wire)
    found.fetches(monkeypatch)
    return found


@pytest.fixture
def lesson(room_of_two: Room) -> str:
    return str(room_of_two.lesson_id)


def counted(here: Room) -> dict[str, tuple[int, int, int]]:
    read_afresh()
    found = record.record_of(here.lesson, "7:25")
    return {
        one.pupil.name: (len(one.answers), one.right, one.hands)
        for school in found.schools
        for one in school.pupils
    }


def test_only_a_key_for_lessons_opens_them_and_only_of_its_school(room_of_two: Room, lesson: str) -> None:
    client = room_of_two.cast.visitor().client

    def status(path: str, key: str) -> int:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return client.get(f"/streaming/school{path}", base_url=SITE, headers=headers).status_code

    measuring, mine = key_for(room_of_two, 0, lessons=False), key_for(room_of_two, 0)
    with edge():
        school = room_of_two.cast.school.id
        other = network.issue_meter(
            db.session.get_one(School, school), "1", room_of_two.cast.person("teacher").id, True
        )
    assert [status("", key) for key in ("", "nonsense", measuring, mine)] == [401, 401, 401, 200]
    assert [status(f"/{lesson}", key) for key in (measuring, mine, other)] == [401, 200, 404]
    assert [status(f"/{lesson}/state", key) for key in (measuring, mine, other)] == [401, 200, 404]
    with edge():
        for row in db.session.scalars(select(SpeedMeter)):
            network.revoke_meter(row, "")
    assert status("", mine) == 401


def test_the_page_of_the_line_issues_such_a_key(room_of_two: Room) -> None:
    director = room_of_two.cast.signed_in("director")
    school = room_of_two.cast.school.id
    page = director.post(f"/network/speed/{school}/meters", {"name": "12-кабинет", "lessons": "yes"}).text
    assert "lms lessons classroom --site" in page
    assert "lms lessons classroom" not in director.post(f"/network/speed/{school}/meters", {"name": "2"}).text
    read_afresh()
    assert {row.name: row.lessons for row in db.session.scalars(select(SpeedMeter))} == {
        "12-кабинет": True,
        "2": False,
    }


def test_the_lesson_lies_in_the_school_in_both_languages_and_without_keys(
    computer: Computer, lesson: str, room_of_two: Room
) -> None:
    assert room_of_two.lesson.title in computer.pages.get("/").text
    names = computer.pages.get(f"/lesson/{lesson}?lang=ru").text
    assert '<html lang="ru"' in names and "Ахметова Ару" in names and "Досова Дана" not in names
    told = computer.kept.get(f"lesson {lesson}")
    assert all("a" not in one for one in told["questions"].values())
    slides = [computer.file(f"/lesson/{lesson}/slides/{n}.webp") for n in (1, 3)]
    assert slides == [(200, b"slide 1"), (200, b"slide 3")]
    assert computer.file(f"/lesson/{lesson}/slides/4.webp")[0] == 404
    assets = [path for path in told["pages"]["kk"]["room"].split('"') if path.startswith("/static/")]
    assert len(assets) >= 4 and all(computer.file(path)[0] == 200 for path in assets)


def test_the_plan_shows_the_evening_before_that_the_slides_are_there(
    room_of_two: Room, computer: Computer, lesson: str
) -> None:
    with edge():
        room_of_two.lesson.state = "planned"
    computer.link.hand_in(computer.link.halls[lesson])
    read_afresh()
    assert [found[0] for found in record.devices_ready(room_of_two.lesson_id).values()] == [1]


def test_what_a_pupil_says_on_the_network_belongs_to_that_pupil(
    room_of_two: Room, computer: Computer, lesson: str
) -> None:
    hall, aru, bek = computer.hears(lesson), *(str(room_of_two.pupils[name].id) for name in ("aru", "bek"))
    room_of_two.enters(room_of_two.teacher, "console").says("ask", q=asked(room_of_two))
    computer.hears(lesson)
    seat = computer.sits(lesson, aru)
    assert (
        computer.says(seat, "answer", q=asked(room_of_two), a=["0"], p=bek) == ""
    )  # p is not theirs to choose
    assert computer.says(seat, "hand") == ""
    assert computer.says(seat, "note", t="Неге?") == ""
    screen = computer.opens(f"/lesson/{lesson}/screen/{computer.kept.code}")["ticket"]
    assert computer.says(screen, "answer", q=asked(room_of_two), a=["1"], p=bek) == ""
    assert (
        computer.says(screen, "answer", q=asked(room_of_two), a=["0"], p=str(room_of_two.pupils["dana"].id))
        == ""
    )
    computer.link.hand_in(hall)
    assert counted(room_of_two) == {
        "Ахметова Ару": (1, 1, 1),
        "Болатов Бек": (1, 0, 0),
        "Досова Дана": (0, 0, 0),
    }
    assert computer.kept.waiting(lesson) == []
    noted = db.session.scalars(select(StreamedEvent).where(StreamedEvent.kind == "note")).one()
    assert noted.person_id == room_of_two.pupils["aru"].id


def test_without_the_line_the_class_goes_on_and_nothing_is_lost_or_doubled(
    room_of_two: Room, computer: Computer, lesson: str
) -> None:
    aru, question = str(room_of_two.pupils["aru"].id), asked(room_of_two)
    hall = computer.hears(lesson)
    seat = computer.sits(lesson, aru)
    screen = computer.opens(f"/lesson/{lesson}/screen/{computer.kept.code}")["ticket"]
    assert computer.says(screen, "lead", s=2) == "not-allowed"  # the hub leads as long as it can
    computer.wire.cut = True
    computer.hears(lesson)
    assert hall.now["outside"] is False
    assert computer.says(seat, "lead", s=2) == "not-allowed"
    assert computer.says(screen, "lead", s=2) == "" and computer.says(screen, "lead", s=9) == "not-allowed"
    assert computer.says(screen, "opened", q=question) == ""
    assert (hall.now["slide"], hall.now["ask"]["q"]) == (2, question)
    assert computer.says(seat, "answer", q=question, a=["0"]) == ""
    assert hall.now["seen"] == [aru]
    computer.link.hand_in(hall)
    assert counted(room_of_two)["Ахметова Ару"] == (0, 0, 0)

    computer.starts()  # the power was gone as well
    hall = computer.link.halls[lesson]
    assert (hall.now["slide"], hall.now["seen"]) == (2, [aru])
    assert computer.opens(f"/lesson/{lesson}/room/{seat}")["now"]["ask"]["q"] == question
    hall.line(there=True)
    hall.line(there=False)
    computer.wire.cut, computer.wire.deaf = False, True
    computer.link.hand_in(hall)  # taken, but the acknowledgement is lost
    computer.wire.deaf = False
    computer.hears(lesson)
    computer.link.hand_in(hall)
    assert counted(room_of_two)["Ахметова Ару"] == (1, 1, 0)
    assert hall.now["slide"] == 1 and hall.now["outside"] is True  # where the others are
    told = record.record_of(room_of_two.lesson, "7:25")
    assert [one.text for one, *_counts in told.questions] == ["p = ?"]
    assert sum(school.drops for school in told.schools) == 1
    kinds = list(db.session.scalars(select(StreamedEvent.kind)))
    assert [kinds.count(one) for one in ("answer", "opened", "own")] == [1, 1, 1]


def test_a_question_opened_in_one_school_takes_no_answers_of_another(
    room_of_two: Room, computer: Computer, lesson: str
) -> None:
    computer.kept.add(lesson, "x.1", "opened", {"q": asked(room_of_two)})
    computer.link.hand_in(computer.link.halls[lesson])
    staff = room_of_two.cast.signed_in("teacher", place=room_of_two.schools[1])
    other = room_of_two.enters(staff, "panel")
    assert (
        other.says("answer", q=asked(room_of_two), a=["0"], p=str(room_of_two.pupils["dana"].id))
        == "not-asked"
    )
    assert other.says("opened", q=room_of_two.lesson_id.hex) == "not-asked"


def test_minutes_count_of_those_whose_devices_are_alive(
    room_of_two: Room, computer: Computer, lesson: str
) -> None:
    hall = computer.hears(lesson)
    seat = computer.sits(lesson, str(room_of_two.pupils["aru"].id))
    computer.says(seat, "beat")
    computer.kept.add(lesson, "b.0", "beat", {"p": hall.present(), "r": 40, "x": 0}, time.time() - 100)
    computer.link.beat(hall)
    computer.link.hand_in(hall)
    read_afresh()
    minutes = {
        one.pupil.name: one.minutes for one in record.record_of(room_of_two.lesson, "7:25").schools[0].pupils
    }
    assert minutes["Болатов Бек"] == 0 and minutes["Ахметова Ару"] >= 0


def test_events_of_the_centre_are_told_on(room_of_two: Room, computer: Computer, lesson: str) -> None:
    hall = computer.hears(lesson)
    heard, after = hall.listen(hall.newest), hall.newest
    computer.wire.events = [
        ("page", {"s": 3}), ("ink", {"s": 3, "c": 0, "p": [1, 1, 2, 2]}), ("stir", {}), ("timer", {"n": 60}),
        ("call", {"p": "a"}), ("quiet", {}), ("away", {"n": 300}), ("back", {}),
    ]  # fmt: skip
    with edge():
        planning.prepare_question(room_of_two.lesson, kind="cloud", text="?", options=[], key=[])
    computer.hears(lesson)
    kinds = [told[1] for told in (next(heard) for _time in range(7)) if told]
    assert kinds == ["page", "ink", "timer", "call", "quiet", "away", "back"]
    now = hall.now
    assert (now["slide"], len(now["ink"]), now["called"], now["away"]) == (3, 1, None, 0) and 50 < now[
        "timer"
    ] <= 60
    for number in range(REMEMBERED + 1):
        hall.tell("point", {"x": number, "y": 0})
    assert next(hall.listen(after)) == (hall.newest, "reload", {})


@pytest.mark.parametrize("address", ["/lesson/{0}/screen/00000000", "/lesson/{0}/room/nobody", "/screen/1", "/lesson/none",
                                     "/lesson/{0}/state?seat=x", "/lesson/{0}/live?seat=x", "/static/../lessons.sqlite"])  # fmt: skip
def test_what_is_not_known_is_not_shown(computer: Computer, lesson: str, address: str) -> None:
    assert computer.pages.get(address.format(lesson)).status_code == 404


@pytest.mark.parametrize("body", [None, [], {"t": 5}, {"t": "x", "say": []}])
def test_what_is_not_a_message_is_refused(computer: Computer, body: object) -> None:
    assert computer.pages.post("/say", json=body).status_code in (400, 403)
