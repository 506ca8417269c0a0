"""The end of a zip: exactly one end record, nothing behind it, and zip64 records that agree with it (APPNOTE 4.3.14–16)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from scorm.errors import PackageRefused
from scorm.package.archive.source import Source
from scorm.package.limits import Limits

MEMBER_SIGNATURE = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_SIGNATURE = b"PK\x06\x07"
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_SIGNATURE = b"PK\x06\x06"
_LONGEST_COMMENT = 0xFFFF
_SHORT_LIMIT, _LONG_LIMIT = 0xFFFF, 0xFFFFFFFF


@dataclass(frozen=True)
class End:
    """Where the directory lies and how many members it lists."""

    offset: int
    size: int
    count: int

    @property
    def stop(self) -> int:
        return self.offset + self.size


@dataclass(frozen=True)
class _Record:
    disks: tuple[int, int]
    counts: tuple[int, int]
    size: int
    offset: int

    def agrees(self, other: _Record) -> bool:
        """Each of the old record's values is the zip64 record's, or says that it is too large to be told."""
        pairs = zip((*self.disks, *self.counts), (*other.disks, *other.counts), strict=True)
        return all(old in (new, _SHORT_LIMIT) for old, new in pairs) and (
            self.size in (other.size, _LONG_LIMIT) and self.offset in (other.offset, _LONG_LIMIT)
        )

    @property
    def says_zip64(self) -> bool:
        return _SHORT_LIMIT in (*self.disks, *self.counts) or _LONG_LIMIT in (self.size, self.offset)


def find_end(source: Source, limits: Limits) -> End:
    """Size, signature, end record and count, in this order."""
    if source.size > limits.archive_size:
        raise PackageRefused("archive-too-large", str(source.size))
    begin = source.at(0, min(4, source.size))
    place = _place(source, begin)
    record = _record(source, place)
    stop = place
    locator = source.at(place - _LOCATOR.size, _LOCATOR.size) if place >= _LOCATOR.size else b""
    if locator.startswith(_LOCATOR_SIGNATURE):
        record, stop = _zip64(source, record, locator, place - _LOCATOR.size)
    elif record.says_zip64:
        raise PackageRefused("zip64-dishonest")
    return _checked(record, stop, begin, limits)


def _place(source: Source, begin: bytes) -> int:
    """The offset of the end record. Its comment must reach the last byte of the file, and only one may do so."""
    length = min(source.size, _END.size + _LONGEST_COMMENT)
    tail = source.at(source.size - length, length)
    exact, at = [], tail.find(_END_SIGNATURE)
    somewhere = at >= 0
    while at >= 0:
        if at + _END.size <= length and at + _END.size + _END.unpack_from(tail, at)[-1] == length:
            exact.append(at)
        at = tail.find(_END_SIGNATURE, at + 1)
    if len(exact) > 1:
        raise PackageRefused("ambiguous-end")
    if not exact:
        known = begin == MEMBER_SIGNATURE
        raise PackageRefused(("trailing-bytes" if somewhere else "truncated") if known else "not-a-zip")
    return source.size - length + exact[0]


def _record(source: Source, place: int) -> _Record:
    _, disk, first, here, count, size, offset, _ = _END.unpack(source.at(place, _END.size))
    return _Record((disk, first), (here, count), size, offset)


def _zip64(source: Source, old: _Record, locator: bytes, place: int) -> tuple[_Record, int]:
    _, disk, offset, disks = _LOCATOR.unpack(locator)
    if disk != 0 or disks > 1:
        raise PackageRefused("several-disks")
    if offset + _END64.size > place:
        raise PackageRefused("zip64-dishonest")
    signature, length, _, _, *rest = _END64.unpack(source.at(offset, _END64.size))
    record = _Record((rest[0], rest[1]), (rest[2], rest[3]), rest[4], rest[5])
    if signature != _END64_SIGNATURE or offset + 12 + length != place or not old.agrees(record):
        raise PackageRefused("zip64-dishonest")
    return record, offset


def _checked(record: _Record, stop: int, begin: bytes, limits: Limits) -> End:
    if record.disks != (0, 0) or record.counts[0] != record.counts[1]:
        raise PackageRefused("several-disks")
    end = End(record.offset, record.size, record.counts[1])
    if end.count > limits.members:
        raise PackageRefused("too-many-members", str(end.count))
    if end.count == 0 and end.stop == stop == 0:
        raise PackageRefused("empty-archive")
    if begin != MEMBER_SIGNATURE:
        raise PackageRefused("bytes-before")
    if end.count == 0 or end.stop != stop:
        raise PackageRefused("directory-damaged")
    return end
