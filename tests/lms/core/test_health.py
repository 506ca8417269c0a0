"""Alive, ready, and numbers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from lms.core.db import edge
from lms.core.health import FOLDER, metrics_environment
from lms.core.jobs import enqueue
from lms.core.settings import load_settings
from tests.cast import Cast


def test_ready_means_the_tables_of_this_version(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    assert client.get("/healthz", base_url="http://10.0.0.7").status_code == 200
    assert client.get("/readyz", base_url="http://10.0.0.7").status_code == 200
    monkeypatch.setattr("lms.core.health.ScriptDirectory.get_current_head", lambda self: "9999")
    assert client.get("/readyz").status_code == 503


def test_the_numbers_name_routes_not_addresses_and_count_what_waits(cast: Cast) -> None:
    cast.visitor().get("/sign-in?next=/secret")
    with edge():
        enqueue("core.sweep-files")
    text = cast.app.test_client().get("/metrics").text
    assert re.search(r'lms_answers_total\{route="people.sign_in",status="200"\} \d', text)
    assert re.search(r'lms_answer_seconds_bucket\{le="10.0",route="people.sign_in"\} \d', text)
    assert 'lms_jobs{state="waiting"} 1.0' in text
    assert "secret" not in text


COUNTING = """
from lms import create_app
from lms.core.db import Base, db
app = create_app()
with app.app_context():
    Base.metadata.create_all(db.engine)
client = app.test_client()
client.get("/healthz")
print(client.get("/metrics").text)
"""


def test_several_processes_add_up_and_a_new_start_begins_at_nothing(tmp_path: Path) -> None:
    settings = load_settings({}, data=str(tmp_path))

    def one_more(environment: dict[str, str]) -> str:
        mine = {**os.environ, "LMS_DATA": str(tmp_path), "LMS_LOG_LEVEL": "ERROR", **environment}
        done = subprocess.run(
            [sys.executable, "-c", COUNTING], env=mine, capture_output=True, text=True, check=True
        )
        return re.search(r'route="health.healthz",status="200"\} (\S+)', done.stdout)[1]  # type: ignore[index]

    together = metrics_environment(settings)
    assert list(together) == [FOLDER]
    assert [one_more(together), one_more(together)] == ["1.0", "2.0"]
    assert one_more(metrics_environment(settings)) == "1.0"
