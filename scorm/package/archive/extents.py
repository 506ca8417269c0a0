"""Every member where the directory says it is: its own header agrees, and members follow each other without a byte
shared or left over. That is what keeps two readers from seeing two different packages (APPNOTE 4.3.7–4.3.9)."""

from __future__ import annotations

import struct

from scorm.errors import PackageRefused
from scorm.package.archive.directory import (
    ENCRYPTED,
    HAS_DESCRIPTOR,
    TOO_LARGE_TO_TELL,
    Entry,
    large_values,
    zip64_of,
)
from scorm.package.archive.end import MEMBER_SIGNATURE, End
from scorm.package.archive.source import Source

_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTOR_SIGNATURE = b"PK\x07\x08"


def places(source: Source, entries: list[Entry], end: End) -> dict[int, int]:
    """Offset of each member → offset of its data, once all of it has been found in order."""
    ordered = sorted(entries, key=lambda entry: entry.offset)
    if ordered[0].offset != 0:
        raise PackageRefused("bytes-before")
    starts = {}
    nexts = [entry.offset for entry in ordered[1:]] + [end.offset]
    for entry, after in zip(ordered, nexts, strict=True):
        starts[entry.offset] = _place(source, entry, after)
    return starts


def _place(source: Source, entry: Entry, after: int) -> int:
    if entry.offset + _LOCAL.size > after:
        raise PackageRefused("overlapping-members", entry.shown)
    fields = _LOCAL.unpack(source.at(entry.offset, _LOCAL.size))
    signature, _, flags, method, _, _, crc, packed, size, name, extra = fields
    start = entry.offset + _LOCAL.size + name + extra
    if signature != MEMBER_SIGNATURE or name != len(entry.raw):
        raise PackageRefused("local-header-differs", entry.shown)
    if start + entry.packed > after:
        raise PackageRefused("overlapping-members", entry.shown)
    head = source.at(entry.offset + _LOCAL.size, name + extra)
    telling = ENCRYPTED | HAS_DESCRIPTOR
    if head[:name] != entry.raw or method != entry.method or (flags ^ entry.flags) & telling:
        raise PackageRefused("local-header-differs", entry.shown)
    told = _told(entry, head[name:], crc, packed, size)
    _check_end(source, entry, told, start + entry.packed, after)
    return start


def _told(entry: Entry, extra: bytes, crc: int, packed: int, size: int) -> tuple[int, int, int]:
    if TOO_LARGE_TO_TELL in (packed, size):
        size, packed, _, _ = large_values(entry.shown, zip64_of(extra, entry.shown), size, packed)
    return crc, packed, size


def _check_end(source: Source, entry: Entry, told: tuple[int, int, int], stop: int, after: int) -> None:
    """Checksum and sizes stand before the data, behind it, or in both places; and then comes the next member."""
    true = (entry.crc, entry.packed, entry.size)
    late = bool(entry.flags & HAS_DESCRIPTOR)
    if told != true and not (late and _silent(told, true)):
        raise PackageRefused("local-header-differs", entry.shown)
    if stop == after and told == true:
        return
    if not late or not _is_descriptor(source.at(stop, min(after - stop, 25)), true):
        raise PackageRefused("gap-between-members", entry.shown)


def _silent(told: tuple[int, int, int], true: tuple[int, int, int]) -> bool:
    return all(value in (0, known) for value, known in zip(told, true, strict=True))


def _is_descriptor(data: bytes, true: tuple[int, int, int]) -> bool:
    """APPNOTE 4.3.9: with or without a signature, with sizes of four or of eight bytes."""
    crc = true[0].to_bytes(4, "little")
    for length in (4, 8):
        if any(value >> (8 * length) for value in true[1:]):
            continue
        body = crc + b"".join(value.to_bytes(length, "little") for value in true[1:])
        if data in (body, _DESCRIPTOR_SIGNATURE + body):
            return True
    return False
