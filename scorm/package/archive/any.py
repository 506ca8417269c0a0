"""Whatever a path names: a zip, a folder, or a manifest on its own."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from scorm.errors import PackageRefused
from scorm.package.archive.loose import from_folder, from_manifest
from scorm.package.archive.zip import open_package
from scorm.package.files import Package
from scorm.package.limits import DEFAULT, Limits

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<", b"\x00<")


def open_any(path: str | PathLike[str], limits: Limits = DEFAULT) -> Package:
    """Content tells a manifest from a zip, not the name: ADL's manifests are called after their cases."""
    place = Path(path)
    if place.is_dir():
        return from_folder(place, limits)
    return from_manifest(place, limits) if _looks_like_xml(place) else open_package(place, limits)


def _looks_like_xml(place: Path) -> bool:
    try:
        with place.open("rb") as file:
            return file.read(64).lstrip(b" \t\r\n").startswith(_MARKS)
    except (OSError, ValueError):
        raise PackageRefused("cannot-be-read", place.name) from None
