"""Packages that are no zip: an unpacked folder, and a manifest on its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from scorm.errors import PackageRefused
from scorm.package.files import Package
from scorm.package.findings import Finding
from scorm.package.limits import DEFAULT, Limits
from scorm.package.names import Naming, is_junk, locate_manifest
from scorm.package.report import Report

_PIECE = 64 * 1024


class Folder(Package):
    """Members under their place in the manifest's folder; `paths` says where each lies."""

    def __init__(
        self, paths: dict[str, Path], manifest_name: str, findings: tuple[Finding, ...], limits: Limits
    ) -> None:
        sizes = {name: path.stat().st_size for name, path in paths.items()}
        super().__init__(sizes, manifest_name, findings, limits=limits)
        self._paths = paths

    def _pieces(self, name: str) -> Iterator[bytes]:
        left = self.members[name]
        try:
            with self._paths[name].open("rb") as file:
                while left and (piece := file.read(min(_PIECE, left))):
                    left -= len(piece)
                    yield piece
        except OSError:
            raise PackageRefused("cannot-be-read", name) from None
        if left:
            raise PackageRefused("size-wrong", name)


class LoneManifest(Package):
    """Only the manifest; what it lists is taken to exist."""

    def __init__(self, path: Path, limits: Limits) -> None:
        size = path.stat().st_size
        super().__init__({path.name: size}, path.name, complete=False, limits=limits)
        self._path = path

    def _pieces(self, name: str) -> Iterator[bytes]:
        try:
            yield self._path.read_bytes()
        except OSError:
            raise PackageRefused("cannot-be-read", name) from None


def from_manifest(path: str | PathLike[str], limits: Limits = DEFAULT) -> Package:
    """An imsmanifest.xml without the package around it, under whatever name."""
    try:
        return LoneManifest(Path(path), limits)
    except OSError:
        raise PackageRefused("cannot-be-read", Path(path).name) from None


def from_folder(path: str | PathLike[str], limits: Limits = DEFAULT) -> Package:
    """An unpacked package, under the same rules of names, numbers and sizes as a zip."""
    try:
        found = _files(Path(path), limits)
    except OSError:
        raise PackageRefused("cannot-be-read", Path(path).name) from None
    report = Report()
    naming = Naming(limits, report)
    paths = {naming.safe(name): file for name, file in found}
    kept = {name: file for name, file in paths.items() if not is_junk(name)}
    naming.check(kept)
    prefix, manifest_name = locate_manifest(kept, report)
    inside = {name.removeprefix(prefix): file for name, file in kept.items() if name.startswith(prefix)}
    return Folder(inside, manifest_name, tuple(report.findings), limits)


def _files(folder: Path, limits: Limits) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    total = 0
    for place, folders, names in os.walk(folder, onerror=_unreadable):
        for name in sorted((*folders, *names)):
            file = Path(place, name)
            inside = file.relative_to(folder).as_posix()
            if file.is_symlink():
                raise PackageRefused("symlink", inside)
            if file.is_file():
                found.append((inside, file))
                total += _size(file, inside, limits)
            elif not file.is_dir():
                raise PackageRefused("special-file", inside)
            if len(found) > limits.members:
                raise PackageRefused("too-many-members", str(len(found)))
    if total > limits.unpacked_size:
        raise PackageRefused("unpacked-too-large", str(total))
    return found


def _size(file: Path, name: str, limits: Limits) -> int:
    size = file.stat().st_size
    if size > limits.member_size:
        raise PackageRefused("member-too-large", name)
    return size


def _unreadable(error: OSError) -> None:
    raise error
