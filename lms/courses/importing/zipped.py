"""A zip says itself what it is: a course made here, a cartridge of another system, a SCORM package, or pages of HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lms.core.xml import XmlRefused, parse
from lms.courses.importing import cartridge, pages, source
from lms.courses.zips import SafeZip, ZipRefused

MANIFEST = "imsmanifest.xml"


def read(path: str) -> dict[str, Any]:
    try:
        archive = SafeZip(Path(path).read_bytes())
        return _read(archive)
    except (ZipRefused, XmlRefused) as error:
        return {"refused": error.code}
    except RecursionError:
        return {"refused": "too-deep"}


def _read(archive: SafeZip) -> dict[str, Any]:
    if source.BLOCKS in archive.entries:
        return source.read(archive)
    if MANIFEST in archive.entries:
        manifest = parse(archive.read(MANIFEST))
        if cartridge.is_cartridge(manifest):
            return cartridge.read(archive, manifest)
        return {"refused": "foreign-scorm"}
    if pages.names_of(archive):
        return pages.read(archive)
    return {"refused": "nothing-known"}


def read_page(path: str) -> dict[str, Any]:
    """One page of HTML by itself; its pictures have not come along."""
    return pages.read_alone(Path(path).read_bytes())
