"""Opening a zip from a stranger, in the order of the upload policy:

size, signature, end record, count → directory → local headers and extents → names → declared totals → contents.
Each step trusts only what the steps before it have proved, and none needs more memory than the list of members.
"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from typing import BinaryIO

from scorm.errors import PackageRefused
from scorm.package.archive.choice import choose
from scorm.package.archive.directory import Entry, walk
from scorm.package.archive.end import find_end
from scorm.package.archive.extents import places
from scorm.package.archive.inflate import pieces
from scorm.package.archive.source import Source
from scorm.package.files import Package
from scorm.package.limits import DEFAULT, Limits
from scorm.package.names import locate_manifest
from scorm.package.report import Report


class ZipPackage(Package):
    """A zip whose structure has been proved."""

    def __init__(self, source: Source, limits: Limits) -> None:
        end = find_end(source, limits)
        entries = walk(source, end, limits)
        self._source = source
        self._starts = places(source, entries, end)
        report = Report()
        chosen = choose(entries, self._read_entry, limits, report)
        if chosen.encoding:
            report.add("names-encoding", encoding=chosen.encoding)
        _check_totals(entries, limits)
        prefix, manifest_name = locate_manifest(chosen.names, report)
        inside = [name for name in chosen.names if name.startswith(prefix)]
        self._entries = {name.removeprefix(prefix): chosen.names[name] for name in inside}
        sizes = {name: entry.size for name, entry in self._entries.items()}
        super().__init__(sizes, manifest_name, tuple(report.findings), limits=limits)

    def verify(self) -> None:
        """Unpack everything once, into nothing."""
        for name in self.members:
            for _ in self.open(name):
                pass

    def close(self) -> None:
        self._source.close()

    def _pieces(self, name: str) -> Iterator[bytes]:
        entry = self._entries[name]
        return pieces(self._source, entry, self._starts[entry.offset])

    def _read_entry(self, entry: Entry, limit: int) -> bytes:
        if entry.size > limit:
            raise PackageRefused("member-too-large", entry.shown)
        return b"".join(pieces(self._source, entry, self._starts[entry.offset]))


def open_package(
    source: str | PathLike[str] | BinaryIO, limits: Limits = DEFAULT, *, verify: bool = True
) -> Package:
    """A package out of a zip, every byte of it checked; with `verify` false each member only when it is read."""
    opened = Source(source)
    try:
        package = ZipPackage(opened, limits)
        if verify:
            package.verify()
        return package
    except BaseException:
        opened.close()
        raise


def _check_totals(entries: list[Entry], limits: Limits) -> None:
    """What the members announce to become, before any of them becomes it."""
    for entry in entries:
        if entry.size > limits.member_size:
            raise PackageRefused("member-too-large", entry.shown)
        _check_ratio(entry.size, entry.packed, entry.shown, limits)
    total = sum(entry.size for entry in entries)
    if total > limits.unpacked_size:
        raise PackageRefused("unpacked-too-large", str(total))
    _check_ratio(total, sum(entry.packed for entry in entries), "", limits)


def _check_ratio(size: int, packed: int, where: str, limits: Limits) -> None:
    if size > limits.ratio_from and size > limits.ratio * packed:
        raise PackageRefused("bomb-ratio", where)
