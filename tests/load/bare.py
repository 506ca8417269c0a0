"""The least that keeps an answer: one route, one statement, one commit. What a bench is compared with."""

from __future__ import annotations

import os
from typing import Any

from flask import Flask, request
from sqlalchemy import Engine, create_engine, event, text

UPSERT = text("INSERT INTO bare VALUES (:key, :body) ON CONFLICT (id) DO UPDATE SET body = excluded.body")
TABLE = text("CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT)")


def engine_of(address: str) -> Engine:
    engine = create_engine(address, pool_size=20, max_overflow=20)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _as_ours)
    return engine


def prepare(address: str) -> None:
    with engine_of(address).begin() as connection:
        connection.execute(TABLE)


def create_app() -> Flask:
    plain, engine = Flask("bare"), engine_of(os.environ["LMS_BARE_DATABASE"])

    @plain.post("/<int:key>")
    def upsert(key: int) -> str:
        with engine.connect() as connection:
            connection.execute(UPSERT, {"key": key, "body": request.get_data(as_text=True)})
            connection.commit()
        return "ok"

    return plain


def _as_ours(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")
