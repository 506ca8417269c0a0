"""What every request goes through: bodies, proxies, ids, errors as pages and as problem documents."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask, request
from sqlalchemy import text
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import TooManyRequests

from lms import create_app
from lms.core import audit
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.db.engine import writing
from lms.core.permissions import public
from lms.core.security import ORDINARY_BODY, secret_key, takes_uploads, token_only
from lms.core.settings import load_settings
from tests.cast import Cast
from tests.conftest import OutsideClient

SITE = "http://localhost:8000"
probes = Blueprint("probes", __name__)


@probes.post("/probe/size")
@public
@token_only
def size() -> dict[str, int]:
    return {"size": len(request.get_data())}


@probes.post("/probe/upload")
@public
@token_only
@takes_uploads
def upload() -> dict[str, Any]:
    return {"size": len(request.get_data()), "writing": writing.get()}


@probes.route("/probe/trouble/<kind>", methods=["GET", "POST"])
@public
@token_only
def trouble(kind: str) -> str:
    audit.record("troubled")
    if kind == "locked":
        raise OperationalError("UPDATE", {}, Exception("database is locked"))
    if kind == "nul":
        raise DataError("INSERT", {}, Exception("NUL"))
    if kind == "busy":
        raise TooManyRequests(retry_after=60)
    raise RuntimeError("a secret of ours")


@probes.get("/probe/who")
@public
def who() -> dict[str, Any]:
    return {"address": request.remote_addr, "secure": request.is_secure, "host": request.host}


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Any]:
    made: list[Flask] = []

    def make(**more: Any) -> Any:
        app = create_app(load_settings({}, data=str(tmp_path), log_level="CRITICAL", **more))
        app.register_blueprint(probes)
        app.test_client_class = OutsideClient
        made.append(app)
        with app.app_context():
            AuditEntry.__table__.create(db.engine, checkfirst=True)  # type: ignore[attr-defined]
        return app.test_client()

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


def test_an_ordinary_body_is_limited_and_an_upload_has_a_limit_of_its_own(machine: Any) -> None:
    client = machine(upload_limit_mb=20)
    large, huge = b"x" * (ORDINARY_BODY + 1), b"x" * (21 * 1024 * 1024)
    assert client.post("/probe/size", data=b"x" * 1000, base_url=SITE).json == {"size": 1000}
    assert client.post("/probe/size", data=large, base_url=SITE).status_code == 413
    taken = client.post("/probe/upload", data=large, base_url=SITE)
    assert taken.json == {"size": len(large), "writing": False}
    assert client.post("/probe/upload", data=huge, base_url=SITE).status_code == 413


def test_a_body_without_a_length_is_limited_too(machine: Any) -> None:
    endless = {
        "input_stream": io.BytesIO(b"x" * (ORDINARY_BODY + 1)),
        "environ_overrides": {"wsgi.input_terminated": True},
    }
    assert machine().post("/probe/size", base_url=SITE, **endless).status_code == 413


def test_a_form_with_too_many_fields_is_refused(cast: Cast) -> None:
    browser = cast.signed_in("teacher")
    many = {f"field-{number}": "x" for number in range(1500)}
    answer = browser.client.post(
        "/sign-out", data=many, base_url=SITE, headers={"Origin": SITE}, content_type="multipart/form-data"
    )
    assert answer.status_code == 413
    assert browser.get("/").status_code == 200


def test_nobody_stands_in_line_behind_a_slow_line(machine: Any) -> None:
    """The body is read before the first statement, so that a slow sender holds no lock."""
    client, seen = machine(), []

    class Slow(io.RawIOBase):
        def seek(self, *_where: int) -> int:
            return 0

        def tell(self) -> int:
            return 0

        def readinto(self, _buffer: Any) -> int:
            seen.append(writing.get())
            return 0

    client.post(
        "/probe/size", base_url=SITE, input_stream=Slow(), environ_overrides={"wsgi.input_terminated": True}
    )
    assert seen and not any(seen)


def test_an_address_in_a_header_counts_only_behind_a_proxy_and_only_the_last_one(machine: Any) -> None:
    forged = {
        "X-Forwarded-For": "10.9.8.7, 203.0.113.5",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
    }
    direct = machine().get("/probe/who", base_url=SITE, headers=forged).json
    assert direct == {"address": "127.0.0.1", "secure": False, "host": "localhost:8000"}
    proxied = machine(behind_proxy=True).get("/probe/who", base_url=SITE, headers=forged).json
    assert proxied == {"address": "203.0.113.5", "secure": True, "host": "localhost:8000"}


@pytest.mark.parametrize(
    ("kind", "status", "again"),
    [("locked", 503, "5"), ("nul", 400, None), ("busy", 429, "60"), ("broken", 500, None)],
)
def test_an_error_is_a_page_for_people_and_a_problem_for_programs(
    machine: Any, kind: str, status: int, again: str | None
) -> None:
    client = machine()
    page = client.post(f"/probe/trouble/{kind}", base_url=SITE)
    assert (page.status_code, page.mimetype, page.headers.get("Retry-After")) == (status, "text/html", again)
    problem = client.post(f"/probe/trouble/{kind}", base_url=SITE, headers={"Accept": "application/json"})
    assert problem.mimetype == "application/problem+json"
    assert problem.json["status"] == status
    assert problem.json["request"] == problem.headers["X-Request-ID"]
    assert "secret" not in page.text + problem.text
    with client.application.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM audit_entry")) == 0


def test_a_request_id_of_the_proxy_is_kept_and_a_strange_one_is_not(machine: Any) -> None:
    client = machine()
    good, strange = "proxy-0123456789", 'x"; DROP LOG'
    assert client.get("/healthz", headers={"X-Request-ID": good}).headers["X-Request-ID"] == good
    assert client.get("/healthz", headers={"X-Request-ID": strange}).headers["X-Request-ID"] != strange


def test_a_wrong_method_says_which_one_is_right(cast: Cast) -> None:
    answer = cast.signed_in("teacher").get("/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_commit_that_fails_is_no_success(machine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    client = machine()
    monkeypatch.setattr("lms.core.db.edges.commit", full)
    assert client.post("/probe/size", data=b"x", base_url=SITE).status_code in (500, 503)


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    settings, found = load_settings({}, data=str(tmp_path)), []
    threads = [threading.Thread(target=lambda: found.append(secret_key(settings))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1 and len(found[0]) == 64
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_cookie_name_with_strange_spaces_is_not_ours(cast: Cast) -> None:
    browser = cast.signed_in("teacher")
    cookie = browser.client.get_cookie("__Host-session", domain="localhost")
    assert cookie is not None
    client = cast.app.test_client(use_cookies=False)
    planted = f"\u2000__Host-session={cookie.value}".encode().decode("latin-1")
    assert client.get("/", base_url=SITE, headers={"Cookie": planted}).status_code == 302
    both = f"{planted}; __Host-session={cookie.value}"
    assert client.get("/", base_url=SITE, headers={"Cookie": both}).status_code == 200
