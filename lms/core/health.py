"""Is it alive, is it ready, and numbers for whoever watches."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from typing import Any

from alembic.script import ScriptDirectory
from flask import Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import text

from lms.core.db import db
from lms.core.jobs.queries import counts
from lms.core.permissions import public
from lms.core.rooms import room
from lms.core.settings import Settings

blueprint = room("health", __name__)
registry = CollectorRegistry()
answers = Counter("lms_answers", "Answers by route and status", ["route", "status"], registry=registry)
seconds = Histogram(
    "lms_answer_seconds",
    "Time to answer by route",
    ["route"],
    registry=registry,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name; read when it is first imported


def metrics_environment(settings: Settings) -> dict[str, str]:
    """For whoever starts several processes: one empty folder in which they add up their numbers."""
    folder = settings.data_folder / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {FOLDER: str(folder)}


def init_health(app: Flask) -> None:
    """Before everything else, so that its `after` runs last and sees the answer as it leaves."""
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.counted_from = time.perf_counter()


def _count(response: Response) -> Response:
    route = request.endpoint or "none"
    answers.labels(route, str(response.status_code)).inc()
    seconds.labels(route).observe(time.perf_counter() - g.get("counted_from", time.perf_counter()))
    return response


@blueprint.get("/healthz")
@public
def healthz() -> Any:
    return {"alive": True}


@blueprint.get("/readyz")
@public
def readyz() -> Any:
    """Ready means: the database answers and has the tables of this version."""
    here = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    ready = here == ScriptDirectory(str(current_app.config["MIGRATIONS"])).get_current_head()
    return {"ready": ready}, 200 if ready else 503


@blueprint.get("/metrics")
@public
def metrics() -> Any:
    """Of all processes together where there are several. The proxy in front keeps strangers away."""
    together = registry
    if os.environ.get(FOLDER):
        together = CollectorRegistry()
        MultiProcessCollector(together)
    asked_now = CollectorRegistry()
    asked_now.register(JobNumbers())
    return Response(generate_latest(together) + generate_latest(asked_now), content_type=CONTENT_TYPE_LATEST)


class JobNumbers:
    """Read from the rows when somebody asks: how much is waiting is the same whichever process answers."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("lms_jobs", "Jobs by state", labels=["state"])
        for state, number in counts().items():
            jobs.add_metric([state], number)
        yield jobs
