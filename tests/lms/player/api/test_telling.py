"""A change of a result reaches whoever wants to be told: signed, once as something new, tried again until it is taken."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core import outbound
from lms.core.db import db, edge, make_engine
from lms.core.jobs import Job
from lms.core.jobs.running import run
from lms.people.models import Person
from lms.player.models import ApiClient
from lms.player.service import api_clients, telling
from lms.player.service.messages import message, statement
from tests.cast import Cast
from tests.lms.player.api.conftest import program
from tests.lms.player.conftest import Player, fresh_registration, registered
from tests.shelved import files_of, shelved

URL = "https://journal.example.kz/hook"
SAID = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80"}


class Outside:
    """What was sent, and how it is answered."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes, dict[str, str]]] = []
        self.answers: list[Any] = []

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        self.sent.append((url, body, headers))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return int(answer)


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Outside:
    found = Outside()
    monkeypatch.setattr(outbound, "post", found.post)
    monkeypatch.setattr(outbound, "checked", lambda url: None)
    return found


@pytest.fixture
def player(app: Flask, cast: Cast, pupil: Person) -> Player:
    key = registered(shelved(files_of("minimal-12"), cast.school, cast.person("methodologist")), pupil)
    with edge():
        fresh_registration(key).path = cast.school.path
    found = Player(app, key)
    found.enters()
    return found


def jobs(kind: str) -> list[Job]:
    db.session.rollback()
    return list(db.session.scalars(select(Job).where(Job.kind == kind).order_by(Job.id)))


def work(cast: Cast, kind: str) -> None:
    aside = make_engine(cast.app.extensions["settings"], 0.2)
    for one in jobs(kind):
        if one.state == "waiting":
            with edge():
                db.session.get_one(Job, one.id).due_at = one.created_at
            run(one.id, aside)
    aside.dispose()
    db.session.expire_all()


def finishes(player: Player) -> None:
    player.sends(dict(SAID), finish=True)


def test_a_program_is_told_and_can_check_the_signature(cast: Cast, outside: Outside, player: Player) -> None:
    listening = program(cast, hook_url=URL)
    finishes(player)
    work(cast, telling.HOOK)
    assert outside.sent, jobs(telling.HOOK)
    url, body, headers = outside.sent[-1]
    told = json.loads(body)
    row = fresh_registration(player.registration)
    assert url == URL and told["event"] == "registration.changed" and told["registration"] == str(row.id)
    assert (told["completion"], told["success"], told["score"]) == (row.completion, row.success, row.score)
    secret = api_clients.secret_of(db.session.get_one(ApiClient, listening.id))
    at, _, digest = headers["X-Signature"].partition(",v1=")
    expected = hmac.new(secret.encode(), f"{at[2:]}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(digest, expected)


def test_what_does_not_change_the_result_is_not_told(cast: Cast, outside: Outside, player: Player) -> None:
    program(cast, hook_url=URL)
    before = len(jobs(telling.HOOK))
    player.sends({"cmi.core.lesson_location": "2", "cmi.suspend_data": "x"})
    assert len(jobs(telling.HOOK)) == before


def test_programs_of_other_places_hear_nothing(cast: Cast, outside: Outside, player: Player) -> None:
    program(cast, place=cast.school_elsewhere, hook_url=URL)
    finishes(player)
    assert jobs(telling.HOOK) == []


def test_nobody_is_asked_for_while_nobody_listens(cast: Cast, outside: Outside, player: Player) -> None:
    program(cast)
    finishes(player)
    assert jobs(telling.HOOK) == jobs(telling.XAPI) == []


def test_it_is_tried_again_until_it_is_taken(cast: Cast, outside: Outside, player: Player) -> None:
    program(cast, hook_url=URL)
    finishes(player)
    first = jobs(telling.HOOK)[0].id
    outside.answers = [500] * 20
    work(cast, telling.HOOK)
    assert db.session.get_one(Job, first).state == "waiting" and db.session.get_one(Job, first).failures == 1
    outside.answers = [ConnectionRefusedError()] * 20
    work(cast, telling.HOOK)
    outside.answers = []
    work(cast, telling.HOOK)
    assert db.session.get_one(Job, first).state == "done"
    bodies = [json.loads(body)["id"] for _url, body, _head in outside.sent]
    assert len(set(bodies)) == len(jobs(telling.HOOK))  # a repetition carries the id of the first


def test_an_address_inside_is_given_up_at_once(cast: Cast, outside: Outside, player: Player) -> None:
    program(cast, hook_url=URL)
    finishes(player)
    outside.answers = [outbound.NotThere("not-public")] * 20
    work(cast, telling.HOOK)
    assert {(one.state, one.error_code) for one in jobs(telling.HOOK)} == {("failed", "not-public")}


def test_a_closed_access_is_told_nothing_any_more(cast: Cast, outside: Outside, player: Player) -> None:
    listening = program(cast, hook_url=URL)
    finishes(player)
    with edge():
        api_clients.close(db.session.get_one(ApiClient, listening.id))
    work(cast, telling.HOOK)
    assert outside.sent == []


def test_a_record_store_gets_a_statement(
    cast: Cast, outside: Outside, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = cast.app.extensions["settings"]
    told = replace(settings, lrs_url="https://lrs.example.kz/xapi/", lrs_key="lms", lrs_secret="s")
    monkeypatch.setitem(cast.app.extensions, "settings", told)
    finishes(player)
    outside.answers = [409] * 20  # it has it already: done
    work(cast, telling.XAPI)
    url, body, headers = outside.sent[-1]
    assert url == "https://lrs.example.kz/xapi/statements" and headers["X-Experience-API-Version"] == "1.0.3"
    assert headers["Authorization"] == "Basic bG1zOnM="
    sent = json.loads(body)
    assert sent["context"]["registration"] == str(player.registration)
    assert sent["actor"]["account"]["homePage"] == settings.site and "name" not in sent["actor"]
    assert {one.state for one in jobs(telling.XAPI)} == {"done"}


@pytest.mark.parametrize(
    "completion, success, verb", [("completed", "unknown", "completed"), ("incomplete", "unknown", "progressed"),
                                  ("completed", "passed", "passed"), ("incomplete", "failed", "failed")],
)  # fmt: skip
def test_the_verb_says_what_happened(player: Player, completion: str, success: str, verb: str) -> None:
    payload = {"registration": player.registration.hex, "entries": 3, "at": "2026-11-21T10:00:00+00:00",
               "completion": completion, "success": success, "score": 1.5, "seconds": 90.0, "finished_at": None}  # fmt: skip
    with player.client.application.test_request_context():
        said = statement(fresh_registration(player.registration), payload, "http://localhost:8000")
    assert said["verb"]["id"].rpartition("/")[2] == verb and said["result"]["duration"] == "PT0H1M30S"
    assert said["result"]["score"] == {"scaled": 1.0}
    assert said["id"] == message(payload)["id"] and UUID(said["id"])
