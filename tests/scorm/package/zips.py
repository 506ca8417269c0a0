"""Zips written byte by byte, so that every byte can be wrong."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

MANIFEST_NAME = b"imsmanifest.xml"


def manifest_xml(
    resources: str = '<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html"/>',
    items: str = '<item identifier="I" identifierref="R"><title>One</title></item>',
    head: str = "",
    more: str = "",
) -> str:
    """A small 1.2 manifest with the parts under test put in."""
    return (
        '<manifest identifier="M" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"'
        f' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"{head}>'
        "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>"
        f'<organizations default="O"><organization identifier="O"><title>Course</title>{items}</organization>'
        f"</organizations><resources>{resources}</resources>{more}</manifest>"
    )


MANIFEST = manifest_xml().encode()


@dataclass
class Member:
    """What goes into the file; None means the honest value."""

    name: bytes
    data: bytes = b"x"
    method: int = 8
    flags: int = 0
    mode: int = 0
    packed: bytes | None = None
    crc: int | None = None
    size: int | None = None
    local_name: bytes | None = None
    local_method: int | None = None
    local_flags: int | None = None
    local_crc: int | None = None
    local_size: int | None = None
    local_signature: bytes = b"PK\x03\x04"
    extra: bytes = b""
    local_extra: bytes = b""
    descriptor: bytes = b""
    before: bytes = b""
    offset: int | None = None
    packed_size: int | None = None
    disk: int = 0
    comment: bytes = b""

    @property
    def body(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return self.data if self.method == 0 else deflate(self.data)

    @property
    def true_crc(self) -> int:
        return zlib.crc32(self.data) if self.crc is None else self.crc

    @property
    def true_size(self) -> int:
        return len(self.data) if self.size is None else self.size

    @property
    def true_packed(self) -> int:
        return len(self.body) if self.packed_size is None else self.packed_size

    def local(self) -> bytes:
        name = self.name if self.local_name is None else self.local_name
        late = bool(self.flags & 8)
        crc = (0 if late else self.true_crc) if self.local_crc is None else self.local_crc
        size = (0 if late else self.true_size) if self.local_size is None else self.local_size
        packed = 0 if late else self.true_packed
        return (
            struct.pack(
                "<4s5H3L2H",
                self.local_signature,
                20,
                self.flags if self.local_flags is None else self.local_flags,
                self.method if self.local_method is None else self.local_method,
                0,
                0x21,
                crc,
                packed,
                size,
                len(name),
                len(self.local_extra),
            )
            + name
            + self.local_extra
            + self.body
            + self.descriptor
        )

    def central(self, offset: int) -> bytes:
        return (
            struct.pack(
                "<4s6H3L5H2L",
                b"PK\x01\x02",
                0x0314,
                20,
                self.flags,
                self.method,
                0,
                0x21,
                self.true_crc,
                self.true_packed,
                self.true_size,
                len(self.name),
                len(self.extra),
                len(self.comment),
                self.disk,
                0,
                self.mode << 16,
                offset if self.offset is None else self.offset,
            )
            + self.name
            + self.extra
            + self.comment
        )


@dataclass
class End:
    """The end record, with what may be false in it."""

    comment: bytes = b""
    comment_length: int | None = None
    count: int | None = None
    count_here: int | None = None
    disk: int = 0
    shift: int = 0  # added to the directory's offset
    grow: int = 0  # added to the directory's size
    zip64: bool = False
    zip64_shift: int = 0
    zip64_count: int | None = None
    hide: bool = True  # with zip64: the old record says nothing
    after_directory: bytes = b""

    def write(self, offset: int, size: int, count: int) -> bytes:
        offset, size = offset + self.shift, size + self.grow
        count = count if self.count is None else self.count
        here = count if self.count_here is None else self.count_here
        found = b""
        if self.zip64:
            found = self._zip64(offset, size, count)
            if self.hide:
                offset = size = 0xFFFFFFFF
                count = here = 0xFFFF
        length = len(self.comment) if self.comment_length is None else self.comment_length
        return (
            found
            + struct.pack("<4s4H2LH", b"PK\x05\x06", self.disk, self.disk, here, count, size, offset, length)
            + self.comment
        )

    def _zip64(self, offset: int, size: int, count: int) -> bytes:
        count = count if self.zip64_count is None else self.zip64_count
        place = offset + size + self.zip64_shift
        return struct.pack(
            "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset
        ) + struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def build(*members: Member, end: End | None = None, prefix: bytes = b"", suffix: bytes = b"") -> bytes:
    out, entries = bytearray(prefix), []
    for member in members:
        out += member.before
        entries.append(member.central(len(out)))
        out += member.local()
    directory = b"".join(entries)
    tail = (end or End()).write(len(out), len(directory), len(entries))
    return bytes(out) + directory + (end or End()).after_directory + tail + suffix


def course(*members: Member, manifest: bytes | str = MANIFEST, end: End | None = None) -> bytes:
    """A package that is in order but for the members given."""
    data = manifest.encode() if isinstance(manifest, str) else manifest
    good = (Member(MANIFEST_NAME, data), Member(b"index.html", b"<html></html>"))
    return build(*good, *members, end=end)


def as_file(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def unicode_extra(raw: bytes, name: str) -> bytes:
    body = b"\x01" + zlib.crc32(raw).to_bytes(4, "little") + name.encode()
    return struct.pack("<2H", 0x7075, len(body)) + body


def zip64_extra(*values: int) -> bytes:
    return struct.pack("<2H", 1, 8 * len(values)) + b"".join(value.to_bytes(8, "little") for value in values)
