"""Answer cards: one for each pupil, a black square that a camera reads; the side that is held up is the answer.

Six by six cells: a black frame, four by four bits inside. The codes are four bits apart however two cards are held, so
that one misread bit changes nothing (assets/room/cards.ts reads them).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from lms.core.letters import FONT, use_font

MOST, APART, CELLS, LETTERS = 60, 4, 6, "ABCD"
SIDE = 96 * mm


def turned(bits: int) -> int:
    """Four by four bits, turned clockwise by a quarter."""
    places = ((row, column) for row in range(4) for column in range(4))
    return sum(1 << (column * 4 + 3 - row) for row, column in places if bits >> (row * 4 + column) & 1)


def ways(bits: int) -> list[int]:
    """A card as it looks from each of its four sides."""
    found = [bits]
    while len(found) < 4:
        found.append(turned(found[-1]))
    return found


def _codes() -> Iterator[int]:
    """Always the same ones, in the same order: what is printed once is read for ever."""
    taken: list[int] = []
    for step in range(1 << 16):
        bits = step * 40503 % (1 << 16)  # an odd factor: every number once, neighbours far apart
        four = ways(bits)
        if 5 <= bits.bit_count() <= 11 and all(
            (bits ^ one).bit_count() >= APART for one in (*four[1:], *taken)
        ):
            taken += four
            yield bits


CODES = tuple(code for code, _number in zip(_codes(), range(MOST), strict=False))


def cells(number: int) -> Iterator[tuple[int, int]]:
    """The dark cells of a card, as (row, column) from the top left, held so that A is on top."""
    bits = CODES[number - 1]
    for row in range(CELLS):
        for column in range(CELLS):
            if row in (0, CELLS - 1) or column in (0, CELLS - 1) or bits >> ((row - 1) * 4 + column - 1) & 1:
                yield row, column


def cards_pdf(cards: Sequence[tuple[int, str, str]]) -> bytes:
    """(number, pupil, class) of each: two on a sheet, to be cut apart."""
    target = io.BytesIO()
    page = Canvas(target, pagesize=A4, pageCompression=1)
    use_font()
    page.setTitle(_("Answer cards"))
    for place, (number, name, group) in enumerate(cards):
        if place and not place % 2:
            page.showPage()
        _card(page, number, f"{number}. {name}, {group}", A4[1] * (0.75 if place % 2 == 0 else 0.25))
    page.save()
    return target.getvalue()


def _card(page: Canvas, number: int, words: str, middle: float) -> None:
    left, top, cell = (A4[0] - SIDE) / 2, middle + SIDE / 2, SIDE / CELLS
    for row, column in cells(number):
        # A hair larger, so that no white line stands between two dark cells.
        page.rect(
            left + column * cell - 0.1, top - (row + 1) * cell - 0.1, cell + 0.2, cell + 0.2, stroke=0, fill=1
        )
    for turn, letter in enumerate(LETTERS):
        page.saveState()
        page.translate(A4[0] / 2, middle)
        page.rotate(-90 * turn)
        page.setFont(FONT, 15)
        page.drawCentredString(0, SIDE / 2 + 13 * mm, letter)
        page.restoreState()
    page.setFont(FONT, 9)
    page.drawCentredString(A4[0] / 2, middle - SIDE / 2 - 22 * mm, words)
