"""The inspection of a package, behind the page: opened in a process of its own, kept only when it may be played.

What is hostile about a package meets that process alone. It unpacks into one long file; here its pieces are
kept by their hashes, a few at a time, so that nobody waits long for the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from lms.core import audit, storage
from lms.core.db import db
from lms.core.jobs import ConfinedError, Work, job, run_confined
from lms.core.scratch import on_disk, scratch
from lms.core.storage.folder import Part
from lms.player.media_types import media_type
from lms.player.models import PackageFile, PackageVersion
from lms.player.service.arriving import fetch_archive
from lms.player.service.belonging import describe

MEMORY_MB, SECONDS = 512, 60
TOGETHER_BYTES, TOGETHER_FILES = 4 * 1024 * 1024, 32  # kept between two commits


@job("player.inspect-package", failures=3)
def inspect_package(work: Work) -> dict[str, Any]:
    version = db.session.get(PackageVersion, UUID(work.payload["version"]))
    if version is None or version.state != "inspecting":
        return {}
    try:
        fetch_archive(work, version)
        with scratch() as folder:
            found = _inspected(version, folder)
            files = [] if found["refused"] else list(_kept(work, found["files"], folder / "spool"))
    except ConfinedError as error:
        found = {"refused": True, "findings": [_not_examined(error)]}
    work.effects()
    if found["refused"]:
        _refuse(version, found["findings"])
    else:
        _accept(version, found, files)
    return {"state": version.state}


def _inspected(version: PackageVersion, folder: Path) -> dict[str, Any]:
    given = {"path": str(on_disk(str(version.archive), folder)), "spool": str(folder / "spool")}
    found: dict[str, Any] = run_confined(
        "scorm.package.apart:inspect", given, memory_mb=MEMORY_MB, seconds=SECONDS
    )
    return found


def _kept(work: Work, files: list[list[Any]], spool: Path) -> Iterator[dict[str, Any]]:
    """A commit every few files. Should the work end here, nothing names them and the sweep takes them away."""
    total, done, since, count = sum(size for _, _, size, _ in files), 0, 0, 0
    for path, start, size, encoding in files:
        with spool.open("rb") as file:
            file.seek(start)
            kind = media_type(path, encoding)
            digest = storage.keep(Part(file, size), kind).digest
        yield {"path": path, "digest": digest, "size": size, "media_type": kind}
        done, since, count = done + size, since + size, count + 1
        if since >= TOGETHER_BYTES or count >= TOGETHER_FILES:
            work.keep({})
            work.progress(done, total)
            since = count = 0
    work.keep({})


def _accept(version: PackageVersion, found: dict[str, Any], files: list[dict[str, Any]]) -> None:
    describe(version, found)
    version.state, version.edition = "ready", found["edition"]
    version.contents, version.findings = found["contents"], found["findings"]
    version.manifest = next(one["digest"] for one in files if one["path"] == found["manifest_name"])
    rows = [{"version_id": version.id, **one} for one in files]
    db.session.flush()
    db.session.execute(insert(PackageFile), rows)
    audit.record("package.inspected", version, path=version.package.path, files=len(rows))


def _refuse(version: PackageVersion, findings: list[dict[str, Any]]) -> None:
    """Nothing of it stays: its archive is no longer needed and will be swept away."""
    version.state, version.findings, version.archive = "refused", findings, None
    audit.record("package.refused", version, path=version.package.path, codes=_codes(findings))


def _codes(findings: list[dict[str, Any]]) -> str:
    return " ".join(sorted({one["code"] for one in findings if one["level"] == "error"}))


def _not_examined(error: ConfinedError) -> dict[str, Any]:
    return {"code": "cannot-be-examined", "level": "error", "where": error.code, "remedy": "", "values": {}}
