"""What commands share: an application, and one edge around the whole command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from lms import create_app
from lms.core.db import db, edge
from lms.core.settings import load_settings


@contextmanager
def application(writes: bool = False) -> Iterator[Flask]:
    app = create_app(load_settings(log_level="WARNING"))
    with app.app_context():
        try:
            if writes:
                with edge():
                    yield app
            else:
                yield app
        finally:
            db.session.remove()
            db.engine.dispose()
