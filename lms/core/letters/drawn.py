"""Signs that neither font has, drawn here: rings and dots, ticks and boxes; ⇐ is ⇒ turned round, ∛ is √ with a raised 3.

Outlines as glyf has them (OpenType 1.9): points on a square of 1,000 units, of which some lie on the line and some pull
at it; what lies on the right hand of the way around is ink.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping

from lms.core.letters.sfnt import ARE_WORDS, HAVE_X_AND_Y, MORE

Point = tuple[int, int, bool]  # across, up, lies on the line
Outline = list[Point]
PLACED = 0x2  # the two numbers behind a part say where it stands
MIDDLE, RADIUS, PEN, WIDE = (276, 259), 242, 44, 550  # those of ⊕, so that ⊗ and ⊙ stand beside it
BOX, THICK = (30, -30, 700, 640), 50
TICK = [(0, 250), (60, 320), (220, 150), (540, 640), (620, 590), (230, 0)]


def drawn(known: Mapping[int, int], widths: Mapping[int, int]) -> dict[int, tuple[int, bytes]]:
    """Sign → (width, outline). `known` and `widths`: the numbers and widths of signs there are already."""
    found = {
        0x25CF: (WIDE, outlines(circle(RADIUS))), 0x25CB: (WIDE, outlines(*ring())),
        0x2297: (WIDE, outlines(*ring(), *cross(MIDDLE, RADIUS - PEN // 2, PEN))),
        0x2299: (WIDE, outlines(*ring(), circle(62))),
        0x2713: (650, outlines(tick(15))), 0x2714: (650, outlines(tick(15))),
        0x2717: (600, outlines(*cross((300, 300), 360, 80))), 0x2718: (600, outlines(*cross((300, 300), 360, 110))),
        0x2610: (730, outlines(*box())), 0x2611: (730, outlines(*box(), tick(110, 0.82, 90))),
    }  # fmt: skip
    if 0x21D2 in known:
        whole = widths[0x21D2]
        found[0x21D0] = (whole, composed((known[0x21D2], whole, 0, -1.0, 1.0)))
    for sign, raised in ((0x221B, 0xB3), (0x221C, 0x2074)):
        if 0x221A in known and raised in known:
            parts = ((known[raised], 10, 190, 0.72, 0.72), (known[0x221A], 70, 0, 1.0, 1.0))
            found[sign] = (widths[0x221A] + 70, composed(*parts))
    return found


def circle(radius: int, middle: tuple[int, int] = MIDDLE, inside: bool = False) -> Outline:
    """Eight bows. The hole of a ring goes round the other way."""
    points = []
    for step in range(16):
        turn = -math.pi * step / 8
        far = radius if step % 2 == 0 else radius / math.cos(math.pi / 8)
        points.append(
            (round(middle[0] + far * math.cos(turn)), round(middle[1] + far * math.sin(turn)), step % 2 == 0)
        )
    return points[::-1] if inside else points


def ring() -> list[Outline]:
    return [circle(RADIUS), circle(RADIUS - PEN, inside=True)]


def cross(middle: tuple[int, int], reach: int, pen: int) -> list[Outline]:
    """Two bars through the middle, each at half a right angle."""
    long, half = round(reach / math.sqrt(2)), round(pen / 2 / math.sqrt(2))
    bars = [
        [(-long - half, -long + half), (long - half, long + half), (long + half, long - half), (-long + half, -long - half)],
        [(-long + half, long + half), (long + half, -long + half), (long - half, -long - half), (-long - half, long - half)],
    ]  # fmt: skip
    return [[(middle[0] + x, middle[1] + y, True) for x, y in bar] for bar in bars]


def tick(left: int, size: float = 1.0, up: int = 0) -> Outline:
    return [(round(left + size * x), round(up + size * y), True) for x, y in TICK]


def box() -> list[Outline]:
    left, low, right, high = BOX
    inner = (left + THICK, low + THICK, right - THICK, high - THICK)
    return [_corners(*BOX), _corners(*inner)[::-1]]


def _corners(left: int, low: int, right: int, high: int) -> Outline:
    return [(left, low, True), (left, high, True), (right, high, True), (right, low, True)]


def outlines(*contours: Outline) -> bytes:
    """A simple glyph; every step from point to point is written in full."""
    points = [point for one in contours for point in one]
    ends, last = [], -1
    for one in contours:
        last += len(one)
        ends.append(last)
    across, up = [point[0] for point in points], [point[1] for point in points]
    head = struct.pack(">hhhhh", len(contours), min(across), min(up), max(across), max(up))
    flags = bytes(int(point[2]) for point in points)
    return head + struct.pack(f">{len(ends)}HH", *ends, 0) + flags + _steps(across) + _steps(up)


def _steps(places: list[int]) -> bytes:
    return struct.pack(f">{len(places)}h", *(b - a for a, b in zip([0, *places], places, strict=False)))


def composed(*parts: tuple[int, int, int, float, float]) -> bytes:
    """A glyph of other glyphs: (which, how far right, how far up, as wide, as high)."""
    made = struct.pack(">hhhhh", -1, 0, -200, 1000, 900)
    for place, (glyph, right, up, wide, high) in enumerate(parts, 1):
        flags = ARE_WORDS | PLACED | HAVE_X_AND_Y | (MORE if place < len(parts) else 0)
        made += struct.pack(">HHhhhh", flags, glyph, right, up, round(wide * 16384), round(high * 16384))
    return made
