"""The doctor names what is wrong and what to do; a well installation passes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from lms.core import audit, storage
from lms.core.db import db, edge
from lms.core.doctor import ERROR, OK, WARNING, examine
from lms.core.jobs import enqueue
from lms.core.storage.folder import FolderStore


def found(name: str, full: bool = False) -> tuple[str, str, str]:
    """Level, text and advice of the worst finding of one check."""
    findings = [finding for check, finding in examine(full) if check == name]
    worst = max(findings, key=lambda one: (OK, WARNING, ERROR).index(one.level))
    return worst.level, worst.text, worst.advice


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Iterator[FolderStore]:
    before = app.extensions["store"]
    app.extensions["store"] = FolderStore(tmp_path)
    yield app.extensions["store"]
    app.extensions["store"] = before


def changed(app: Flask, monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], **values))


def test_a_well_installation_has_no_error(app: Flask) -> None:
    # Tests turn the sync to the disk off, which the doctor rightly calls an error.
    assert [one for one in examine() if one[1].level == ERROR and one[0] != "settings"] == []


def test_two_ports_of_one_host_are_no_boundary(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(app, monkeypatch, content_site="http://localhost:8001", sqlite_synchronous="FULL")
    assert found("settings")[:2] == (ERROR, "uploaded content has the same host as the pages (localhost)")


def test_a_flipped_byte_in_the_audit_log_names_its_row(app: Flask) -> None:
    with edge():
        for _ in range(5):
            audit.record("deed")
    with edge():
        db.session.execute(text("UPDATE audit_entry SET action = 'dead' WHERE number = 4"))
    level, said, _advice = found("audit log")
    assert level == ERROR
    assert said.startswith("entry 4 ")


def test_a_missing_and_a_changed_file_are_named(folder: FolderStore) -> None:
    with edge():
        gone, spoilt = (storage.keep(io.BytesIO(data)).digest for data in (b"gone", b"spoilt"))
    folder.remove(gone)
    assert found("files")[:2] == (ERROR, f"the file {gone} is missing")
    with edge():
        storage.keep(io.BytesIO(b"gone"))
    folder.path(spoilt).write_bytes(b"spoilT")
    assert found("files", full=True)[:2] == (ERROR, f"the file {spoilt} has been changed")


def test_a_secret_that_others_can_read_is_an_error(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changed(app, monkeypatch, secret_key="", data=str(tmp_path))
    assert found("secret key")[0] == ERROR
    (tmp_path / "secret-key").write_text("0" * 64)
    (tmp_path / "secret-key").chmod(0o644)
    assert found("secret key")[2] == f"chmod 600 {tmp_path}/secret-key"
    (tmp_path / "secret-key").chmod(0o600)
    assert found("secret key")[0] == OK


def test_a_folder_that_others_can_enter_is_a_warning(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changed(app, monkeypatch, data=str(tmp_path))
    tmp_path.chmod(0o755)
    assert found("data folder")[0] == WARNING
    tmp_path.chmod(0o700)
    assert found("data folder")[0] == OK
    changed(app, monkeypatch, data=str(tmp_path), accel_prefix="/stored/")
    tmp_path.chmod(0o711)  # nginx passes through
    assert found("data folder")[0] == OK


def test_a_setting_that_does_not_exist_is_named(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(app, monkeypatch, sqlite_synchronous="FULL")
    monkeypatch.setenv("LMS_REDIS", "redis://127.0.0.1")
    assert found("settings")[:2] == (WARNING, "LMS_REDIS is no setting")


@pytest.mark.parametrize(("free", "level"), [(0.1, ERROR), (1.0, WARNING), (50.0, OK)])
def test_a_disk_that_fills_up_is_noticed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, free: float, level: str
) -> None:
    usage = (100 * 1024**3, 0, int(free * 1024**3))
    monkeypatch.setattr("lms.core.doctor.machine.shutil.disk_usage", lambda _path: usage)
    assert found("disk")[0] == level


def test_a_clock_behind_its_own_records_is_wrong(app: Flask) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)), edge():
        audit.record("from the future")
    assert found("clock")[0] == ERROR


def test_jobs_that_wait_for_long_say_that_no_worker_runs(app: Flask) -> None:
    with edge():
        row = enqueue("core.sweep-files")
        row.due_at = datetime.now(UTC) - timedelta(hours=1)
    assert found("jobs")[2] == "Start the worker: lms jobs work"
    with edge():
        row.state = "failed"
    assert found("jobs")[:2] == (WARNING, "1 failed")


def test_tables_of_another_version_are_an_error(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.core.doctor.database.revision_here", lambda: "0001")
    assert found("tables")[0] == ERROR


def test_a_check_that_cannot_be_made_is_an_error_and_the_others_go_on(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Any:
        raise ConnectionError("no line")

    monkeypatch.setattr("lms.core.doctor.work.queue", away)
    assert found("queue")[:2] == (ERROR, "could not be checked: no line")


def test_a_missing_and_an_old_backup_are_named(app: Flask) -> None:
    assert found("backup")[:2] == (WARNING, "no backup was ever made here")
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False), edge():
        audit.record("backup.made")
    with time_machine.travel(datetime(2026, 11, 7, tzinfo=UTC), tick=False):
        assert found("backup")[0] == OK
    with time_machine.travel(datetime(2026, 11, 21, tzinfo=UTC), tick=False):
        assert found("backup")[:2] == (WARNING, "the last backup is of 2026-11-01")
