"""A certificate on one sheet of A4, lying; its QR code leads to the page that says whether it is genuine."""

from __future__ import annotations

import io

import segno
from flask_babel import gettext as _
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from lms.core.i18n import day
from lms.core.letters import FONT, use_font
from lms.quizzes.models import Certificate, QuizAttempt

WIDE, HIGH = landscape(A4)
MIDDLE = WIDE / 2
DEEP, GOLD, QUIET = HexColor("#11595f"), HexColor("#b98a2f"), HexColor("#555555")


def certificate_pdf(row: Certificate, attempt: QuizAttempt, school: str, link: str) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDE, HIGH), pageCompression=1)
    canvas.setTitle(_("Certificate"))
    use_font()
    _frame(canvas)
    sitting = attempt.sitting
    share = round(100 * (attempt.points or 0) / attempt.most) if attempt.most else 0
    _line(canvas, _("Certificate").upper(), 158, 34, DEEP)
    _line(canvas, school, 145, 13, QUIET)
    _line(canvas, _("is given to"), 128, 13, QUIET)
    _line(canvas, attempt.person.full_name, 112, 28, DEEP)
    _line(canvas, _("for the result of the test"), 98, 13, QUIET)
    _line(canvas, sitting.title, 85, 20, DEEP)
    said = _("%(points)s of %(most)s points, %(share)s %%", points=f"{attempt.points or 0:g}".replace(".", ","),
             most=f"{attempt.most:g}".replace(".", ","), share=share)  # fmt: skip
    _line(canvas, said, 71, 15, DEEP)
    canvas.setFillColor(QUIET)
    canvas.setFont(FONT, 10)
    canvas.drawString(28 * mm, 40 * mm, day(attempt.ended_at))
    canvas.drawString(28 * mm, 34 * mm, _("Teacher: %(name)s", name=sitting.giver.full_name))
    canvas.drawString(28 * mm, 28 * mm, _("Number: %(code)s", code=spaced(row.code)))
    _qr(canvas, link)
    canvas.save()
    return target.getvalue()


def spaced(code: str) -> str:
    """In fours, as people read codes aloud."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColor(DEEP)
    canvas.setLineWidth(2.2)
    canvas.rect(12 * mm, 12 * mm, WIDE - 24 * mm, HIGH - 24 * mm)
    canvas.setStrokeColor(GOLD)
    canvas.setLineWidth(0.8)
    canvas.rect(15 * mm, 15 * mm, WIDE - 30 * mm, HIGH - 30 * mm)


def _line(canvas: Canvas, text: str, base: float, size: float, colour: Color) -> None:
    room, width = WIDE - 60 * mm, pdfmetrics.stringWidth(text, FONT, size)
    canvas.setFillColor(colour)
    canvas.setFont(FONT, size if width <= room else max(8.0, size * room / width))
    canvas.drawCentredString(MIDDLE, base * mm, text)


def _qr(canvas: Canvas, link: str) -> None:
    matrix, side = segno.make(link, error="m", micro=False).matrix, 32 * mm
    dot = side / len(matrix)
    canvas.setFillGray(0)
    for down, line in enumerate(matrix):
        for across, dark in enumerate(line):
            if dark:
                canvas.rect(
                    WIDE - 28 * mm - side + across * dot, 26 * mm + side - (down + 1) * dot, dot * 1.02, dot * 1.02,
                    stroke=0, fill=1,
                )  # fmt: skip
    canvas.setFont(FONT, 7)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(WIDE - 28 * mm, 21.5 * mm, _("Check: %(address)s", address=link))
