"""The application under a clock that a test moves on: gunicorn finds `create_app` here, the file says by how much."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

import lms
from lms.core import clock


def create_app() -> Flask:
    ahead = Path(os.environ["LMS_CLOCK_AHEAD"])

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(ahead.read_text()))

    clock.now = now
    return lms.create_app()
