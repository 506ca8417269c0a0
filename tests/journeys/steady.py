"""A pupil without a browser who writes answer after answer, tries each until it is acknowledged, and remembers."""

from __future__ import annotations

import json
import threading
import time
from http.client import HTTPConnection, HTTPException
from typing import Any

from lms.core.db import db, edge
from lms.people.models import Person
from lms.player.models import Assignment
from lms.player.service import giving, launching
from tests.journeys.page_end import KEEPER
from tests.journeys.stage import given
from tests.journeys.town import Town


class Steady(threading.Thread):
    def __init__(self, here: Town, number: int) -> None:
        super().__init__(daemon=True)
        running = here.running
        login = running.login(("student", "teacher", "guardian", "methodologist")[number], "ru")
        self.port = here.port
        self.assignment = given(running, KEEPER, login, f"{login} {time.monotonic()}")
        with running.app.app_context(), edge():
            assignment = db.session.get_one(Assignment, self.assignment)
            person = db.session.query(Person).filter_by(login=login).one()
            row = giving.attempt(giving.Given(assignment, []), person)
            launch, self.code = launching.open_launch(row)
            self.launch = launch.id.hex
            host = running.app.extensions["settings"].site_of_package(assignment.package_id)
        self.host = host.partition("://")[2]
        self.written, self.token = 0, ""
        self.acknowledged: set[tuple[str, int]] = set()
        self.ending = threading.Event()

    def run(self) -> None:
        self.token = self.says("/rt/exchange", {"code": self.code})["token"]
        self.says("/rt/begin", {})
        while not self.ending.is_set():
            name, seq = f"cmi.interactions.{self.written}", self.written + 1
            values = {f"{name}.id": f"q{self.written}", f"{name}.type": "fill-in",
                      f"{name}.learner_response": f"a{self.written}", "cmi.exit": "suspend"}  # fmt: skip
            self.says("/rt/commit", {"v": 1, "launch": self.launch, "seq": seq, "std": "2004", "set": values})
            self.written += 1
            self.acknowledged.add((self.launch, seq))
            time.sleep(0.25)

    def stops(self) -> None:
        self.ending.set()
        self.join(60)
        assert not self.is_alive()

    def says(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Until an answer comes, the same bytes."""
        data = json.dumps(body).encode()
        head = {"Host": self.host, "Origin": f"http://{self.host}", "Content-Type": "application/json",
                "Authorization": f"Bearer {self.token}"}  # fmt: skip
        while True:
            try:
                connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
                connection.request("POST", path, data, head)
                answer = connection.getresponse()
                if answer.status == 200:
                    found: dict[str, Any] = json.loads(answer.read())
                    return found
                assert answer.status in (429, 500, 502, 503), (path, answer.status, answer.read())
            except (OSError, HTTPException):
                pass
            finally:
                connection.close()
            time.sleep(0.2)
