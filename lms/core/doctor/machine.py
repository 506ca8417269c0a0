"""Settings, folders, the secret, the disk and the clock."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import func, select

from lms.core import clock
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.doctor.findings import Finding, error, ok, warning
from lms.core.settings import Settings

GIGABYTE = 1024**3
# nginx passes through the data folder to the files it sends, and lists nothing.
PASSING = stat.S_IXGRP | stat.S_IXOTH
# Before this program was written no clock can have been right.
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def settings(_full: bool) -> Iterator[Finding]:
    ours = _settings()
    site, content = urlsplit(ours.site), urlsplit(ours.content_site)
    if site.hostname == content.hostname:
        yield error(
            f"uploaded content has the same host as the pages ({site.hostname})",
            "Give LMS_CONTENT_SITE another host name or address; another port is no boundary.",
        )
    elif not ours.host_cookie:
        yield warning(
            f"{ours.site} is plain HTTP", "Serve it over https where you can; see docs/operating.md."
        )
    else:
        yield ok(f"{ours.site} and {ours.content_site} are two sites")
    known = {f"LMS_{one.name.upper()}" for one in fields(Settings)} | {"LMS_SETTINGS", "LMS_SHARED"}
    for name in sorted(set(os.environ) - known):
        if name.startswith("LMS_") and not name.startswith("LMS_TEST_"):
            yield warning(f"{name} is no setting", "See `lms settings` for the names there are.")
    if ours.sqlite_synchronous != "FULL":
        yield error("acknowledged work may be lost in a power cut", "Set LMS_SQLITE_SYNCHRONOUS=FULL.")


def data_folder(_full: bool) -> Iterator[Finding]:
    folder = _settings().data_folder
    if not os.access(folder, os.W_OK | os.X_OK):
        yield error(
            f"{folder} cannot be written", f"Give it to the user that runs the system: chown -R … {folder}"
        )
    elif _open_to_others(folder) & ~(PASSING if _settings().accel_prefix else 0):
        yield warning(f"other users of this machine can look into {folder}", f"chmod 700 {folder}")
    else:
        yield ok(f"{folder} is ours alone")


def secret(_full: bool) -> Iterator[Finding]:
    ours = _settings()
    file = ours.data_folder / "secret-key"
    if ours.secret_key and len(ours.secret_key) < 32:
        yield warning(
            "LMS_SECRET_KEY is short",
            "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'",
        )
    elif ours.secret_key:
        yield ok("LMS_SECRET_KEY is set")
    elif not file.exists():
        yield error(
            f"{file} is missing", "Bring it back from its copy: without it sealed values stay closed."
        )
    elif _open_to_others(file):
        yield error(f"other users can read {file}", f"chmod 600 {file}")
    else:
        yield ok(f"{file} is readable by us alone; keep a copy elsewhere")


def disk(_full: bool) -> Iterator[Finding]:
    total, _used, free = shutil.disk_usage(_settings().data_folder)
    said = f"{free / GIGABYTE:.1f} GB of {total / GIGABYTE:.1f} GB free"
    if free < GIGABYTE / 2:
        yield error(said, "Make room now: nothing can be saved on a full disk.")
    elif free < 2 * GIGABYTE or free < total / 20:
        yield warning(said, "Make room soon: move backups away or give LMS_DATA a larger disk.")
    else:
        yield ok(said)


def clock_is_right(_full: bool) -> Iterator[Finding]:
    now = clock.now()
    newest = db.session.scalar(select(func.max(AuditEntry.at)))
    if now < EARLIEST or (newest and now < newest - timedelta(minutes=2)):
        yield error(f"the clock says {now:%Y-%m-%d %H:%M} UTC", "Set it: timedatectl set-ntp true")
        return
    if db.engine.dialect.name == "postgresql":
        there = db.session.scalar(select(func.now()))
        if there and abs((there - now).total_seconds()) > 60:
            yield warning(
                "the clock of the database server differs by more than a minute", "Set both by NTP."
            )
            return
    yield ok(f"{now:%Y-%m-%d %H:%M} UTC")


def _open_to_others(path: Path) -> int:
    return path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
