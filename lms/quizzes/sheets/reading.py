"""What is marked on a straightened sheet, and what a person has to look at.

How dark a bubble is, is measured between the paper right around it and the dark of the targets, so shadows do not
matter; what an empty bubble looks like is taken from the sheet itself. Between empty and marked lies a stretch where
nobody decides but a person: a mark rubbed out, a pale pencil, a cross beside the bubble.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lms.quizzes.sheets import layout
from lms.quizzes.sheets.layout import Bubble, Row
from lms.quizzes.sheets.straightening import Points, Straightened

EMPTY, MARKED = 0.09, 0.19
FAINT, TWO, UNSURE = "faint", "two_marks", "unreadable"
SHIFTS = np.arange(-1.2, 1.21, 0.3)
BLOCK = 5  # rows that are looked for together, because paper bends


@dataclass(frozen=True)
class RowRead:
    label: str
    marked: tuple[int, ...]
    doubt: str  # why a person has to look; empty when it is clear
    darkness: tuple[float, ...]


@dataclass(frozen=True)
class SheetRead:
    number: int
    page: int
    rows: tuple[RowRead, ...]

    @property
    def doubtful(self) -> tuple[RowRead, ...]:
        return tuple(row for row in self.rows if row.doubt)


def read(seen: Straightened, rows: Sequence[Row]) -> SheetRead:
    """`rows` are those of the whole sheet, all pages."""
    bubbles = list(layout.bubbles(rows, seen.page))
    if not bubbles:
        return SheetRead(seen.number, seen.page, ())
    shift = _shifts(seen, bubbles)
    darkness, contrast = _darkness(seen, bubbles, shift)
    usual = float(np.median(np.sort(darkness)[: max(1, len(darkness) * 6 // 10)]))
    darkness = darkness - usual
    found: dict[int, list[float]] = {}
    clear: dict[int, bool] = {}
    for one, value, good in zip(bubbles, darkness, contrast, strict=True):
        found.setdefault(one.row, []).append(float(value))
        clear[one.row] = clear.get(one.row, True) and bool(good)
    return SheetRead(
        seen.number,
        seen.page,
        tuple(_row(rows[place], values, clear[place]) for place, values in found.items()),
    )


def _row(row: Row, darkness: list[float], clear: bool) -> RowRead:
    marked = tuple(place for place, value in enumerate(darkness) if value >= MARKED)
    doubt = "" if clear else UNSURE
    if any(EMPTY < value < MARKED for value in darkness):
        doubt = FAINT
    elif len(marked) > 1 and not row.many:
        doubt = TWO
    return RowRead(row.label, marked, doubt, tuple(round(value, 3) for value in darkness))


def _shifts(seen: Straightened, bubbles: Sequence[Bubble]) -> Points:
    """How far the printed circles of each block lie from where they should: millimetres, for each bubble."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.array([np.cos(angles), np.sin(angles)])
    blocks = np.array(
        [(round(one.x // 45), round((one.y - layout.TOP) / layout.ROW_PITCH) // BLOCK) for one in bubbles]
    )
    middle = np.array([(one.x, one.y) for one in bubbles])
    found = np.zeros((len(bubbles), 2))
    for block in np.unique(blocks, axis=0):
        here = (blocks == block).all(axis=1)
        best, where = -np.inf, (0.0, 0.0)
        for dx in SHIFTS:
            for dy in SHIFTS:
                at = middle[here] + (dx, dy)
                on, off = (
                    _around(seen, at, ring * radius) for radius in (layout.RADIUS, layout.RADIUS + 0.55)
                )
                # The middle of what fits equally well; a mark inside the circle must not pull.
                score = float(np.median(off - on)) - 0.3 * (dx * dx + dy * dy)
                if score > best:
                    best, where = score, (float(dx), float(dy))
        found[here] = where
    return found


def _around(seen: Straightened, at: Points, ring: Points) -> Points:
    x, y = at[:, 0, None] + ring[0][None], at[:, 1, None] + ring[1][None]
    return np.asarray(seen.at(x, y).mean(axis=1))


def _darkness(seen: Straightened, bubbles: Sequence[Bubble], shift: Points) -> tuple[Points, Points]:
    middle = np.array([(one.x, one.y) for one in bubbles]) + shift
    steps = np.linspace(-1, 1, 9)
    disc = np.array([(x, y) for x in steps for y in steps if x * x + y * y <= 1]).T * (layout.RADIUS * 0.8)
    inside = _around(seen, middle, disc)
    # Right above and below the bubble there is never anything but paper.
    paper = np.stack(
        [seen.at(middle[:, 0] + dx, middle[:, 1] + dy) for dx in (-0.8, 0.8) for dy in (-3.2, 3.2)]
    )
    light = np.sort(paper, axis=0)[1:].mean(axis=0)
    black = float(np.mean([seen.at(np.array([x]), np.array([y]))[0] for x, y in layout.TARGETS]))
    room = light - black
    return (light - inside) / np.maximum(room, 1.0), room > 25
