"""Putting right what can be put right without guessing, and saying what was changed.

A repaired package is a new zip: names in UTF-8, manifest at the root and in UTF-8, no junk, no folder around it.
What the manifest means is never changed, only how it is written. Repairing twice changes nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import IO

from lxml import etree

from scorm.errors import PackageRefused
from scorm.package.archive import open_any
from scorm.package.check.remedies import REPAIRABLE
from scorm.package.files import Package
from scorm.package.limits import DEFAULT, Limits
from scorm.package.manifest import read
from scorm.package.repair_manifest import repair_manifest
from scorm.package.writer import MANIFEST_NAME, FileSource, write_zip
from scorm.package.xml import read_xml

# Put right by the mere fact that names, zip and manifest are written anew.
_REWRITTEN = frozenset(
    {
        "wrapping-folder",
        "members-outside",
        "junk-dropped",
        "names-with-backslashes",
        "names-encoding",
        "manifest-name-case",
        "xml-encoding-wrong",
        "xml-version",
        "xml-space-before-declaration",
    }
)


@dataclass(frozen=True)
class Change:
    """`code` is the remedy that was applied, `where` the member, line or item it concerns."""

    code: str
    where: str = ""


def repair(path: str | PathLike[str], out: IO[bytes], limits: Limits = DEFAULT) -> list[Change]:
    """Write the repaired package; PackageRefused where it is beyond repair."""
    with open_any(Path(path), limits) as package:
        if not package.complete:
            raise PackageRefused("manifest-alone", package.manifest_name)
        manifest, findings = read(package)
        document = read_xml(package.read_manifest(), package.manifest_name, limits)
        edits = repair_manifest(document, manifest, package)
        changes = [Change(code, where) for code, where in edits]
        changes += [
            Change(REPAIRABLE[one.code], one.where)
            for one in findings
            if one.code in _REWRITTEN and (one.code[:4] != "xml-" or one.where == package.manifest_name)
        ]
        files = {name: _source(package, name) for name in package.members if name != package.manifest_name}
        files[MANIFEST_NAME] = _written(document.root) if changes else package.read_manifest()
        write_zip(files, out)
        return list(dict.fromkeys(changes))


def _source(package: Package, name: str) -> FileSource:
    return lambda: package.open(name)


def _written(root: object) -> bytes:
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data
