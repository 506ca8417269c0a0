"""Where everything stands on a sheet of A4, in millimetres from its upper left corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 210.0, 297.0
# Four targets as in a QR code: dark and light as 1:1:3:1:1 along every line through the middle, however it is turned.
MODULE = 1.6
TARGETS = ((14.0, 14.0), (196.0, 14.0), (196.0, 283.0), (14.0, 283.0))
CODE_LEFT, CODE_TOP, CELL, CELL_PITCH, CODE_ROWS = 41.0, 10.5, 3.0, 4.0, 2
RADIUS, PITCH, ROW_PITCH = 2.1, 5.8, 7.0
TOP, LEFT, RIGHT, LABEL = 62.0, 16.0, 194.0, 9.0
ROWS_PER_COLUMN = 30
MOST_OPTIONS = 12


@dataclass(frozen=True)
class Row:
    """One line of bubbles: a question, or one part of a question of several lines."""

    label: str
    options: int
    many: bool = False  # more than one bubble may be filled


@dataclass(frozen=True)
class Bubble:
    row: int  # its place in all rows
    option: int
    x: float
    y: float


def columns_for(rows: Sequence[Row]) -> int:
    widest = max((row.options for row in rows), default=4)
    if widest > MOST_OPTIONS:
        raise ValueError("more options than a sheet has letters for")
    return 4 if widest <= 6 else 3 if widest <= 8 else 2


def pages_of(rows: Sequence[Row]) -> int:
    most = columns_for(rows) * ROWS_PER_COLUMN
    return max(1, -(-len(rows) // most))


def bubbles(rows: Sequence[Row], page: int = 0) -> Iterator[Bubble]:
    for place, x, y in places(rows, page):
        for option in range(rows[place].options):
            yield Bubble(place, option, x + LABEL + PITCH * (option + 0.5), y)


def places(rows: Sequence[Row], page: int = 0) -> Iterator[tuple[int, float, float]]:
    """(place of the row, left edge, middle line) of what stands on a page; columns are filled downwards."""
    columns = columns_for(rows)
    wide = (RIGHT - LEFT) / columns
    first = page * columns * ROWS_PER_COLUMN
    for place in range(first, min(len(rows), first + columns * ROWS_PER_COLUMN)):
        column, line = divmod(place - first, ROWS_PER_COLUMN)
        yield place, LEFT + column * wide, TOP + line * ROW_PITCH


def code_cells() -> Iterator[tuple[float, float]]:
    """Middles of the cells of the code, bit by bit."""
    for row in range(CODE_ROWS):
        for column in range(32):
            yield CODE_LEFT + CELL_PITCH * (column + 0.5), CODE_TOP + CELL_PITCH * (row + 0.5)
