"""The bytes of one member, in pieces and counted: a member never grows beyond what it announced."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from scorm.errors import PackageRefused
from scorm.package.archive.directory import STORED, Entry
from scorm.package.archive.source import Source

_PIECE = 64 * 1024


def pieces(source: Source, entry: Entry, start: int) -> Iterator[bytes]:
    """Whoever reads to the end knows that size and checksum were right; before that nothing is certain."""
    raw = _stored(source, entry, start) if entry.method == STORED else _inflated(source, entry, start)
    size = crc = 0
    for piece in raw:
        size += len(piece)
        if size > entry.size:
            raise PackageRefused("size-wrong", entry.shown)
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != entry.size:
        raise PackageRefused("size-wrong", entry.shown)
    if crc != entry.crc:
        raise PackageRefused("bad-crc", entry.shown)


def _stored(source: Source, entry: Entry, start: int) -> Iterator[bytes]:
    for at in range(0, entry.packed, _PIECE):
        yield source.at(start + at, min(_PIECE, entry.packed - at))


def _inflated(source: Source, entry: Entry, start: int) -> Iterator[bytes]:
    """Raw deflate; the compressed bytes must end exactly where the stream does."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    at, waiting = 0, b""
    while not inflater.eof:
        if not waiting and at < entry.packed:
            waiting = source.at(start + at, min(_PIECE, entry.packed - at))
            at += len(waiting)
        piece, waiting = _step(inflater, waiting, entry)
        if piece:
            yield piece
        elif not waiting and at == entry.packed and not inflater.eof:
            raise PackageRefused("bad-deflate", entry.shown)
    if waiting or inflater.unused_data or at != entry.packed:
        raise PackageRefused("bad-deflate", entry.shown)


def _step(inflater: zlib._Decompress, data: bytes, entry: Entry) -> tuple[bytes, bytes]:
    try:
        return inflater.decompress(data, _PIECE), inflater.unconsumed_tail
    except zlib.error:
        raise PackageRefused("bad-deflate", entry.shown) from None
