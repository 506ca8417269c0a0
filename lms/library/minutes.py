"""The minutes of a case as PDF: what was proposed by whom, what schools said, what was decided."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from flask_babel import gettext as _
from markupsafe import escape
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from lms.core.i18n import day, in_language, moment
from lms.core.letters import FONT, use_font
from lms.library.labels import CRITERIA, PARTS, STAGES, VERDICTS
from lms.library.models import CouncilCase, CouncilSeat, CouncilVoice


@cache
def _styles() -> dict[str, ParagraphStyle]:
    use_font()
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=9.5, leading=13)
    head = ParagraphStyle("head", plain, fontSize=12, leading=16, spaceBefore=8, spaceAfter=4)
    return {"plain": plain, "head": head, "title": ParagraphStyle("title", plain, fontSize=16, leading=21)}


def minutes_pdf(case: CouncilCase, voices: Sequence[CouncilVoice]) -> bytes:
    out = io.BytesIO()
    title = in_language(case.resource, "title")
    page = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=title,
        leftMargin=20 * mm,
        rightMargin=15 * mm,
        topMargin=15 * mm,
        bottomMargin=15 * mm,
    )
    page.build(list(_story(case, voices, title)))
    return out.getvalue()


def _story(case: CouncilCase, voices: Sequence[CouncilVoice], title: str) -> Iterator[Flowable]:
    yield _said("title", _("Minutes of the expert council"))
    yield _said("head", title)
    for label, value in _facts(case):
        yield _said("plain", f"{label}: {value}")
    yield _said("head", _("Stages"))
    for at, stage, _who in case.log:
        yield _said("plain", f"{moment(datetime.fromisoformat(at))}: {STAGES[stage]}")
    yield _said("head", _("Reviews"))
    for number, seat in enumerate(case.seats, 1):
        yield from _review(case, seat, number)
    if voices:
        yield _said("head", _("Trial in schools and public discussion"))
        yield from (_said("plain", _voice(one)) for one in voices)
    yield Spacer(1, 14 * mm)
    yield _said("plain", _("Chair: ____________________    Secretary: ____________________"))


def _facts(case: CouncilCase) -> Iterator[tuple[str, str]]:
    resource = case.resource
    yield _("Authors"), ", ".join(resource.authors)
    yield _("Begun"), day(case.created_at)
    yield _("Decision"), f"{STAGES[case.stage]}. {case.decision}"
    if resource.mark and case.stage == "approved":
        yield _("Mark"), _("%(code)s, valid until %(day)s", code=resource.mark, day=day(resource.mark_until))


def _review(case: CouncilCase, seat: CouncilSeat, number: int) -> Iterator[Flowable]:
    """Names stand here only when nobody can be asked to change their mind any more."""
    name = seat.person.full_name if not case.is_open else _("Expert %(number)s", number=number)
    yield _said("plain", f"{PARTS[seat.part]}: {name}")
    if seat.conflict:
        yield _said("plain", _("Stepped back: %(reason)s", reason=seat.conflict))
        return
    if seat.scores:
        rows = [[_said("plain", str(CRITERIA[one])), str(points)] for one, points in seat.scores.items()]
        yield _table(rows)
    if seat.verdict:
        yield _said("plain", f"{_('Proposal')}: {VERDICTS[seat.verdict]}")
    if seat.words:
        yield _said("plain", seat.words)
    yield Spacer(1, 3 * mm)


def _voice(one: CouncilVoice) -> str:
    about = ", ".join(filter(None, (one.person.full_name, one.school)))
    tried = f" ({_('tried in lessons')})" if one.tried else ""
    return f"{about}{tried}: {one.words}"


def _table(rows: list[list[Any]]) -> Table:
    table = Table(rows, colWidths=[150 * mm, 15 * mm])
    style = [("FONT", (0, 0), (-1, -1), FONT, 9.5), ("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey)]
    table.setStyle(TableStyle(style))
    return table


def _said(style: str, text: object) -> Paragraph:
    """Markup in what people wrote is text here too."""
    return Paragraph(str(escape(str(text))).replace("\n", "<br/>"), _styles()[style])
