"""Noto Sans with the signs it lacks, taken from Vollkorn: √ ≤ ≥ ≠ ≈ ∞ ∠ ∪ ∫ → and a hundred more.

Both are drawn on a square of 1,000 units and neither has instructions for the screen, so that a glyph of one is a glyph
of the other once its parts have new numbers. What neither has is drawn here (drawn.py). What makes Noto variable is left out: papers and slides use one weight.
"""

from __future__ import annotations

import struct
from functools import cache
from importlib.resources import files

from lms.core.letters.drawn import drawn
from lms.core.letters.sfnt import (
    Table,
    cmap_of,
    file_of,
    glyphs_of,
    letters_of,
    parts_of,
    summed,
    tables_of,
    with_glyphs,
    with_parts,
)

LETTERS, SIGNS = ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"), ("fontpkg_vollkorn", "Vollkorn[wght].ttf")
LICENCES = {
    "LICENSE.txt": LETTERS[0],
    "LICENSE-signs.txt": SIGNS[0],
}  # name in a package → where it comes from
SIGN_RANGES = ((0x2070, 0x209C), (0x2100, 0x2BFF))
# Signs of the same look, where Vollkorn has only the one.
ALIKE = {0x22A5: 0x27C2, 0x25A2: 0x25A1, 0x27F6: 0x2192, 0x27F5: 0x2190}
VARIABLE = ("HVAR", "MVAR", "STAT", "avar", "fvar", "gvar", "DSIG")


@cache
def whole_font() -> bytes:
    """The joined font as a file, to be kept in memory."""
    return file_of(_joined(tables_of(_read(*LETTERS)), tables_of(_read(*SIGNS))))


def _read(package: str, name: str) -> bytes:
    return files(package).joinpath("files", name).read_bytes()


def _joined(own: dict[str, bytes], other: dict[str, bytes]) -> list[Table]:
    known, signs = dict(letters_of(own["cmap"])), dict(letters_of(other["cmap"]))
    glyphs, strange = glyphs_of(own), glyphs_of(other)
    wanted = {code: signs[alike] for code, alike in ALIKE.items() if code not in signs}
    wanted |= {code: glyph for code, glyph in signs.items() if any(a <= code <= b for a, b in SIGN_RANGES)}
    wanted = {code: glyph for code, glyph in wanted.items() if code not in known}
    taken = sorted(with_parts(set(wanted.values()), strange))
    number = {old: len(glyphs) + place for place, old in enumerate(taken)}
    glyphs += [_moved(strange[old], number) for old in taken]
    known |= {code: number[old] for code, old in wanted.items()}
    widths, more = _widths(own), _widths(other)
    all_widths = [*widths, *(more[old] for old in taken)]
    wide = {code: struct.unpack_from(">H", all_widths[glyph])[0] for code, glyph in known.items()}
    for code, (width, glyph) in drawn(known, wide).items():
        known[code] = len(glyphs)
        glyphs.append(glyph)
        all_widths.append(struct.pack(">Hh", width, struct.unpack_from(">h", glyph, 2)[0]))
    made = with_glyphs({tag: data for tag, data in own.items() if tag not in VARIABLE}, glyphs)
    made["cmap"] = cmap_of(known)
    made["hmtx"] = b"".join(all_widths)
    made["hhea"] = own["hhea"][:34] + struct.pack(">H", len(glyphs))
    made["maxp"] = _largest(own["maxp"], other["maxp"], len(glyphs))
    return summed([Table(tag, made[tag]) for tag in sorted(made)])


def _moved(glyph: bytes, number: dict[int, int]) -> bytes:
    """The same outline; its parts under their new numbers."""
    fresh = bytearray(glyph)
    for at, part in parts_of(glyph):
        struct.pack_into(">H", fresh, at, number[part])
    return bytes(fresh)


def _widths(tables: dict[str, bytes]) -> list[bytes]:
    """For each glyph its width and its left side (hmtx): those at the end share the last width."""
    count = struct.unpack_from(">H", tables["maxp"], 4)[0]
    full = struct.unpack_from(">H", tables["hhea"], 34)[0]
    rows = [tables["hmtx"][4 * one : 4 * one + 4] for one in range(full)]
    sides = tables["hmtx"][4 * full :]
    return rows + [rows[-1][:2] + sides[2 * one : 2 * one + 2] for one in range(count - full)]


def _largest(one: bytes, other: bytes, count: int) -> bytes:
    """Of every limit the greater one (maxp)."""
    limits = zip(struct.unpack_from(">13H", one, 6), struct.unpack_from(">13H", other, 6), strict=True)
    return one[:4] + struct.pack(">14H", count, *map(max, limits))
