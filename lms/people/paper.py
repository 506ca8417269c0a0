"""Slips and cards on paper: PDF, to be cut along the lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from lms.core.letters import FONT, use_font

MARGIN = 12 * mm


@dataclass(frozen=True)
class Slip:
    """One paper for one person: a name, a line on where it is for, a code and what to do with it."""

    name: str
    about: str
    code: str
    lines: Sequence[str] = ()
    link: str = ""  # drawn as a QR code


def slips_pdf(title: str, slips: Sequence[Slip], columns: int = 2, rows: int = 5) -> bytes:
    target = io.BytesIO()
    page = Canvas(target, pagesize=A4, pageCompression=1)
    page.setTitle(title)
    use_font()
    width, height = (A4[0] - 2 * MARGIN) / columns, (A4[1] - 2 * MARGIN) / rows
    for number, slip in enumerate(slips):
        place = number % (columns * rows)
        if number and not place:
            page.showPage()
        left = MARGIN + (place % columns) * width
        top = A4[1] - MARGIN - (place // columns) * height
        _draw(page, slip, left, top, width, height)
    page.save()
    return target.getvalue()


def _draw(page: Canvas, slip: Slip, left: float, top: float, width: float, height: float) -> None:
    page.setDash(2, 2)
    page.setLineWidth(0.4)
    page.rect(left, top - height, width, height)
    page.setDash()
    inside, room = left + 4 * mm, width - 8 * mm
    if slip.link:
        side = min(height - 8 * mm, 34 * mm)
        _qr(page, slip.link, left + width - side - 3 * mm, top - height + 4 * mm, side)
        room -= side + 2 * mm
    _text(
        page,
        slip.name,
        inside,
        top - 8 * mm,
        11,
        room if len(slip.name) < 34 or not slip.link else width - 8 * mm,
    )
    _text(page, slip.about, inside, top - 13 * mm, 8, room)
    _text(page, slip.code, inside, top - 23 * mm, 15, room)
    for number, line in enumerate(slip.lines):
        _text(page, line, inside, top - (30 + 4.2 * number) * mm, 7.5, room)


def _text(page: Canvas, text: str, left: float, base: float, size: float, room: float) -> None:
    """As large as wished, smaller when a long name would leave its slip."""
    width = pdfmetrics.stringWidth(text, FONT, size)
    page.setFont(FONT, size if width <= room else max(5.0, size * room / width))
    page.drawString(left, base, text)


def _qr(page: Canvas, link: str, left: float, bottom: float, side: float) -> None:
    matrix = segno.make(link, error="m", micro=False).matrix
    dot = side / (len(matrix) + 4)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            if dark:
                x, y = left + (column + 2) * dot, bottom + side - (row + 3) * dot
                page.rect(x, y, dot * 1.02, dot * 1.02, stroke=0, fill=1)
