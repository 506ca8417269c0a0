"""Fixtures for everyone: an application on an empty, migrated database, and the network switched off."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import Context
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
import redis
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import create_engine, event, text
from xdist.scheduler import LoadScopeScheduling

from lms import create_app
from lms.core.db import Base, db, edge
from lms.core.settings import Settings, load_settings
from lms.people import passwords
from tests.cast import Cast

POSTGRES = os.environ.get("LMS_TEST_POSTGRES", "")  # an address that may create databases; empty = SQLite
REDIS = os.environ.get("LMS_TEST_REDIS", "")


class OneBrowser(LoadScopeScheduling):
    """Journeys share one server and one browser, so one process has them all: two browsers at once on two cores make
    waits of people out of waits of milliseconds. It begins with them, and the other process does the rest."""

    def _split_scope(self, nodeid: str) -> str:
        return "journeys" if nodeid.startswith("tests/journeys/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneBrowser:
    return OneBrowser(config, log)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis database for this process alone: queues and counters of two test workers never meet."""
    if not REDIS:
        yield ""
        return
    for number in range(15, 0, -1):
        with Path(gettempdir(), f"lms-tests-redis-{number}.lock").open("w") as claim:
            try:
                fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)  # ends with this process, however it ends
            except BlockingIOError:
                continue
            url = f"{REDIS.rpartition('/')[0]}/{number}"
            redis.Redis.from_url(url).flushdb()
            yield url
            return
    raise AssertionError("fifteen test workers use Redis already")


@pytest.fixture(scope="session")
def test_settings(tmp_path_factory: pytest.TempPathFactory, redis_url: str) -> Iterator[Settings]:
    data = tmp_path_factory.mktemp("data")
    common: dict[str, Any] = {
        "data": str(data), "sqlite_synchronous": "OFF", "log_level": "ERROR", "secret_key": "only for tests",
        "redis_url": redis_url, "package_sites": False,
    }  # fmt: skip
    if not POSTGRES:
        yield load_settings({}, **common)
        return
    name = f"lms_test_{os.getpid()}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    try:
        yield load_settings({}, **common, database_url=POSTGRES.rsplit("/", 1)[0] + f"/{name}")
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


class OutsideClient(FlaskClient):
    """Requests come from outside: they never share `g` or a session with the test that sends them."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Hundreds of sign-ins with the real cost would be most of the suite's time; a test of its own holds the cost."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(passwords, "_hasher", cheap)
        patch.setattr(passwords, "_NOBODY", cheap.hash("nobody"))
        yield


@pytest.fixture(scope="session")
def _migrated(test_settings: Settings) -> Iterator[Flask]:
    app = create_app(test_settings)
    app.testing = True
    app.test_client_class = OutsideClient
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(_migrated: Flask) -> Iterator[Flask]:
    """The application with an open context; whatever the test wrote is gone afterwards."""
    with _migrated.app_context():
        yield _migrated
        db.session.rollback()
        db.session.remove()
        with edge():
            for table in reversed(Base.metadata.sorted_tables):
                db.session.execute(table.delete())
    _migrated.extensions["tries"].storage.reset()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Known schools and people, and a browser for each of them."""
    return Cast(app)


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with statements() as sent:` gathers the SQL of every request made inside.

    BEGIN does not count, nor the lock by which writers queue on PostgreSQL: on SQLite that is part of BEGIN.
    """

    @contextmanager
    def gathering() -> Iterator[list[str]]:
        sent: list[str] = []

        def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if not statement.startswith(("BEGIN", "SELECT pg_advisory_xact_lock")):
                sent.append(statement)

        # The engine, not the session: a request of a test client runs in a context of its own.
        event.listen(db.engine, "before_cursor_execute", hear)
        try:
            yield sent
        finally:
            event.remove(db.engine, "before_cursor_execute", hear)

    return gathering


@pytest.fixture(scope="session")
def shared() -> Path | None:
    """The conformance material beside the project, when it is there."""
    folder = Path(os.environ.get("LMS_SHARED", Path(__file__).parent.parent.parent / "shared"))
    return folder if folder.is_dir() else None


@pytest.fixture(autouse=True)
def _network_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests talk to this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test wanted to talk to {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
