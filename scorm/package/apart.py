"""For a process of its own with little memory and time: paths in, plain values out, nothing left behind.

Members are written one after the other into one long file, so that no name of a stranger's ever meets a disk.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import IO, Any

from scorm.errors import PackageRefused
from scorm.package.archive import open_package
from scorm.package.check import examine
from scorm.package.check.diagnosis import Diagnosis, with_remedies
from scorm.package.files import Package
from scorm.package.findings import Finding
from scorm.package.model import Item, Metadata
from scorm.package.repair import repair
from scorm.package.report import finding
from scorm.package.writer import FileSource, write_zip


def inspect(path: str, spool: str) -> dict[str, Any]:
    """The doctor's findings and, unless they refuse the package, what it is made of."""
    diagnosis = examine(path)
    if diagnosis.manifest is None or diagnosis.verdict == "refuse":
        return _refused(diagnosis.findings)
    try:
        with open_package(path, verify=False) as package, Path(spool).open("wb") as out:
            files = [_laid_out(package, name, out) for name in sorted(package.members)]
            manifest_name = package.manifest_name
    except PackageRefused as refused:  # a manifest alone is examined, but is no package
        return _refused(with_remedies([finding(refused.code, refused.where)]))
    return {"refused": False, "manifest_name": manifest_name, "files": files, **_described(diagnosis)}


def mend(path: str, out: str) -> list[dict[str, str]]:
    """The repaired package at `out`; what was changed."""
    with Path(out).open("wb") as file:
        return [{"code": one.code, "where": one.where} for one in repair(path, file)]


def exchange(path: str, member: str, replacement: str, out: str) -> list[dict[str, str]]:
    """The package with other bytes in one of its files."""
    with open_package(path, verify=False) as package, Path(out).open("wb") as file:
        if member not in package.members:
            raise PackageRefused("member-missing", member)
        files = {name: _source(package, name) for name in package.members}
        files[member] = Path(replacement)
        write_zip(files, file)
    return [{"code": "replace-file", "where": member}]


def _refused(findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {"refused": True, "findings": [one.as_json() for one in findings]}


def _source(package: Package, name: str) -> FileSource:
    return lambda: package.open(name)


class _Letters:
    """Are these bytes UTF-8 with letters beyond ASCII? Then nothing else will do as their encoding."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._plain, self._wrong = True, False

    def add(self, piece: bytes, final: bool = False) -> None:
        if self._wrong:
            return
        self._plain = self._plain and piece.isascii()
        try:
            self._decoder.decode(piece, final)
        except UnicodeDecodeError:
            self._wrong = True

    @property
    def encoding(self) -> str:
        self.add(b"", True)
        return "" if self._wrong or self._plain else "utf-8"


def _laid_out(package: Package, name: str, out: IO[bytes]) -> list[Any]:
    """[name, where it begins, size, encoding]"""
    start, letters = out.tell(), _Letters()
    for piece in package.open(name):
        out.write(piece)
        letters.add(piece)
    return [name, start, out.tell() - start, letters.encoding]


def _described(diagnosis: Diagnosis) -> dict[str, Any]:
    manifest = diagnosis.manifest
    if manifest is None:
        raise ValueError("nothing to describe")
    root = manifest.organization().root
    about = manifest.metadata or Metadata()
    return {
        "findings": [one.as_json() for one in diagnosis.findings],
        "edition": manifest.edition,
        "identifier": manifest.identifier,
        "title": about.title or {"": root.title},
        "description": about.description,
        "languages": list(about.languages),
        "contents": [_activity(one) for one in root.children],
    }


def _activity(item: Item) -> dict[str, Any]:
    return {
        "id": item.identifier,
        "title": item.title,
        "kind": item.kind or "",
        "launch": item.launch or "",
        "children": [_activity(one) for one in item.children],
    }
