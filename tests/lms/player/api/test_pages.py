"""An administrator opens and closes the access of a program; its token is seen once."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from lms.core import outbound
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.player.models import ApiClient
from tests.cast import Cast
from tests.lms.player.api.conftest import Program, program


def form(cast: Cast, **more: str) -> dict[str, str]:
    return {
        "name": "Күнделік",
        "place": str(cast.school.id),
        "scopes": "packages.read",
        "hook_url": "",
        **more,
    }


def test_the_token_is_shown_once_and_works(cast: Cast) -> None:
    admin = cast.signed_in("administrator", cast.republic)
    page = admin.post("/api-clients/new", form(cast))
    assert page.status_code == 201 and "no-store" in page.headers["Cache-Control"]
    token = re.findall(r'id="token">([^<]+)<', page.text)[0]
    row = db.session.scalars(select(ApiClient)).one()
    assert token not in admin.get(f"/api-clients/{row.id}").text + admin.get("/api-clients").text
    assert Program(cast.app, row, token).asks("GET", "/packages").status_code == 200
    assert Program(cast.app, row, token).asks("GET", "/registrations").status_code == 403
    assert admin.post(f"/api-clients/{row.id}/revoke").status_code == 303
    assert Program(cast.app, row, token).asks("GET", "/packages").status_code == 401
    db.session.rollback()
    actions = set(db.session.scalars(select(AuditEntry.action)))
    assert {"api_client.made", "api_client.revoked"} <= actions


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"scopes": ""},
        {"scopes": "everything"},
        {"place": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_what_is_missing_is_asked_for(cast: Cast, wrong: dict[str, str]) -> None:
    admin = cast.signed_in("administrator", cast.republic)
    assert admin.post("/api-clients/new", form(cast, **wrong)).status_code == 422
    assert db.session.scalars(select(ApiClient)).all() == []


@pytest.mark.parametrize(
    "url", ["http://journal.example.kz/", "https://127.0.0.1/", "https://[::1]/x", "javascript:alert(1)"]
)
def test_a_webhook_leads_outside_only(cast: Cast, url: str) -> None:
    admin = cast.signed_in("administrator", cast.republic)
    assert admin.post("/api-clients/new", form(cast, hook_url=url)).status_code in (409, 422)
    assert db.session.scalars(select(ApiClient)).all() == []


def test_another_address_gets_another_secret(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "checked", lambda url: None)
    one = program(cast, hook_url="https://a.example.kz/")
    before = db.session.get_one(ApiClient, one.id).hook_secret
    admin = cast.signed_in("administrator", cast.republic)
    page = admin.post(f"/api-clients/{one.id}", {"hook_url": "https://b.example.kz/"})
    assert page.status_code == 200 and 'id="secret"' in page.text
    db.session.rollback()
    row = db.session.get_one(ApiClient, one.id, populate_existing=True)
    assert row.hook_url == "https://b.example.kz/" and row.hook_secret != before
    assert admin.post(f"/api-clients/{one.id}", {"hook_url": ""}).status_code == 303


def test_an_administrator_of_one_school_sees_only_its_programs(cast: Cast) -> None:
    one = program(cast, place=cast.school_elsewhere)
    admin = cast.signed_in("administrator", cast.school)
    assert admin.get(f"/api-clients/{one.id}").status_code == 404
    assert admin.post(f"/api-clients/{one.id}/revoke").status_code == 404
    assert "Күнделік" not in admin.get("/api-clients").text
    assert cast.signed_in("teacher").get("/api-clients").status_code == 403
