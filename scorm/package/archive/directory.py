"""The directory of a zip, walked entry by entry (APPNOTE 4.3.12). Nothing it says is believed until `extents` agrees."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from scorm.errors import PackageRefused
from scorm.package.archive.end import End
from scorm.package.archive.source import Source
from scorm.package.limits import Limits
from scorm.package.names import printable

_ENTRY = struct.Struct("<4s6H3L5H2L")
_SIGNATURE = b"PK\x01\x02"
_EXTRA = struct.Struct("<2H")
_ZIP64, _UNICODE_PATH = 0x0001, 0x7075
TOO_LARGE_TO_TELL = 0xFFFFFFFF

ENCRYPTED = 0x0001 | 0x0040 | 0x2000  # traditional, strong, masked directory
HAS_DESCRIPTOR = 0x0008
_PATCHED = 0x0020
_UTF8 = 0x0800
STORED, DEFLATED = 0, 8


@dataclass(frozen=True)
class Entry:
    raw: bytes  # the name as it is written
    text: str | None  # the name, where its encoding is known
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int

    @property
    def shown(self) -> str:
        return printable(self.raw.decode("utf-8", "backslashreplace") if self.text is None else self.text)

    @property
    def is_folder(self) -> bool:
        return self.raw.endswith((b"/", b"\\")) or stat.S_ISDIR(self.mode)


def walk(source: Source, end: End, limits: Limits) -> list[Entry]:
    """As many entries as the end record counts, filling the directory to its last byte."""
    found: list[Entry] = []
    at = end.offset
    for _ in range(end.count):
        entry, at = _entry(source, at, end.stop, limits)
        _refuse_what_is_not_read(entry)
        found.append(entry)
    if at != end.stop:
        raise PackageRefused("directory-damaged")
    return found


def _entry(source: Source, at: int, stop: int, limits: Limits) -> tuple[Entry, int]:
    if at + _ENTRY.size > stop:
        raise PackageRefused("directory-damaged")
    fields = _ENTRY.unpack(source.at(at, _ENTRY.size))
    (
        signature,
        _,
        _,
        flags,
        method,
        _,
        _,
        crc,
        packed,
        size,
        name,
        extra,
        comment,
        disk,
        _,
        attributes,
        offset,
    ) = fields
    after = at + _ENTRY.size + name + extra + comment
    if signature != _SIGNATURE or after > stop:
        raise PackageRefused("directory-damaged")
    raw = source.at(at + _ENTRY.size, name)
    if len(raw) > limits.path_bytes:
        raise PackageRefused("name-too-long", printable(raw.decode("latin-1")))
    shown = printable(raw.decode("utf-8", "backslashreplace"))
    extras = dict(_extras(source.at(at + _ENTRY.size + name, extra), shown))
    size, packed, offset, disk = large_values(shown, extras.get(_ZIP64), size, packed, offset, disk)
    if disk != 0:
        raise PackageRefused("several-disks", shown)
    text = _text(raw, flags, extras.get(_UNICODE_PATH))
    return Entry(raw, text, flags, method, crc, packed, size, offset, attributes >> 16), after


def _extras(data: bytes, shown: str) -> Iterator[tuple[int, bytes]]:
    """The extra fields; a tail that fits no field is ignored, a second zip64 field is not."""
    seen = False
    while len(data) >= _EXTRA.size:
        kind, length = _EXTRA.unpack_from(data)
        if kind == _ZIP64:
            if seen:
                raise PackageRefused("zip64-dishonest", shown)
            seen = True
        field, data = data[_EXTRA.size : _EXTRA.size + length], data[_EXTRA.size + length :]
        if len(field) == length:
            yield kind, field


def zip64_of(extra: bytes, shown: str) -> bytes | None:
    return dict(_extras(extra, shown)).get(_ZIP64)


def large_values(
    shown: str, field: bytes | None, size: int, packed: int, offset: int = 0, disk: int = 0
) -> tuple[int, int, int, int]:
    """APPNOTE 4.5.3: the field holds, in this order, just those values that are too large to tell elsewhere."""
    rest = field or b""

    def value(told: int, limit: int, length: int) -> int:
        nonlocal rest
        if told != limit:
            return told
        if len(rest) < length:
            raise PackageRefused("zip64-dishonest", shown)
        head, rest = rest[:length], rest[length:]
        return int.from_bytes(head, "little")

    return (
        value(size, TOO_LARGE_TO_TELL, 8),
        value(packed, TOO_LARGE_TO_TELL, 8),
        value(offset, TOO_LARGE_TO_TELL, 8),
        value(disk, 0xFFFF, 4),
    )


def _text(raw: bytes, flags: int, unicode_path: bytes | None) -> str | None:
    """The name where its encoding is certain: plain ASCII, marked as UTF-8, or given again in UTF-8 (APPNOTE 4.6.9)."""
    if raw.isascii():
        return raw.decode("ascii")
    if unicode_path is not None and unicode_path[:5] == b"\x01" + zlib.crc32(raw).to_bytes(4, "little"):
        raw, flags = unicode_path[5:], flags | _UTF8
    if not flags & _UTF8:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise PackageRefused("name-undecodable", printable(raw.decode("latin-1"))) from None


def _refuse_what_is_not_read(entry: Entry) -> None:
    if entry.flags & ENCRYPTED:
        raise PackageRefused("encrypted-member", entry.shown)
    if entry.method not in (STORED, DEFLATED) or entry.flags & _PATCHED:
        raise PackageRefused("unsupported-method", entry.shown)
    if stat.S_ISLNK(entry.mode):
        raise PackageRefused("symlink", entry.shown)
    if stat.S_IFMT(entry.mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageRefused("special-file", entry.shown)
    if entry.is_folder and entry.size:
        raise PackageRefused("folder-with-bytes", entry.shown)
    if entry.method == STORED and entry.packed != entry.size:
        raise PackageRefused("size-wrong", entry.shown)
