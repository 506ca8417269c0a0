"""Opening a package for the headless player: a zip, a folder, or a manifest on its own."""

from __future__ import annotations

from scorm.package.archive import open_any
from scorm.package.findings import Finding
from scorm.package.manifest import read
from scorm.package.model import Manifest


def open_manifest(path: str) -> tuple[Manifest, list[Finding]]:
    with open_any(path) as package:
        return read(package)
