"""The evidence sheet: a school's line against its contract, on one page of paper in the reader's language."""

from __future__ import annotations

import io
from collections.abc import Sequence

from flask_babel import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from lms.core import clock
from lms.core.i18n import day, in_language, moment, number
from lms.core.letters import FONT, use_font
from lms.lessons.labels import VERDICTS
from lms.lessons.models import SpeedMeasurement
from lms.lessons.speeds import Speed
from lms.places.labels import TECHNOLOGIES
from lms.places.models import School

LEFT, RIGHT = 20 * mm, A4[0] - 20 * mm
ROWS = 22


def evidence_pdf(school: School, speed: Speed, rows: Sequence[SpeedMeasurement]) -> bytes:
    target = io.BytesIO()
    page = Canvas(target, pagesize=A4, pageCompression=1)
    use_font()
    page.setTitle(_("Speed of the school's line"))
    top = _head(page, school)
    top = _figures(page, speed, top)
    top = _chart(page, rows, speed.contract, top)
    _table(page, rows, top)
    _foot(page)
    page.save()
    return target.getvalue()


def _line(page: Canvas, text: str, top: float, size: float = 10, left: float = LEFT) -> float:
    """Long lines are broken between words."""
    page.setFont(FONT, size)
    now = ""
    for word in text.split(" "):
        longer = f"{now} {word}" if now else word
        if now and pdfmetrics.stringWidth(longer, FONT, size) > RIGHT - left:
            page.drawString(left, top, now)
            top, now = top - size * 1.35, word
        else:
            now = longer
    page.drawString(left, top, now)
    return top - size * 1.55


def _head(page: Canvas, school: School) -> float:
    top = _line(page, _("Speed of the school's line"), A4[1] - 25 * mm, 17)
    top = _line(page, in_language(school.place), top - 2 * mm, 13)
    top = _line(page, _("Provider: %(name)s", name=school.provider or "—"), top)
    top = _line(page, _("Kind of line: %(name)s", name=str(TECHNOLOGIES.get(school.technology, "—"))), top)
    return _line(page, _("Sheet made on %(day)s", day=day(clock.today())), top)


def _figures(page: Canvas, speed: Speed, top: float) -> float:
    top -= 3 * mm
    promised = _("%(speed)s Mbit/s", speed=number(speed.contract)) if speed.contract else "—"
    top = _line(page, _("By contract: %(speed)s", speed=promised), top, 11)
    top = _line(page, _("Measured within 30 days: %(number)s times", number=speed.count), top, 11)
    top = _line(
        page,
        _("Slowest tenth %(p10)s, middle %(p50)s, best tenth %(p90)s Mbit/s",
          p10=number(round(speed.p10, 1)), p50=number(round(speed.p50, 1)), p90=number(round(speed.p90, 1))),
        top, 11,
    )  # fmt: skip
    top = _line(
        page,
        _("Upwards %(up)s Mbit/s, way there and back %(latency)s ms, lost requests %(loss)s%%",
          up=number(round(speed.up, 1)), latency=round(speed.latency), loss=number(round(100 * speed.loss, 1))),
        top, 11,
    )  # fmt: skip
    verdict = str(VERDICTS[speed.verdict][0])
    share = f" ({round(speed.share)} %)" if speed.share is not None else ""
    return _line(page, _("Verdict: %(verdict)s", verdict=verdict) + share, top - 1 * mm, 13)


def _chart(page: Canvas, rows: Sequence[SpeedMeasurement], contract: float | None, top: float) -> float:
    if len(rows) < 2:
        return top
    high, wide, base = 38 * mm, RIGHT - LEFT, top - 42 * mm
    ordered = list(reversed(rows))
    most = max(max(one.down for one in ordered), contract or 0.0) or 1.0
    first = ordered[0].at.timestamp()
    span = max(ordered[-1].at.timestamp() - first, 1.0)
    page.setLineWidth(0.4)
    page.rect(LEFT, base, wide, high)
    if contract:
        page.setDash(3, 2)
        page.line(LEFT, base + high * contract / most, RIGHT, base + high * contract / most)
        page.setDash()
    page.setLineWidth(0.9)
    path = page.beginPath()
    for place, one in enumerate(ordered):
        x, y = LEFT + wide * (one.at.timestamp() - first) / span, base + high * one.down / most
        path.lineTo(x, y) if place else path.moveTo(x, y)
    page.drawPath(path)
    return _line(page, _("Mbit/s downwards over 30 days; the dashed line is the contract"), base - 5 * mm, 8)


def _table(page: Canvas, rows: Sequence[SpeedMeasurement], top: float) -> None:
    columns = (LEFT, LEFT + 45 * mm, LEFT + 78 * mm, LEFT + 111 * mm, LEFT + 140 * mm)
    page.setFont(FONT, 8)
    head = (_("When"), _("Down, Mbit/s"), _("Up, Mbit/s"), _("Delay, ms"), _("Lost"))
    for left, text in zip(columns, head, strict=True):
        page.drawString(left, top, text)
    for one in rows[:ROWS]:
        top -= 4.2 * mm
        values = (moment(one.at), number(round(one.down, 1)), number(round(one.up, 1)), str(round(one.latency)),
                  f"{round(100 * one.loss)} %")  # fmt: skip
        for left, text in zip(columns, values, strict=True):
            page.drawString(left, top, text)


def _foot(page: Canvas) -> None:
    page.line(LEFT, 30 * mm, LEFT + 70 * mm, 30 * mm)
    _line(page, _("Signature of the school"), 25 * mm, 8)
    _line(page, _("Each figure was measured from the school against the server of this system."), 19 * mm, 8)
