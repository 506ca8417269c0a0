"""Sheets as PDF. Bubbles and letters are pale, so that only what a pupil darkens is dark."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from lms.core.letters import FONT, use_font
from lms.quizzes.sheets import layout
from lms.quizzes.sheets.code import bits_of
from lms.quizzes.sheets.layout import Row

LETTERS = "ABCDEFGHIJKL"
PALE = 0.55


@dataclass(frozen=True)
class Sheet:
    """One pupil's sheet: its number stands in the code, the texts are in the pupil's language."""

    number: int
    title: str
    name: str
    about: str  # class, variant, day
    rows: Sequence[Row]


def sheets_pdf(title: str, sheets: Iterable[Sheet], how: Sequence[str]) -> bytes:
    """`how` says in a line or two how to fill a sheet in."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, pageCompression=1)
    canvas.setTitle(title)
    use_font()
    for sheet in sheets:
        for page in range(layout.pages_of(sheet.rows)):
            _page(canvas, sheet, page, how)
            canvas.showPage()
    canvas.save()
    return target.getvalue()


def _page(canvas: Canvas, sheet: Sheet, page: int, how: Sequence[str]) -> None:
    canvas.setFillGray(0)
    for x, y in layout.TARGETS:
        _target(canvas, x, y)
    for (x, y), dark in zip(layout.code_cells(), bits_of(sheet.number, page), strict=True):
        if dark:
            _box(canvas, x, y, layout.CELL)
    _text(canvas, sheet.title, 24, 29, 12)
    _text(canvas, sheet.name, 24, 36, 12)
    pages = layout.pages_of(sheet.rows)
    _text(canvas, sheet.about if pages == 1 else f"{sheet.about} · {page + 1}/{pages}", 24, 41.5, 9)
    for place, line in enumerate(how):
        _text(canvas, line, 24, 47 + 4.2 * place, 8)
    _bubbles(canvas, sheet.rows, page)
    canvas.setFillGray(0)
    canvas.setFont(FONT, 7)
    canvas.drawCentredString(105 * mm, (layout.HEIGHT - 284) * mm, f"{sheet.number:013d}")


def _bubbles(canvas: Canvas, rows: Sequence[Row], page: int) -> None:
    canvas.setFont(FONT, 8.5)
    for place, x, y in layout.places(rows, page):
        canvas.drawRightString(
            (x + layout.LABEL - 1.2) * mm, (layout.HEIGHT - y - 1.05) * mm, rows[place].label
        )
    canvas.setStrokeGray(PALE)
    canvas.setFillGray(PALE)
    canvas.setLineWidth(0.6)
    canvas.setFont(FONT, 6)
    for one in layout.bubbles(rows, page):
        down = layout.HEIGHT - one.y
        canvas.circle(one.x * mm, down * mm, layout.RADIUS * mm)
        canvas.drawCentredString(one.x * mm, (down - 0.75) * mm, LETTERS[one.option])


def _target(canvas: Canvas, x: float, y: float) -> None:
    for modules, gray in ((7, 0), (5, 1), (3, 0)):
        canvas.setFillGray(gray)
        _box(canvas, x, y, modules * layout.MODULE)
    canvas.setFillGray(0)


def _box(canvas: Canvas, x: float, y: float, side: float) -> None:
    canvas.rect(
        (x - side / 2) * mm, (layout.HEIGHT - y - side / 2) * mm, side * mm, side * mm, stroke=0, fill=1
    )


def _text(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """Smaller when a long name would leave the sheet."""
    room, wide = 162 * mm, pdfmetrics.stringWidth(text, FONT, size)
    canvas.setFont(FONT, size if wide <= room else max(5.0, size * room / wide))
    canvas.drawString(x * mm, (layout.HEIGHT - y) * mm, text)
