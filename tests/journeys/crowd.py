"""Pupils without a browser who all take one course at the same time, each in their own rhythm."""

from __future__ import annotations

import re
import threading
import time
from http.client import HTTPConnection
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from lms.core.db import db, edge
from lms.courses.models import GivenCourse
from lms.courses.outline import lessons_of
from lms.people.models import Person
from lms.people.service import enrol_person, give_role, set_password
from lms.places.models import Place
from tests.cast import PASSWORD
from tests.journeys.town import Town

AT_ONCE = 6  # sign-ins together: the machine is small
RIGHT = ("0", "9,8")


class Crowd:
    """`begins` until everybody has opened the first lesson; `ends` when all have come to the end of the course."""

    def __init__(self, here: Town, given: UUID, number: int) -> None:
        self.here, self.given = here, given
        self.persons = _enrolled(here, number)
        self.second_half = threading.Event()
        self.inside = threading.Semaphore(0)
        self.door = threading.Semaphore(AT_ONCE)
        self.found: list[str] = []
        outline = db.session.get_one(GivenCourse, given).edition.outline
        self.lessons = [(one["id"], one["blocks"], one["scored"]) for one in lessons_of(outline)]
        self.threads = [threading.Thread(target=self._takes, args=(n,), daemon=True) for n in range(number)]

    def begins(self) -> None:
        for one in self.threads:
            one.start()
        for _one in self.threads:
            assert self.inside.acquire(timeout=120)

    def ends(self) -> None:
        self.second_half.set()
        for one in self.threads:
            one.join(120)
            assert not one.is_alive()

    def complaints(self) -> list[str]:
        return self.found

    def _takes(self, number: int) -> None:
        try:
            self._way(Pupil(self.here), number)
        except Exception as error:
            self.found.append(f"{number}: {error!r}")
            self.inside.release()

    def _way(self, pupil: Pupil, number: int) -> None:
        luck = Random(number)
        with self.door:
            pupil.signs_in(f"crowd-{number}")
        (first, blocks, _none), (second, _blocks, (check,)) = self.lessons
        course = f"/learning/{self.given}"
        before = pupil.lesson(f"{course}/{first}")
        pupil.tells(f"{course}/events", first, blocks[0], f"{number}:1")
        self.inside.release()
        while not self.second_half.wait(luck.uniform(0.3, 1.2)):
            self._same(number, before, pupil.lesson(f"{course}/{first}"))
        self._same(number, before, pupil.lesson(f"{course}/{first}"))
        pupil.tells(f"{course}/events", first, blocks[1], f"{number}:2")
        pupil.lesson(f"{course}/{second}")
        answers = {f"a-{check}-{place}": reply for place, reply in enumerate(RIGHT)}
        pupil.posts(f"{course}/{second}/answer/{check}", answers)

    def _same(self, number: int, before: str, now: str) -> None:
        if now != before:
            self.found.append(f"{number}: the lesson changed in front of the pupil")


def _enrolled(here: Town, number: int) -> list[UUID]:
    """With one password, hashed once."""
    found: list[Person] = []
    with edge():
        school = db.session.get_one(Place, here.running.school)
        for one in range(number):
            person = enrol_person(f"Оқушы {one}", "Кезекті", login=f"crowd-{one}")
            give_role(person, "student", school)
            if found:
                person.password_hash, person.password_set_by_person = found[0].password_hash, True
            else:
                set_password(person, PASSWORD, by_person=True)
            found.append(person)
    return [one.id for one in found]


class Pupil:
    def __init__(self, here: Town) -> None:
        self.port, self.site = here.port, here.running.site
        self.cookies: dict[str, str] = {}
        self.token = ""

    def signs_in(self, login: str) -> None:
        self.token = _token(self.asks("GET", "/sign-in"))
        self.posts("/sign-in", {"login": login, "password": PASSWORD})

    def lesson(self, path: str) -> str:
        """What is between the first and the last block, without what belongs to this page's visit."""
        page = self.asks("GET", path)
        self.token = _token(page)
        found = re.search(r'<div class="lesson".*?</form>\s', page, re.DOTALL)
        assert found, page
        body = re.sub(r'(csrf_token" value|data-token)="[^"]*"', "", found[0])
        return body.replace(" data-seen", "")

    def posts(self, path: str, data: dict[str, str]) -> str:
        body = urlencode({"csrf_token": self.token, **data})
        return self.asks("POST", path, body, "application/x-www-form-urlencoded")

    def tells(self, path: str, lesson: str, block: str, mark: str) -> None:
        one = f'{{"lesson": "{lesson}", "in": "kk"'
        said = f'[{one}, "kind": "opened", "mark": "{mark}a"}}, {one}, "kind": "seen", "block": "{block}", "mark": "{mark}b"}}]'
        self.asks("POST", path, said, "application/json")

    def asks(self, verb: str, path: str, body: str = "", kind: str = "") -> str:
        head = {"Host": self.site.partition("//")[2], "Origin": self.site, "X-CSRFToken": self.token,
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}  # fmt: skip
        if kind:
            head["Content-Type"] = kind
        began = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(verb, path, body.encode(), head)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _is, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            text = answer.read().decode()
        finally:
            connection.close()
        assert answer.status in (200, 302, 303), (verb, path, answer.status, time.monotonic() - began)
        return text


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page[:500]
    return found[1]
