"""The font a course takes along: the letters and signs of our schools cut out of the joined one, as WOFF 1.0.

The glyphs keep their numbers and those not needed are empty, so that no table but glyf, loca, cmap and post is written
anew. What positions other scripts is left out.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lms.core.letters.joined import LICENCES, whole_font
from lms.core.letters.sfnt import (
    Table,
    cmap_of,
    glyphs_of,
    letters_of,
    summed,
    tables_of,
    with_glyphs,
    with_parts,
    woff,
)

# Latin, Greek, Cyrillic with the Kazakh letters, marks, raised and lowered figures, arrows, signs of mathematics.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2B0, 0x2FF), (0x300, 0x30C), (0x370, 0x3FF), (0x400, 0x52F), (0x2010, 0x205E),
    (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF),
    (0x25A0, 0x25FF), (0x2610, 0x2611), (0x2713, 0x2717), (0x27C0, 0x27FF), (0xFFFD, 0xFFFD),
)  # fmt: skip
KEPT = ("OS/2", "head", "hhea", "hmtx", "maxp", "name", "post")


@cache
def packed_font() -> dict[str, bytes]:
    """Path in the package → bytes: the font and the licences of the two it is made of."""
    licences = {
        f"fonts/{name}": files(one).joinpath("LICENSE").read_bytes() for name, one in LICENCES.items()
    }
    return {"fonts/noto-sans.woff": woff(cut(whole_font())), **licences}


def cut(font: bytes) -> list[Table]:
    tables = tables_of(font)
    known = {
        code: glyph for code, glyph in letters_of(tables["cmap"]) if any(a <= code <= b for a, b in RANGES)
    }
    glyphs = glyphs_of(tables)
    needed = with_parts({0, *known.values()}, glyphs)
    kept = [glyph if number in needed else b"" for number, glyph in enumerate(glyphs)]
    made = with_glyphs({tag: tables[tag] for tag in KEPT}, kept) | {"cmap": cmap_of(known)}
    return summed([Table(tag, made[tag]) for tag in sorted(made)])
