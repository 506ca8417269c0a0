"""One lesson for 3,000 pupils in 125 classes: a page turn to all of them, an answer from each, a page meanwhile."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from lms.core import clock, ids
from lms.core.db import db, edge
from lms.core.live.tickets import Office, Ticket
from lms.lessons import tickets
from lms.lessons.models import StreamedClass, StreamedEvent, StreamedLesson
from lms.lessons.service import planning
from lms.people import service as people
from lms.people.models import ClassMembership, Person, SchoolClass, SchoolYear, SignInSession
from lms.places import service as places
from lms.places.models import Place
from tests.cast import PASSWORD
from tests.load.bench_events import page_times, services, shown

CLASSES, IN_EACH = 125, 24
PUPILS = CLASSES * IN_EACH
TURNS, WITHIN = 5, 9.0  # page turns; seconds over which the answers are given, as children do
AT_ONCE = 200
PROCESSES = 2  # for the pages, as operating.md advises where many schools share a server


@dataclass
class Hall:
    """The lesson, and one ticket for each pupil, the first for the teacher."""

    lesson: str
    question: str
    seats: list[str]
    live: str
    desk: dict[str, str]  # what the browser of the hub teacher sends along
    heard: list[list[float]] = field(default_factory=lambda: [[] for _time in range(TURNS)])
    open: int = 0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, services(Path(folder), PROCESSES) as (web, events, app):
        assert isinstance(app, Flask)
        with app.app_context():
            hall = _built(app)
        asyncio.run(_lesson(hall, web, events))
        with app.app_context():
            kept = db.session.scalar(select(func.count()).where(StreamedEvent.kind == "answer"))
            print(f"answers kept                  {kept} of {PUPILS}")


def _built(app: Flask) -> Hall:
    with edge():
        district = places.found_place("district", "Аудан", "Район", None)
        school = places.found_school(district, "Тірек", "Опорная").place
        year = SchoolYear(starts_on=clock.today() - timedelta(60), ends_on=clock.today() + timedelta(200))
        teacher = people.enrol_person("Айгүл", "Ұстаз", login="desk")
        people.give_role(teacher, "teacher", school)
        people.set_password(teacher, PASSWORD, by_person=True)
        db.session.add(year)
        db.session.flush()
        classes = [
            SchoolClass(school_id=school.id, year_id=year.id, grade=7, letter=str(n)) for n in range(CLASSES)
        ]
        db.session.add_all(classes)
        db.session.flush()
        lesson = planning.plan_lesson(
            school,
            teacher.id,
            classes,
            starts_at=clock.now(),
            subject="physics",
            language="kk",
            title="Қысым",
        )
        question = planning.prepare_question(lesson, kind="single", text="?", options=["1", "2"], key=["0"])
        planning.begin(lesson)
        seats = _pupils(lesson, school, classes, teacher)
        key = question.id.hex
    channel = Office(app.config["SECRET_KEY"]).write(Ticket((f"streamed:{lesson.id}",), None, 0))
    return Hall(str(lesson.id), key, seats, f"/live?ticket={channel}", _signed_in(app))


def _signed_in(app: Flask) -> dict[str, str]:
    site, client = app.extensions["settings"].site, app.test_client()
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in", base_url=site).text)
    assert found
    said = {"csrf_token": found[1], "login": "desk", "password": PASSWORD}
    answer = client.post("/sign-in", data=said, base_url=site, headers={"Origin": site})
    assert answer.status_code == 302, answer.text
    return {"Cookie": "; ".join(one.partition(";")[0] for one in answer.headers.getlist("Set-Cookie"))}


def _pupils(lesson: StreamedLesson, school: Place, classes: list[SchoolClass], teacher: Person) -> list[str]:
    people = [
        {"id": ids.new_id(), "surname": f"О{n}", "first_name": "А", "sort_key": "", "search_key": ""}
        for n in range(PUPILS)
    ]
    db.session.execute(insert(Person), people)
    db.session.execute(insert(ClassMembership), [
        {"class_id": classes[n % CLASSES].id, "person_id": one["id"], "since": clock.today() - timedelta(30)}
        for n, one in enumerate(people)
    ])  # fmt: skip
    owners = [teacher.id, *(one["id"] for one in people)]
    sessions = [
        {"id": ids.new_id(), "person_id": key, "token_digest": ids.new_token(), "means": "password",
         "expires_at": clock.now() + timedelta(hours=2)} for key in owners
    ]  # fmt: skip
    db.session.execute(insert(SignInSession), sessions)
    found = [tickets.write(tickets.Seat(lesson.id, "teacher", teacher.id, None, None, sessions[0]["id"]))]  # type: ignore[arg-type]
    for number, one in enumerate(people):
        row = classes[number % CLASSES]
        found.append(tickets.write(tickets.Seat(
            lesson.id, "pupil", one["id"], school.id, row.id, sessions[number + 1]["id"]  # type: ignore[arg-type]
        )))  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(StreamedClass)) == CLASSES
    return found


async def _lesson(hall: Hall, web: int, events: int) -> None:
    door = asyncio.Semaphore(AT_ONCE)
    listeners = [asyncio.create_task(_hear(hall, events, door)) for _place in range(PUPILS)]
    while hall.open < PUPILS:
        await asyncio.sleep(0.05)
    print(f"pupils listening              {PUPILS} in {CLASSES} classes")
    delays: list[float] = []
    for turn in range(TURNS):
        begun = time.perf_counter()
        await _say(web, hall.seats[0], turn, "page", {"s": turn + 2})
        while len(hall.heard[turn]) < PUPILS:
            await asyncio.sleep(0.01)
        delays += [1000 * (at - begun) for at in hall.heard[turn]]
    print(f"a page turn reaches them      {shown(delays)}")
    await _say(web, hall.seats[0], 99, "ask", {"q": hall.question})
    print(f"a page before the question    {shown(await asyncio.to_thread(page_times, web, 40))}")
    meanwhile: list[float] = []
    boards: list[float] = []
    pages = threading.Thread(target=lambda: meanwhile.extend(_pages(web)))
    desk = threading.Thread(target=lambda: boards.extend(_boards(hall, web)))
    pages.start()
    desk.start()
    before = _work_of(web)
    taken = await asyncio.gather(*(_answer(hall, web, seat) for seat in hall.seats[1:]))
    await asyncio.to_thread(pages.join)
    await asyncio.to_thread(desk.join)
    print(
        f"an answer is acknowledged     {shown([1000 * one for one in taken])}   slowest {max(taken):.1f} s"
    )
    print(
        f"work of the server for each   {1000 * (_work_of(web) - before) / PUPILS:6.2f} ms, the pages included"
    )
    print(f"a page while they answer      {shown(meanwhile)}   ({len(meanwhile)} pages)")
    print(
        f"the teacher's board meanwhile {shown(boards)}   ({len(boards)} boards of {CLASSES} classes, {PUPILS} pupils)"
    )
    for task in listeners:
        task.cancel()


def _work_of(port: int) -> float:
    """Seconds of CPU that the processes at a port have used: a figure that others on the machine hardly change."""
    ticks = 0
    for one in Path("/proc").glob("[0-9]*"):
        try:
            if f":{port}\0".encode() in (one / "cmdline").read_bytes():
                fields = (one / "stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def _pages(web: int) -> Iterator[float]:
    """A page every tenth of a second for as long as answers come in."""
    until = time.perf_counter() + WITHIN
    while time.perf_counter() < until:
        yield from page_times(web, 1)
        time.sleep(0.1)


def _boards(hall: Hall, web: int) -> Iterator[float]:
    """As the desk asks for it while something stirs."""
    until = time.perf_counter() + WITHIN
    line = http.client.HTTPConnection("127.0.0.1", web)
    while time.perf_counter() < until:
        begun = time.perf_counter()
        line.request(
            "GET", f"/streaming/{hall.lesson}/board", headers={"Host": f"localhost:{web}", **hall.desk}
        )
        answer = line.getresponse()
        assert answer.read() and answer.status == 200
        yield (time.perf_counter() - begun) * 1000
        time.sleep(0.7)


async def _hear(hall: Hall, port: int, door: asyncio.Semaphore) -> None:
    async with door:
        reader, _writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        _writer.write(f"GET {hall.live} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
        await reader.readuntil(b"retry: ")
    hall.open += 1
    turn = 0
    while turn < TURNS:
        await reader.readuntil(b"event: page\n")
        hall.heard[turn].append(time.perf_counter())
        turn += 1
    await asyncio.sleep(600)


async def _answer(hall: Hall, web: int, seat: str) -> float:
    await asyncio.sleep(random.uniform(0, WITHIN))
    begun = time.perf_counter()
    await _say(web, seat, 1, "answer", {"q": hall.question, "a": ["0"]})
    return time.perf_counter() - begun


async def _say(port: int, seat: str, number: int, kind: str, data: dict[str, Any]) -> None:
    body = json.dumps(
        {"t": seat, "v": "benchbench", "say": [{"n": number, "k": kind, "d": data, "s": 0}]}
    ).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"POST /streaming/say HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    assert b" 200 " in answer[:20] and b'"done":[' in answer.replace(b" ", b"")[-200:], answer[-300:]


if __name__ == "__main__":
    main()
