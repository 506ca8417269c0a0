"""A paper as PDF: each variant on pages of its own, each key on a page of its own at the end."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from flask_babel import gettext as _
from markupsafe import escape
from PIL import Image as Picture
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    Image,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from lms.core.letters import FONT, use_font
from lms.core.letters.markup import paragraphs
from lms.quizzes.exchange.files import ADDRESS
from lms.quizzes.leaving.pieces import Piece, key_line, pieces_of
from lms.quizzes.leaving.sheets import Variant

Load = Callable[[str], tuple[bytes, str] | None]
WIDE = A4[0] - 36 * mm


def paper_pdf(title: str, note: str, variants: Sequence[Variant], load: Load) -> bytes:
    story: list[Flowable] = []
    for one in variants:
        story += [*_variant(title, note, one, load), PageBreak()]
    for place, one in enumerate(variants):
        story += [*([PageBreak()] if place else []), *_key(title, one)]
    target = io.BytesIO()
    SimpleDocTemplate(
        target, pagesize=A4, title=title, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=15 * mm, bottomMargin=15 * mm
    ).build(story, onFirstPage=_foot, onLaterPages=_foot)  # fmt: skip
    return target.getvalue()


def _foot(canvas: Any, document: Any) -> None:
    canvas.setFont(use_font(), 8)
    canvas.drawCentredString(A4[0] / 2, 8 * mm, str(document.page))


def _variant(title: str, note: str, one: Variant, load: Load) -> Iterator[Flowable]:
    yield _said(title, "title")
    yield _said(_("Variant %(number)s", number=one.number), "head")
    yield _said(f"{_('Name')}: {'_' * 34}  {_('Class')}: {'_' * 8}  {_('Date')}: {'_' * 12}", "body")
    if note:
        yield _said(note, "body")
    for question in one.questions:
        if question.section:
            yield _said(question.section, "head")
        found = [flowable for piece in pieces_of(question) for flowable in _drawn(piece, load)]
        if question.number:
            points = f"{question.shown['points']:g}".replace(".", ",")
            about = _("Points: %(points)s", points=points)
            found.insert(
                0, Paragraph(f"<b>{question.number}.</b>  <font size=8>{escape(about)}</font>", style("body"))
            )
        yield KeepTogether([*found, Spacer(1, 3 * mm)])


def _key(title: str, one: Variant) -> Iterator[Flowable]:
    yield _said(f"{_('Key')} · {_('Variant %(number)s', number=one.number)}", "title")
    yield _said(title, "body")
    head = ["№", _("Right answer"), _("Points")]
    rows = [
        [str(question.number), key_line(question), f"{question.shown['points']:g}".replace(".", ",")]
        for question in one.questions
        if question.number
    ]
    yield _table([head, *rows], [14 * mm, WIDE - 34 * mm, 20 * mm])


def _drawn(piece: Piece, load: Load) -> list[Flowable]:
    if piece.shape == "markup":
        return [*_paragraphs(piece.text, "body"), *_pictures(piece.text, load)]
    if piece.shape == "option":
        inside = " ".join(flat for flat in _lines(piece.text))
        return [Paragraph(f"{escape(piece.sign)} {inside}", style("option")), *_pictures(piece.text, load)]
    if piece.shape == "choice":
        return [_said(f"☐ {_('True')}     ☐ {_('False')}", "option")]
    if piece.shape == "picture":
        return _picture(piece.sign, load)
    if piece.shape == "table":
        return [_table([[" ".join(_lines(cell)) for cell in row] for row in piece.rows], None, marked=True)]
    line = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey)])
    return [Table([[""]], colWidths=[WIDE], rowHeights=[8 * mm], style=line) for _line in range(piece.count)]


def _said(text: str, name: str) -> Paragraph:
    return Paragraph(str(escape(text)), style(name))


def _table(rows: list[list[str]], widths: list[float] | None, marked: bool = False) -> Table:
    cells = [
        [Paragraph(cell if marked else str(escape(cell)), style("cell")) for cell in row] for row in rows
    ]
    look: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#eef3f2")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table(
        cells, colWidths=widths or [WIDE / len(rows[0])] * len(rows[0]), style=TableStyle(look), repeatRows=1
    )


def _picture(digest: str, load: Load) -> list[Flowable]:
    file = load(digest)
    if file is None or not file[1].startswith("image/"):
        return []
    with Picture.open(io.BytesIO(file[0])) as found:
        width, height = found.size
    share = min(WIDE / width, 80 * mm / height, 0.6)
    return [Image(io.BytesIO(file[0]), width * share, height * share, hAlign="LEFT"), Spacer(1, 1.5 * mm)]


def _pictures(markup: str, load: Load) -> list[Flowable]:
    found = re.findall(rf"{ADDRESS}([0-9a-f]{{64}})", markup)
    return [flowable for digest in found for flowable in _picture(digest, load)]


def _paragraphs(markup: str, name: str) -> list[Flowable]:
    return [Paragraph(text, style(name)) for text in _lines(markup)]


def _lines(markup: str) -> list[str]:
    return [text for text, _style in paragraphs(markup) if text.strip()]


@cache
def style(name: str) -> ParagraphStyle:
    use_font()
    body = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=14.5, spaceAfter=1.2 * mm)
    return {
        "body": body,
        "cell": ParagraphStyle("cell", body, fontSize=9.5, leading=12.5, spaceAfter=0),
        "option": ParagraphStyle("option", body, leftIndent=8 * mm, spaceAfter=0.8 * mm),
        "head": ParagraphStyle("head", body, fontSize=12, leading=16, spaceBefore=2 * mm, keepWithNext=1),
        "title": ParagraphStyle("title", body, fontSize=16, leading=21, spaceAfter=2 * mm, keepWithNext=1),
    }[name]
