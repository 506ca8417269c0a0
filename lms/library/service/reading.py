"""Reading what was uploaded: its words, pictures of its pages, and which resources it resembles."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from lms.core import ids, storage
from lms.core.db import db
from lms.core.jobs import ConfinedError, Work, job, run_confined
from lms.core.office import pdf_of
from lms.core.scratch import on_disk, scratch
from lms.library.alike import ALIKE, bands, fingerprint, share
from lms.library.file_kinds import ending
from lms.library.models import Resource, ResourceBand, ResourceFile, ResourceText, ResourceVersion
from lms.library.service.resources import changed

MEMORY_MB, SECONDS = 1536, 120
MOST_ALIKE = 5


@job("library.read", failures=3)
def read_version(work: Work) -> dict[str, Any]:
    version = db.session.get(ResourceVersion, UUID(work.payload["version"]))
    if version is None or version.reading != "waiting":
        return {}
    with scratch() as folder:
        found = _read(version, folder)
        pictures = [_kept(Path(one)) for one in found["pictures"]]
        work.effects()
        keep_reading(version, found["parts"], pictures, found["faults"])
    return {"parts": version.parts}


def _read(version: ResourceVersion, folder: Path) -> dict[str, Any]:
    """In a process of its own: whatever the files hold meets that process alone."""
    files = [
        {"path": str(on_disk(one.digest, folder)), "name": one.name}
        for one in version.files
        if one.role != "preview"
    ]
    for number, one in enumerate(files):
        one.update(_as_pdf(one, folder / f"pdf-{number}"))
    given = {"files": files, "folder": str(folder)}
    try:
        found: dict[str, Any] = run_confined(
            "lms.library.reading:read_files", given, memory_mb=MEMORY_MB, seconds=SECONDS
        )
    except ConfinedError as error:
        found = {"parts": [], "pictures": [], "faults": [["", error.code]]}
    return found


def _as_pdf(file: dict[str, str], folder: Path) -> dict[str, str]:
    """Where LibreOffice is there, documents of an office are looked at page by page like any PDF."""
    made = pdf_of(file["path"], ending(file["name"]), folder)
    return {"pdf": made} if made else {}


def _kept(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        blob = storage.keep(file, "image/jpeg")
    return blob.digest, blob.size


def keep_reading(
    version: ResourceVersion, parts: list[Any], pictures: list[tuple[str, int]], faults: list[Any]
) -> None:
    resource = db.session.get_one(Resource, version.resource_id)
    rows = [
        {"version_id": version.id, "number": number, "unit": unit, "place": place, "words": words}
        for number, (unit, place, words) in enumerate(parts, 1)
    ]
    db.session.execute(delete(ResourceText).where(ResourceText.version_id == version.id))
    if rows:
        db.session.execute(insert(ResourceText), rows)
    for number, (digest, size) in enumerate(pictures, 1):
        version.files.append(
            ResourceFile(
                id=ids.new_id(), number=1000 + number, role="preview", name=f"{number}.jpg", digest=digest, size=size,
                media_type="image/jpeg",
            )
        )  # fmt: skip
    version.parts = len(rows)
    version.reading = "read" if rows else "unreadable" if faults else "nothing"
    version.note = version.note or (faults[0][1] if faults else "")
    _compare(version, [row["words"] for row in rows])
    changed(resource)


def _compare(version: ResourceVersion, texts: list[str]) -> None:
    """Remember this text's fingerprint, and the resources whose text is nearly the same."""
    own = bands(fingerprint(texts))
    db.session.execute(delete(ResourceBand).where(ResourceBand.version_id == version.id))
    if own:
        version.alike = _alike(version, own)
        rows = [
            {"version_id": version.id, "band": number, "value": value} for number, value in enumerate(own)
        ]
        db.session.execute(insert(ResourceBand), rows)


def _alike(version: ResourceVersion, own: list[str]) -> list[list[Any]]:
    """Only texts that are shown now; versions of the same resource do not count."""
    candidates = (
        select(ResourceBand.version_id)
        .join(Resource, Resource.current_id == ResourceBand.version_id)
        .where(ResourceBand.value.in_(own), Resource.id != version.resource_id)
        .distinct()
        .limit(200)
    )
    rows = db.session.execute(
        select(Resource.id, ResourceBand.band, ResourceBand.value)
        .join(Resource, Resource.current_id == ResourceBand.version_id)
        .where(ResourceBand.version_id.in_(candidates))
        .order_by(Resource.id, ResourceBand.band)
    )
    theirs: dict[UUID, list[str]] = {}
    for key, _band, value in rows:
        theirs.setdefault(key, []).append(value)
    found = [(share(own, other), key) for key, other in theirs.items()]
    best = sorted((one for one in found if one[0] >= ALIKE), reverse=True)[:MOST_ALIKE]
    return [[str(key), round(part, 2)] for part, key in best]
