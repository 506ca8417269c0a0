"""Courses and packages in the library's search: a row beside the resources that leads to their own page, and nothing more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from lms.core import clock, ids
from lms.core.db import db
from lms.core.findable import JOB, Entry, findables
from lms.core.jobs import ConfinedError, Work, enqueue, job, run_confined
from lms.core.scratch import on_disk, scratch
from lms.library.models import Resource, ResourceText, ResourceVersion
from lms.library.service.resources import changed

MEMORY_MB, SECONDS = 1024, 60
READ_AS = "2:"  # goes before the stamp; another way of reading has another, and everything is read anew
Parts = list[tuple[str, int, str]]


@job(JOB, failures=3)
def refresh_one(work: Work) -> dict[str, Any]:
    code, key = work.payload["code"], UUID(work.payload["key"])
    _refresh(work, code, key)
    enqueue("library.index")
    return {"key": str(key)}


@job("library.mirror-all", daily=True)
def refresh_all(work: Work) -> dict[str, Any]:
    """Whatever was missed in a day: things that are new, and rows whose thing is gone."""
    count = 0
    for code, kind in findables().items():
        keys = set(kind.keys()) | {UUID(one.partition(":")[2]) for one in _origins(code)}
        for key in sorted(keys):
            _refresh(work, code, key)
            work.keep({})
            count += 1
    enqueue("library.index")
    return {"entries": count}


def _refresh(work: Work, code: str, key: UUID) -> None:
    entry = findables()[code].entry(key)
    row = _row(code, key)
    parts = None
    if entry is not None and (row is None or _stamp(row) != READ_AS + entry.stamp):
        parts = _words(entry)  # takes its time, so before anything is locked
    work.effects()
    row = _row(code, key)
    if entry is None:
        if row is not None:
            _drop(row)
        return
    row = _said(row, code, entry)
    if parts is not None:
        _keep_words(row, entry, parts)
    changed(row, quietly=True)


def _row(code: str, key: UUID) -> Resource | None:
    return db.session.scalar(
        select(Resource).where(Resource.origin == f"{code}:{key}", Resource.state == "mirror")
    )


def _origins(code: str) -> list[str]:
    here = select(Resource.origin).where(Resource.state == "mirror", Resource.kind == code)
    return list(db.session.scalars(here))


def _stamp(row: Resource) -> str:
    version = db.session.get(ResourceVersion, row.current_id) if row.current_id else None
    return version.note if version else ""


def _said(row: Resource | None, code: str, entry: Entry) -> Resource:
    if row is None:
        row = Resource(
            id=ids.new_id(), origin=f"{code}:{entry.key}", state="mirror", kind=code, offline=False
        )
        row.published_at = clock.now()
        db.session.add(row)
    row.place_id, row.path, row.owner_id, row.link = entry.place_id, entry.path, entry.owner_id, entry.link
    for name, value in entry.facts.items():
        setattr(row, name, value)
    db.session.flush()
    return row


def _keep_words(row: Resource, entry: Entry, parts: Parts) -> None:
    row.current_id = None
    _forget_versions(row)
    version = ResourceVersion(
        id=ids.new_id(), resource_id=row.id, made_by=row.owner_id, note=READ_AS + entry.stamp, reading="read", parts=len(parts)
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    rows = [
        {"version_id": version.id, "number": number, "unit": unit, "place": place, "words": words}
        for number, (unit, place, words) in enumerate(parts, 1)
    ]
    if rows:
        db.session.execute(insert(ResourceText), rows)
    row.current_id = version.id


def _words(entry: Entry) -> Parts:
    """Pages are a stranger's: they are read in a process of its own, like any file."""
    if not entry.pages:
        return list(entry.parts)
    with scratch() as folder:
        files = [{"path": str(on_disk(one, folder)), "name": "page.html"} for one in entry.pages]
        try:
            found = run_confined(
                "lms.library.reading:read_files", {"files": files, "folder": str(folder)}, memory_mb=MEMORY_MB,
                seconds=SECONDS,
            )  # fmt: skip
        except ConfinedError:
            return list(entry.parts)
    pages: Parts = [("part", number, one[2]) for number, one in enumerate(found["parts"], 1)]
    return [*entry.parts, *pages]


def _forget_versions(row: Resource) -> None:
    own = select(ResourceVersion.id).where(ResourceVersion.resource_id == row.id)
    for model, condition in (
        (ResourceText, ResourceText.version_id.in_(own)), (ResourceVersion, ResourceVersion.resource_id == row.id),
    ):  # fmt: skip
        db.session.execute(delete(model).where(condition).execution_options(synchronize_session=False))


def _drop(row: Resource) -> None:
    enqueue("library.unlist", {"keys": [str(row.id)]})
    _forget_versions(row)
    gone = delete(Resource).where(Resource.id == row.id)
    db.session.execute(gone.execution_options(synchronize_session=False))
    db.session.expunge(row)
