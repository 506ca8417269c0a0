"""The worker of these tests: does what waits, at once."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from lms.core.db import db, edge, make_engine
from lms.core.jobs import Job
from lms.core.jobs.models import WAITING
from lms.core.jobs.running import run


def do_what_waits(app: Flask, kind: str) -> None:
    with edge():
        key = db.session.scalars(select(Job.id).where(Job.kind == kind, Job.state == WAITING)).one()
    aside = make_engine(app.extensions["settings"])
    try:
        assert run(key, aside)
    finally:
        aside.dispose()
