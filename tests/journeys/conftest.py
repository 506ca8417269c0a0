"""Whole stories in a real browser, against the real application under gunicorn on an empty data folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from lms import create_app
from lms.core.db import db, edge
from lms.core.settings import load_settings
from lms.places.models import Place
from tests.cast import ABOVE_SCHOOLS, PASSWORD, Cast
from tests.site_map import pages

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
    # The last word on features is ours: Playwright switches off the storage of frames of other sites.
    "--disable-features=MediaRouter,Translate",
]  # fmt: skip


PAGES = ("lms:create_app()", "--worker-class=gthread", "--threads=8")
EVENTS = ("lms.live_service:create_live_app()", "--worker-class=gevent")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.pure)  # browsers do not see which database answers


def browser_path() -> str:
    named = os.environ.get("LMS_TEST_BROWSER", "")
    return named or shutil.which("chromium") or shutil.which("google-chrome") or "chromium"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """The application as people meet it, and the way behind the curtain to its rows."""

    site: str
    content_site: str
    app: Flask
    pages: list[tuple[str, str]]  # (role, path) of the site map
    school: UUID
    district: UUID
    log: Path  # what gunicorn was asked: method, path, Host, Sec-Fetch-Site, Cookie

    def login(self, role: str, language: str = "kk") -> str:
        """The user name of somebody with this role, who reads this language."""
        with self.app.app_context():
            place = db.session.get_one(Place, self.district if role in ABOVE_SCHOOLS else self.school)
            person = Cast(self.app).person(role, place, login=f"{role}-{language}")
            with edge():
                person.language = language
            return str(person.login)


def built(data: Path, port: int, **more: Any) -> tuple[Running, dict[str, str]]:
    """An application on an empty data folder, and the environment its servers start with."""
    site, content = f"http://localhost:{port}", f"http://content.localhost:{port}"
    given: dict[str, Any] = {
        "data": str(data), "site": site, "content_site": content,
        "secret_key": "only for journeys", "log_level": "ERROR", "require_totp": False,
        "live_site": f"http://localhost:{free_port()}", **more,
    }  # fmt: skip
    app = create_app(load_settings({}, **given))
    with app.app_context():
        upgrade()
        cast = Cast(app)
        behind = {"pages": list(pages(cast)), "school": cast.school.id, "district": cast.district.id}
    environment = {f"LMS_{name.upper()}": str(value) for name, value in given.items()}
    return Running(site, content, app, log=data / "asked.log", **behind), environment  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    port = free_port()
    found, environment = built(tmp_path_factory.mktemp("journeys"), port)
    live_port = int(environment["LMS_LIVE_SITE"].rpartition(":")[2])
    with gunicorn(port, environment, found.log), gunicorn(live_port, environment, Path(os.devnull), EVENTS):
        yield found
    with found.app.app_context():
        db.engine.dispose()


def start_gunicorn(
    port: int, environment: dict[str, str], log: Path, what: tuple[str, ...] = PAGES
) -> subprocess.Popen[bytes]:
    """In a session of its own, so that it can be killed with all its workers."""
    asked = "%(m)s %(U)s|%({host}i)s|%({sec-fetch-site}i)s|%({cookie}i)s"
    command = [
        sys.executable, "-m", "gunicorn", *what, f"--bind=127.0.0.1:{port}", "--no-control-socket",
        "--log-level=warning", "--graceful-timeout=1",
        f"--access-logfile={log}", f"--access-logformat={asked}",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True)
    _wait_for(server, port)
    return server


@contextmanager
def gunicorn(
    port: int, environment: dict[str, str], log: Path, what: tuple[str, ...] = PAGES
) -> Iterator[None]:
    server = start_gunicorn(port, environment, log, what)
    try:
        yield
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the application did not start")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=browser_path(), args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def context(chromium: Browser, running: Running) -> Iterator[BrowserContext]:
    fresh = chromium.new_context(base_url=running.site, locale="kk-KZ")
    fresh.set_default_timeout(10_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def sign_in(page: Page, login: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Пайдаланушы аты").fill(login)
    page.get_by_label("Құпиясөз").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/")
