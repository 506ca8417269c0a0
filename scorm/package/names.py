"""The names of members: what may be one, which encoding they are in, what is junk, and where the manifest lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from scorm.errors import PackageRefused
from scorm.package.files import composed, fold
from scorm.package.limits import Limits
from scorm.package.report import Report

MANIFEST = "imsmanifest.xml"
_DRIVE = re.compile(r"[A-Za-z]:")
_JUNK_FOLDERS = ("__macosx",)
_JUNK_FILES = (".ds_store", "thumbs.db", "desktop.ini")


def is_junk(name: str) -> bool:
    """What operating systems leave behind in every folder and zip."""
    *folders, last = name.lower().split("/")
    return last in _JUNK_FILES or any(folder in _JUNK_FOLDERS for folder in folders)


class Naming:
    """Judges the names of one package."""

    def __init__(self, limits: Limits, report: Report) -> None:
        self._limits = limits
        self._report = report

    def safe(self, name: str) -> str:
        """The normal form of a name: NFC, slashes, nothing empty. What leaves the package is refused."""
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in name):
            raise PackageRefused("name-forbidden", printable(name))
        if any("\ud800" <= letter <= "\udfff" for letter in name):
            raise PackageRefused("name-undecodable", printable(name))
        if "\\" in name:
            self._report.add("names-with-backslashes")
            name = name.replace("\\", "/")
        if name.startswith("/") or _DRIVE.match(name):
            raise PackageRefused("member-escapes", printable(name))
        try:
            parts = [composed(part) for part in name.split("/") if part not in ("", ".")]
        except ValueError:
            raise PackageRefused("name-forbidden", printable(name)) from None
        if ".." in parts:
            raise PackageRefused("member-escapes", printable(name))
        if not parts:
            raise PackageRefused("name-forbidden", printable(name))
        self._within(parts, printable(name))
        return "/".join(parts)

    def _within(self, parts: list[str], shown: str) -> None:
        sizes = [len(part.encode("utf-8", "surrogatepass")) for part in parts]
        if max(sizes) > self._limits.component_bytes or sum(sizes) + len(sizes) - 1 > self._limits.path_bytes:
            raise PackageRefused("name-too-long", shown)
        if len(parts) - 1 > self._limits.folder_depth:
            raise PackageRefused("folders-too-deep", shown)

    def check(self, names: Iterable[str]) -> None:
        """No name twice, not even to a file system that keeps no case; and no file that is also a folder."""
        files: set[str] = set()
        for name in names:
            if fold(name) in files:
                raise PackageRefused("name-twice", name)
            files.add(fold(name))
        for name in files:
            parts = name.split("/")
            for depth in range(1, len(parts)):
                if "/".join(parts[:depth]) in files:
                    raise PackageRefused("file-is-also-folder", "/".join(parts[:depth]))


def printable(name: str) -> str:
    """A name fit for a log line: short, and with its control characters escaped."""
    return name[:200].encode("unicode_escape").decode("ascii") if not name.isprintable() else name[:200]


def locate_manifest(names: Mapping[str, object], report: Report) -> tuple[str, str]:
    """The folder the manifest lies in ("" or ending in a slash) and its name there.

    The nearest to the root counts; two equally near are a package nobody can choose from.
    """
    found = [name for name in names if name.rpartition("/")[2].lower() == MANIFEST]
    if not found:
        raise PackageRefused(*_instead(names))
    nearest = min(name.count("/") for name in found)
    best = [name for name in found if name.count("/") == nearest]
    if len(best) > 1:
        raise PackageRefused("several-manifests", best[1])
    folder, _, last = best[0].rpartition("/")
    prefix = f"{folder}/" if folder else ""
    if last != MANIFEST:
        report.add("manifest-name-case", best[0])
    if prefix:
        report.add("wrapping-folder", folder)
    outside = [name for name in names if not name.startswith(prefix)]
    if outside:
        report.add("members-outside", outside[0], count=str(len(outside)))
    if len(found) > 1:
        report.add("more-manifests", next(name for name in found if name != best[0]))
    return prefix, last


def _instead(names: Mapping[str, object]) -> tuple[str, str]:
    """Why there is no manifest: often the package was zipped twice."""
    zips = [name for name in names if name.lower().endswith((".zip", ".pif"))]
    return ("double-zip", zips[0]) if len(zips) == 1 and len(names) <= 3 else ("no-manifest", "")
