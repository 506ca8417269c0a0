"""A Common Cartridge that arrived: taken apart in a process of its own, its files kept, its records as lines to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lms.core import storage
from lms.core.imports.findings import Finding
from lms.core.jobs import ConfinedError, run_confined
from lms.core.scratch import scratch
from lms.core.storage.folder import Part
from lms.library.carried import told
from lms.library.carrying.opening import NotACarrier
from lms.library.lists import file_cell
from lms.library.reading.cartridge import MANIFEST

MEMORY_MB, SECONDS = 512, 120
NOTES = {
    "test": "cartridge_tests", "topic": "cartridge_topics", "tool": "cartridge_tools", "gone": "cartridge_gone",
    "file": "cartridge_files", "link": "cartridge_links", "too_many": "cartridge_rest",
}  # fmt: skip


def is_package(path: Path) -> bool:
    """It has the list of contents that cartridges have, and not the one of our signed files."""
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError):
        return False
    return MANIFEST in names and "signature.json" not in names


def taken_apart(path: Path) -> bytes:
    with scratch() as folder:
        spool = folder / "spool"
        given = {"path": str(path), "spool": str(spool)}
        try:
            found = run_confined(
                "lms.library.reading.cartridge:read", given, memory_mb=MEMORY_MB, seconds=SECONDS
            )
        except ConfinedError as error:
            raise NotACarrier("time" if error.code == "time" else "too-large-inside") from error
        if "refused" in found:
            raise NotACarrier(found["refused"])
        if not found["records"]:
            raise NotACarrier("nothing-inside")
        digests = [_stored(one, spool) for one in found["files"]]
    notes = [Finding(NOTES[code], facts={"count": count}, bad=False) for code, count in sorted(found["missed"].items())]  # fmt: skip
    return told(notes, [_line(one, digests) for one in found["records"]])


def _line(record: dict[str, Any], digests: list[str]) -> dict[str, Any]:
    files = [
        {"cell": file_cell(one["name"], digests[one["at"]]), "role": one["role"], "language": ""}
        for one in record["files"]
    ]
    return {**record, "files": files}


def _stored(file: dict[str, Any], spool: Path) -> str:
    with spool.open("rb") as whole:
        whole.seek(file["start"])
        return storage.keep(Part(whole, file["size"])).digest
