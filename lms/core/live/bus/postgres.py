"""PostgreSQL: NOTIFY in the transaction itself, heard when it commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import text
from sqlalchemy.engine import make_url

from lms.core.db import db
from lms.core.live.bus.base import NAME, Ear
from lms.core.settings import Settings


class PostgresBus:
    def __init__(self, settings: Settings) -> None:
        url = make_url(settings.database_url).set(drivername="postgresql")
        self.address = url.render_as_string(hide_password=False)

    def announce(self) -> None:
        db.session.execute(text(f"NOTIFY {NAME}"))

    @contextmanager
    def ear(self) -> Iterator[Ear]:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"LISTEN {NAME}")
            yield PostgresEar(connection)


class PostgresEar:
    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def wait(self, seconds: float) -> None:
        for _call in self.connection.notifies(timeout=seconds, stop_after=1):
            pass
