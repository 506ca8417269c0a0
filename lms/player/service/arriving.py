"""Where the archive of a new version comes from: an upload, a repair, or an older version with one file replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from lms.core import storage, uploads
from lms.core.db import db
from lms.core.jobs import GiveUp, Work, run_confined
from lms.core.scratch import on_disk, scratch
from lms.player.models import PackageVersion

ZIP = "application/zip"
SECONDS = 90  # writing a large archive anew costs more than reading it


def fetch_archive(work: Work, version: PackageVersion) -> None:
    """Kept by its hash and committed at once: should the work break off later, this step is not done again."""
    if version.archive is not None:
        return
    if "upload" in work.payload:
        changes, digest, size = _from_upload(UUID(work.payload["upload"]))
    else:
        changes, digest, size = _rewritten(work.payload)
    version.archive, version.size, version.repairs = digest, size, changes
    work.keep({"archive": digest})


def _from_upload(key: UUID) -> tuple[list[dict[str, str]], str, int]:
    row = db.session.get(uploads.Upload, key)
    if row is None or not row.complete:
        raise GiveUp("upload-gone")
    blob = uploads.take(row)
    return [], blob.digest, blob.size


def _rewritten(payload: dict[str, Any]) -> tuple[list[dict[str, str]], str, int]:
    with scratch() as folder:
        out = folder / "archive.zip"
        changes = _rewrite(payload, folder, out)
        with out.open("rb") as file:
            blob = storage.keep(file, ZIP)
    return changes, blob.digest, blob.size


def _rewrite(payload: dict[str, Any], folder: Path, out: Path) -> list[dict[str, str]]:
    base = {"path": str(on_disk(payload["base"], folder)), "out": str(out)}
    if "member" not in payload:
        changes: list[dict[str, str]] = run_confined("scorm.package.apart:mend", base, seconds=SECONDS)
        return changes
    fresh = on_disk(payload["replacement"], folder)
    given = {**base, "member": payload["member"], "replacement": str(fresh)}
    changes = run_confined("scorm.package.apart:exchange", given, seconds=SECONDS)
    return changes
