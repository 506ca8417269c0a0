"""Commits with 4 KB of suspend_data beside a bare endpoint that upserts one row, in the same process and run.

Threads in one process stand for 32 clients; the figures are ratios, because a shared machine is as fast as it likes.
On SQLite, and on PostgreSQL too where LMS_TEST_POSTGRES names a server on which databases may be made.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from lms import create_app
from lms.core.db import db, edge
from lms.core.settings import load_settings
from lms.player.models import Registration
from lms.player.views import runtime
from tests.cast import Cast
from tests.lms.player.conftest import Player
from tests.shelved import files_of, shelved

POSTGRES = os.environ.get("LMS_TEST_POSTGRES", "")
CLIENTS, EACH = 32, 40
STATE = "ә" * 2_000  # 4 KB


def main() -> None:
    runtime.PER_MINUTE = 10**9
    print("on SQLite, every commit flushed to the disk")
    _on("")
    if POSTGRES:
        print("on PostgreSQL, as it is set up")
        with scratch_database() as address:
            _on(address)


def _on(address: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        given: dict[str, Any] = {
            "data": folder, "log_level": "ERROR", "secret_key": "bench", "package_sites": False,
        }  # fmt: skip
        app = create_app(load_settings({}, **given, **({"database_url": address} if address else {})))
        with app.app_context():
            upgrade()
            _measure(app)
            db.session.remove()
            db.engine.dispose()


@contextmanager
def scratch_database() -> Iterator[str]:
    name, admin = f"lms_bench_{os.getpid()}", create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
        try:
            yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
        finally:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


def _measure(app: Flask) -> None:
    players = _players(app)
    numbers = count()
    bare = _bare()
    rate, bare_rate = (
        run("commits", lambda one: players[one].sends({"cmi.suspend_data": f"{STATE}{next(numbers)}"})),
        run("bare upserts", bare),
    )
    print(f"{'ratio':>14}: {rate / bare_rate:.2f} of the bare rate (wanted: at least 0.33)")


def _players(app: Flask) -> list[Player]:
    cast = Cast(app)
    version = shelved(files_of("physics-pressure-2004"), cast.school, cast.person("methodologist"))
    found = []
    for number in range(CLIENTS):
        person = cast.person("student", login=f"pupil-{number}")
        with edge():
            row = Registration(person_id=person.id, version_id=version.id, path="/", seed=number)
            db.session.add(row)
        player = Player(app, row.id)
        player.enters()
        found.append(player)
    return found


def _bare() -> Callable[[int], Any]:
    """A Flask of its own on the same database: one route, one statement, one commit."""
    plain, engine = Flask("bare"), db.engine
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT)"))

    @plain.post("/<int:key>")
    def upsert(key: int) -> str:
        with engine.connect() as connection:
            connection.execute(
                text(
                    "INSERT INTO bare VALUES (:key, :body) ON CONFLICT (id) DO UPDATE SET body = excluded.body"
                ),
                {"key": key, "body": STATE},
            )
            connection.commit()
        return "ok"

    clients = [plain.test_client() for _ in range(CLIENTS)]
    return lambda one: clients[one].post(f"/{one}", data=STATE.encode())


def run(name: str, work: Callable[[int], Any]) -> float:
    taken: list[float] = []

    def client(number: int) -> None:
        for _ in range(EACH):
            begun = time.perf_counter()
            assert work(number).status_code == 200
            taken.append(time.perf_counter() - begun)

    begun, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))
    passed, spent = time.perf_counter() - begun, time.process_time() - cpu
    taken.sort()
    total, middle, late = len(taken), taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(
        f"{name:>14}: {total / passed:7.0f} /s · p50 {1000 * middle:6.1f} ms · p99 {1000 * late:6.1f} ms"
        f" · {1000 * spent / total:5.2f} ms of CPU, the test client included"
    )
    return total / passed


if __name__ == "__main__":
    main()
