"""Fonts as files: their tables read, written and packed (OpenType 1.9; WOFF 1.0 §3 to §5)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

ARE_WORDS, HAVE_SCALE, MORE, HAVE_X_AND_Y, HAVE_TWO_BY_TWO = 0x1, 0x8, 0x20, 0x40, 0x80
CHECKSUM_OF_ALL = 0xB1B0AFBA


class Table(NamedTuple):
    tag: str
    data: bytes


def tables_of(font: bytes) -> dict[str, bytes]:
    count = struct.unpack_from(">H", font, 4)[0]
    rows = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(count))
    return {tag.decode(): font[start : start + size] for tag, _sum, start, size in rows}


def letters_of(cmap: bytes) -> list[tuple[int, int]]:
    """(letter, glyph) of the subtable that knows every letter of Unicode: platform 3, encoding 10, format 12."""
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, at = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        if (platform, encoding) == (3, 10):
            groups = struct.unpack_from(">I", cmap, at + 12)[0]
            rows = (struct.unpack_from(">III", cmap, at + 16 + 12 * one) for one in range(groups))
            return [
                (code, glyph + code - first) for first, last, glyph in rows for code in range(first, last + 1)
            ]
    raise ValueError("the font has no table of all letters")


def with_parts(wanted: set[int], glyphs: list[bytes]) -> set[int]:
    """Letters like й are put together of others (glyf, composite glyphs)."""
    found: set[int] = set()
    waiting = list(wanted)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += [part for _at, part in parts_of(glyphs[number])]
    return found


def parts_of(glyph: bytes) -> Iterator[tuple[int, int]]:
    """(where its number stands, the number) of every glyph this one is made of."""
    if not glyph or struct.unpack_from(">h", glyph)[0] >= 0:
        return
    at, more = 10, True
    while more:
        flags, part = struct.unpack_from(">HH", glyph, at)
        yield at + 2, part
        at += 8 if flags & ARE_WORDS else 6
        at += 2 if flags & HAVE_SCALE else 4 if flags & HAVE_X_AND_Y else 8 if flags & HAVE_TWO_BY_TWO else 0
        more = bool(flags & MORE)


def glyphs_of(tables: dict[str, bytes]) -> list[bytes]:
    long = struct.unpack_from(">h", tables["head"], 50)[0]
    count = struct.unpack_from(">H", tables["maxp"], 4)[0]
    places = struct.unpack_from(f">{count + 1}{'I' if long else 'H'}", tables["loca"])
    step = 1 if long else 2
    return [tables["glyf"][a * step : b * step] for a, b in zip(places, places[1:], strict=False)]


def with_glyphs(tables: dict[str, bytes], glyphs: list[bytes]) -> dict[str, bytes]:
    """The same font with these outlines; glyphs go without names (post version 3)."""
    loca, at = [0], 0
    for glyph in glyphs:
        at += len(glyph) + -len(glyph) % 4
        loca.append(at)
    head = bytearray(tables["head"])
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    return {
        **tables, "head": bytes(head), "loca": struct.pack(f">{len(loca)}I", *loca),
        "glyf": b"".join(one + bytes(-len(one) % 4) for one in glyphs),
        "post": struct.pack(">I", 0x30000) + tables["post"][4:32],
    }  # fmt: skip


def cmap_of(known: dict[int, int]) -> bytes:
    groups: list[list[int]] = []
    for code, glyph in sorted(known.items()):
        if groups and groups[-1][1] + 1 == code and groups[-1][2] + code - groups[-1][0] == glyph:
            groups[-1][1] = code
        else:
            groups.append([code, code, glyph])
    rows = b"".join(struct.pack(">III", *one) for one in groups)
    table = struct.pack(">HHIII", 12, 0, 16 + len(rows), 0, len(groups)) + rows
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def summed(tables: list[Table]) -> list[Table]:
    """The head holds what the sums of all tables lack to a constant (head, checksumAdjustment)."""
    directory, at = _directory(len(tables)), 12 + 16 * len(tables)
    for one in tables:
        directory += struct.pack(">4sIII", one.tag.encode(), _sum(one.data), at, len(one.data))
        at += len(one.data) + -len(one.data) % 4
    total = (_sum(directory) + sum(_sum(one.data) for one in tables)) & 0xFFFFFFFF
    lack = (CHECKSUM_OF_ALL - total) & 0xFFFFFFFF
    return [
        Table(
            one.tag, one.data[:8] + struct.pack(">I", lack) + one.data[12:] if one.tag == "head" else one.data
        )
        for one in tables
    ]


def file_of(tables: list[Table]) -> bytes:
    """Tables one after the other, each at an address divisible by four."""
    directory, at = _directory(len(tables)), 12 + 16 * len(tables)
    for one in tables:
        data = one.data[:8] + bytes(4) + one.data[12:] if one.tag == "head" else one.data
        directory += struct.pack(">4sIII", one.tag.encode(), _sum(data), at, len(one.data))
        at += len(one.data) + -len(one.data) % 4
    return directory + b"".join(one.data + bytes(-len(one.data) % 4) for one in tables)


def _directory(count: int) -> bytes:
    power = count.bit_length() - 1
    return struct.pack(">IHHHH", 0x10000, count, 16 << power, power, (count << 4) - (16 << power))


def _sum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def woff(tables: list[Table]) -> bytes:
    """WOFF 1.0 §3 to §5: each table packed by itself, at an address divisible by four."""
    head = next(one.data for one in tables if one.tag == "head")
    whole = 12 + 16 * len(tables) + sum(len(one.data) + -len(one.data) % 4 for one in tables)
    rows, body, at = b"", b"", 44 + 20 * len(tables)
    for one in tables:
        small = zlib.compress(one.data, 9)
        small = small if len(small) < len(one.data) else one.data
        summed = head[:8] + bytes(4) + head[12:] if one.tag == "head" else one.data
        rows += struct.pack(">4sIIII", one.tag.encode(), at, len(small), len(one.data), _sum(summed))
        body += small + bytes(-len(small) % 4)
        at = 44 + 20 * len(tables) + len(body)
    version = struct.unpack_from(">HH", head, 4)
    return (
        struct.pack(">4sIIHHIHHIIIII", b"wOFF", 0x10000, 44 + len(rows) + len(body), len(tables), 0, whole, *version, 0, 0, 0, 0, 0)
        + rows + body
    )  # fmt: skip
