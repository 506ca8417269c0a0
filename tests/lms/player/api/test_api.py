"""A program makes attempts, leads a learner into one, asks how it went and removes it; nobody else can."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlalchemy import func, select

from lms.core.db import db, edge
from lms.people.models import Person
from lms.player.api import base
from lms.player.models import SCOPES, ApiClient, CommitEntry, Launch, PackageVersion, Registration
from lms.player.queries.giving import given_or_404
from lms.player.service import api_clients, giving, versions
from tests.cast import Cast
from tests.lms.player.api.conftest import Program, program
from tests.lms.player.conftest import Player, fresh_registration
from tests.lms.player.shelving import zipped


@pytest.fixture
def published(cast: Cast, physics: PackageVersion) -> PackageVersion:
    if physics.state == "ready":
        with edge():
            versions.publish(physics, cast.person("methodologist").id)
    return physics


@pytest.fixture
def known(cast: Cast) -> Person:
    return cast.person("student", login="aruzhan")


@pytest.fixture
def journal(cast: Cast, known: Person, published: PackageVersion) -> Program:
    return program(cast)


def made(journal: Program, version: PackageVersion) -> Any:
    answer = journal.asks("POST", "/registrations", {"package": str(version.package_id), "login": "aruzhan"})
    assert answer.status_code == 201, answer.text
    return answer.json


def test_the_description_is_openapi_31_and_names_every_route(app: Flask) -> None:
    found = app.test_client().get("/api/v1/openapi.json", base_url="http://localhost:8000").json
    assert found and found["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(found).validate()
    described = {
        (path.replace("{", "<").replace("}", ">"), method)
        for path, one in found["paths"].items()
        for method in one
    }
    rules = {
        ("/api/v1" + rule.rule.partition("/api/v1")[2].replace("uuid:", ""), method.lower())
        for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")
        for method in rule.methods or () if method not in ("HEAD", "OPTIONS")
    }  # fmt: skip
    assert rules <= described


def test_people_read_the_description_on_a_page_of_ours(cast: Cast) -> None:
    page = cast.visitor("ru").get("/api/v1/docs")
    assert page.status_code == 200 and "POST /api/v1/registrations" in page.text
    assert 'src="http' not in page.text and 'href="http' not in page.text


def test_a_program_leads_a_learner_through_a_lesson(
    app: Flask, journal: Program, published: PackageVersion
) -> None:
    row = made(journal, published)
    assert (row["number"], row["completion"], row["given_by_teacher"]) == (1, "unknown", False)
    link = journal.asks("POST", f"/registrations/{row['id']}/launch-links", {"language": "ru"}).json
    assert link and link["url"].startswith("http://content.localhost:8000/player/ru/")
    player = Player(app, UUID(row["id"]))  # a launch of its own supersedes that of the link
    player.code = link["url"].partition("#")[2]
    assert player.post("/rt/exchange", {"code": player.code}).status_code == 200
    assert player.post("/rt/exchange", {"code": player.code}).status_code == 401  # once
    player = Player(app, UUID(row["id"]))
    player.enters()
    player.sends(
        {"cmi.success_status": "passed", "cmi.completion_status": "completed", "cmi.score.scaled": "0.9"}
    )
    seen = journal.asks("GET", f"/registrations/{row['id']}").json
    assert seen and seen["last_seen_at"] and seen["place"] == "pretest"
    assert journal.asks("DELETE", f"/registrations/{row['id']}").status_code == 204
    assert journal.asks("GET", f"/registrations/{row['id']}").status_code == 404
    db.session.rollback()
    for model in (Registration, Launch, CommitEntry):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0


def test_the_next_attempt_has_the_next_number_and_lists_go_on(
    journal: Program, published: PackageVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [made(journal, published)["number"] for _ in range(3)] == [1, 2, 3]
    monkeypatch.setattr("lms.player.queries.programs.PER_PAGE", 2)
    page = journal.asks("GET", "/registrations?login=aruzhan").json
    assert page and [one["number"] for one in page["registrations"]] == [1, 2] and page["next"]
    rest = journal.asks("GET", f"/registrations?after={page['next']}&package={published.package_id}").json
    assert rest and [one["number"] for one in rest["registrations"]] == [3] and rest["next"] is None
    assert journal.asks("GET", "/registrations?since=2999-01-01T00:00:00Z").json == {
        "registrations": [],
        "next": None,
    }


@pytest.mark.parametrize(
    "method, path, scope",
    [
        ("GET", "/registrations", "registrations.read"),
        ("GET", "/registrations/KEY", "registrations.read"),
        ("POST", "/registrations", "registrations.write"),
        ("DELETE", "/registrations/KEY", "registrations.write"),
        ("POST", "/registrations/KEY/launch-links", "registrations.write"),
        ("GET", "/packages", "packages.read"),
        ("POST", "/packages", "packages.write"),
        ("GET", "/package-versions/KEY", "packages.read"),
    ],
)
def test_each_door_asks_for_a_token_and_its_scope(cast: Cast, method: str, path: str, scope: str) -> None:
    path = path.replace("KEY", str(uuid4()))
    nobody = program(cast, *(one for one in SCOPES if one != scope))
    assert nobody.asks(method, path, {} if method == "POST" else None).status_code == 403
    for header in ("", "Bearer ", f"Bearer {uuid4().hex}", f"Basic {nobody.token}", nobody.token):
        answer = nobody.asks(method, path, headers={"Authorization": header})
        assert answer.status_code == 401 and answer.mimetype == "application/problem+json"
    assert (
        nobody.asks(method, f"{path}?token={nobody.token}", headers={"Authorization": ""}).status_code == 401
    )
    nobody.browser.set_cookie("session", nobody.token)
    assert nobody.asks(method, path, headers={"Authorization": ""}).status_code == 401


def test_a_closed_access_is_worth_nothing(cast: Cast) -> None:
    one = program(cast)
    assert one.asks("GET", "/packages").status_code == 200
    with edge():
        api_clients.close(db.session.get_one(ApiClient, one.id))
    assert one.asks("GET", "/packages").status_code == 401


def test_the_token_itself_is_not_kept(cast: Cast) -> None:
    one = program(cast)
    row = db.session.get_one(ApiClient, one.id)
    assert one.token not in str(vars(row))


def test_what_lies_elsewhere_does_not_exist_for_a_program(
    cast: Cast, journal: Program, published: PackageVersion
) -> None:
    row = made(journal, published)
    stranger = program(cast, place=cast.school_elsewhere)
    assert stranger.asks("GET", f"/registrations/{row['id']}").status_code == 404
    assert stranger.asks("DELETE", f"/registrations/{row['id']}").status_code == 404
    assert stranger.asks("POST", f"/registrations/{row['id']}/launch-links", {}).status_code == 404
    assert stranger.asks("GET", f"/package-versions/{published.id}").status_code == 404
    assert stranger.asks("GET", "/registrations").json == {"registrations": [], "next": None}
    for body in (
        {"package": str(published.package_id), "login": "aruzhan"},
        {"package": str(uuid4()), "login": "aruzhan"},
    ):
        assert stranger.asks("POST", "/registrations", body).status_code == 404
    unknown = {"package": str(published.package_id), "login": "nobody-here"}
    assert journal.asks("POST", "/registrations", unknown).status_code == 404
    assert fresh_registration(UUID(row["id"])).epoch == 0


@pytest.mark.parametrize(
    "body, status",
    [
        ({}, 422),
        ({"package": "x", "login": "a"}, 422),
        ({"package": str(uuid4()), "login": ""}, 422),
        ({"package": str(uuid4()), "login": "a" * 201}, 422),
        ({"package": str(uuid4()), "login": "a", "more": 1}, 422),
        ([], 422),
        ("\0", 422),
    ],
)
def test_what_is_malformed_is_refused(journal: Program, body: Any, status: int) -> None:
    answer = journal.asks("POST", "/registrations", body)
    assert answer.status_code == status and answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("data", [b"{", b"\xff", b"[" * 100_000, b'{"login": "\\ud800", "package": "x"}'])
def test_what_is_no_json_is_refused(journal: Program, data: bytes) -> None:
    answer = journal.asks("POST", "/registrations", data=data, content_type="application/json")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("login", ["\0", "\ud800", "a\0b"])
def test_a_name_that_no_database_holds_is_nobody(
    journal: Program, published: PackageVersion, login: str
) -> None:
    body = {"package": str(published.package_id), "login": login}
    assert journal.asks("POST", "/registrations", body).status_code in (400, 404, 422)


def test_a_package_is_put_on_the_shelf(cast: Cast, journal: Program) -> None:
    data = zipped("minimal-12")
    answer = journal.asks("POST", "/packages?name=sabaq.zip", data=data, content_type="application/zip")
    assert answer.status_code == 202, answer.text
    seen: Any = answer.json
    assert seen["state"] == "inspecting"
    again = journal.asks("GET", f"/package-versions/{seen['id']}").json
    assert again and (again["number"], again["state"]) == (1, "inspecting")
    row = db.session.get_one(PackageVersion, UUID(seen["id"]))
    assert row.package.path == cast.school.path
    assert journal.asks("POST", "/packages", data=b"", content_type="application/zip").status_code == 400
    assert journal.asks("POST", "/packages", data=data, content_type="text/html").status_code == 400


def test_packages_within_reach_are_listed(journal: Program, published: PackageVersion) -> None:
    found: Any = journal.asks("GET", "/packages").json
    assert [one["id"] for one in found["packages"]] == [str(published.package_id)]
    assert found["packages"][0]["version"] == published.number and found["next"] is None


def test_a_program_that_asks_too_often_is_told_to_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PER_MINUTE", 3)
    one = program(cast)
    assert [one.asks("GET", "/packages").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_an_attempt_of_a_class_is_seen_but_not_removed(
    app: Flask, cast: Cast, journal: Program, published: PackageVersion, known: Person
) -> None:
    with edge(), app.test_request_context():
        given = giving.give(published, cast.school, cast.person("teacher").id, [], [known.id])
        row = giving.attempt(given_or_404(given.id, known.id), known)
    seen = journal.asks("GET", f"/registrations/{row.id}").json
    assert seen and seen["given_by_teacher"] is True
    answer = journal.asks("DELETE", f"/registrations/{row.id}")
    assert answer.status_code == 409 and fresh_registration(row.id).id == row.id
