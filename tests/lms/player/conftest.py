"""A pupil, a package that is open before them, and a player that speaks to the run-time as the page does."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lms.core.db import db, edge
from lms.people.models import Person
from lms.player.models import Launch, PackageVersion, Registration
from lms.player.service import launching
from tests.cast import Cast
from tests.shelved import files_of, shelved

CONTENT = "http://content.localhost:8000"


class Player:
    """The player page's side of the run-time, with a token of its own."""

    def __init__(self, app: Flask, registration: UUID) -> None:
        self.client, self.registration = app.test_client(), registration
        with edge():
            launch, self.code = launching.open_launch(db.session.get_one(Registration, registration))
        self.launch, self.token, self.seq = launch.id.hex, "", 1

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        head = {"Origin": CONTENT, "Authorization": f"Bearer {self.token}"} | headers
        return self.client.post(
            path,
            data=data,
            base_url=CONTENT,
            content_type="application/json",
            headers={name: value for name, value in head.items() if value},
        )

    def enters(self) -> dict[str, Any]:
        self.token = self.post("/rt/exchange", {"code": self.code}).json["token"]  # type: ignore[index]
        return self.post("/rt/begin", {}).json or {}

    def entry(self, seq: int, values: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
        return {"v": 1, "launch": self.launch, "seq": seq, "set": values or {}, **more}

    def sends(self, values: dict[str, str] | None = None, **more: Any) -> TestResponse:
        answer = self.post("/rt/commit", self.entry(self.seq, values, **more))
        self.seq += 1
        return answer

    def moves(self, move: str, target: str | None = None) -> dict[str, Any]:
        aim = {"target": target} if target else {}
        body = {"v": 1, "launch": self.launch, "seq": self.seq, "move": move, **aim}
        self.seq += 1
        return self.post("/rt/commit", body).json or {}


@pytest.fixture
def pupil(cast: Cast) -> Person:
    return cast.person("student")


@pytest.fixture
def physics(cast: Cast) -> PackageVersion:
    return shelved(files_of("physics-pressure-2004"), cast.school, cast.person("methodologist"))


@pytest.fixture
def fractions(cast: Cast) -> PackageVersion:
    return shelved(files_of("fractions-12"), cast.school, cast.person("methodologist"), "Бөлшектер")


def registered(version: PackageVersion, person: Person) -> UUID:
    with edge():
        row = Registration(person_id=person.id, version_id=version.id, path="/", seed=7)
        db.session.add(row)
    return row.id


@pytest.fixture
def player(app: Flask, physics: PackageVersion, pupil: Person) -> Player:
    found = Player(app, registered(physics, pupil))
    found.enters()
    return found


def fresh_registration(key: UUID) -> Registration:
    db.session.rollback()
    return db.session.get_one(Registration, key, populate_existing=True)


def fresh_launch(key: str) -> Launch:
    db.session.rollback()
    return db.session.get_one(Launch, UUID(key), populate_existing=True)
