"""Signs of life measured while the page is made: each is well, worth a look, or wrong, with what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version

from alembic.script import ScriptDirectory
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select, text

from lms.core import clock
from lms.core.audit import AuditEntry
from lms.core.db import db
from lms.core.i18n import moment, number
from lms.core.jobs import Job
from lms.core.jobs.models import FAILED, WAITING
from lms.core.jobs.queue import queue
from lms.core.settings import Settings
from lms.core.storage import Blob

GOOD, WARNING, BAD = "good", "warning", "bad"
GIGABYTE = 1024**3
PATIENCE = timedelta(minutes=10)
BACKUP_DAYS = 2


@dataclass(frozen=True)
class Sign:
    name: str
    state: str
    text: str
    advice: str = ""


def signs() -> list[Sign]:
    """Each is looked for whatever the one before it found."""
    return [found for check in CHECKS for found in _found(check)]


def _found(check: Callable[[], Iterator[Sign]]) -> list[Sign]:
    try:
        return list(check())
    except Exception as error:
        db.session.rollback()
        return [Sign(_("A check"), BAD, _("It could not be made: %(error)s", error=str(error)[:300]))]


def _program() -> Iterator[Sign]:
    try:
        ours = version("mektep-lms")
    except PackageNotFoundError:
        ours = "—"
    yield Sign(_("Program"), GOOD, _("Version %(version)s, Python %(python)s",
                                     version=ours, python=platform.python_version()))  # fmt: skip


def _database() -> Iterator[Sign]:
    here = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    wanted = ScriptDirectory(str(current_app.config["MIGRATIONS"])).get_current_head()
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[db.engine.dialect.name]
    size = _("%(name)s, %(size)s MB", name=name, size=number(round(_database_bytes() / 1024**2, 1)))
    if here == wanted:
        yield Sign(_("Database"), GOOD, size)
    else:
        yield Sign(_("Database"), BAD, _("Its tables are of another version than the program."),
                   _("Stop the system, make a backup, then run: lms migrate"))  # fmt: skip


def _database_bytes() -> int:
    if db.engine.dialect.name == "postgresql":
        return db.session.scalar(text("SELECT pg_database_size(current_database())")) or 0
    return os.path.getsize(str(db.engine.url.database))


def _storage() -> Iterator[Sign]:
    files, size = db.session.execute(select(func.count(), func.coalesce(func.sum(Blob.size), 0))).one()
    where = _("in a bucket of S3") if _settings().storage_url else _("in a folder of this machine")
    yield Sign(_("Stored files"), GOOD, _("%(files)s files, %(size)s MB, %(where)s", files=number(files),
                                          size=number(round(int(size) / 1024**2, 1)), where=where))  # fmt: skip


def _jobs() -> Iterator[Sign]:
    failed, waiting, since = db.session.execute(
        select(
            func.count().filter(Job.state == FAILED), func.count().filter(Job.state == WAITING),
            func.min(Job.due_at).filter(Job.state == WAITING),
        )
    ).one()  # fmt: skip
    if since and clock.now() - since > PATIENCE:
        yield Sign(_("Jobs"), BAD, _("Jobs have been waiting since %(moment)s.", moment=moment(since)),
                   _("Start the worker: lms jobs work"))  # fmt: skip
    elif failed:
        yield Sign(_("Jobs"), WARNING, _("Failed: %(failed)s, waiting: %(waiting)s", failed=failed, waiting=waiting),
                   _("Look at them on the page “Jobs” and start them again."))  # fmt: skip
    else:
        yield Sign(_("Jobs"), GOOD, _("None failed; waiting: %(waiting)s", waiting=waiting))


def _queue() -> Iterator[Sign]:
    where = "Redis" if _settings().redis_url else _("a file of this machine")
    yield Sign(
        _("Queue"), GOOD, _("It answers: %(where)s, in line: %(length)s", where=where, length=len(queue()))
    )


def _disk() -> Iterator[Sign]:
    total, _used, free = shutil.disk_usage(_settings().data_folder)
    said = _("Free: %(free)s GB of %(total)s GB", free=number(round(free / GIGABYTE, 1)),
             total=number(round(total / GIGABYTE, 1)))  # fmt: skip
    if free < GIGABYTE / 2:
        yield Sign(_("Disk"), BAD, said, _("Make room now: nothing can be saved on a full disk."))
    elif free < 2 * GIGABYTE or free < total / 20:
        yield Sign(_("Disk"), WARNING, said, _("Make room soon: move backups away or add a larger disk."))
    else:
        yield Sign(_("Disk"), GOOD, said)


def _backup() -> Iterator[Sign]:
    last = db.session.scalar(select(func.max(AuditEntry.at)).where(AuditEntry.action == "backup.made"))
    advice = _("Make one every night: lms backup FOLDER")
    if last is None:
        yield Sign(_("Last backup"), WARNING, _("No backup is on record."), advice)
    elif clock.now() - last > timedelta(days=BACKUP_DAYS):
        yield Sign(_("Last backup"), WARNING, moment(last), advice)
    else:
        yield Sign(_("Last backup"), GOOD, moment(last))


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


CHECKS = (_program, _database, _storage, _jobs, _queue, _disk, _backup)
