"""A course on paper: A4, Noto Sans, page numbers; questions have room to be answered in writing."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from markupsafe import escape
from PIL import Image as Picture
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    Image,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from lms.core.formulas.linear import linear
from lms.core.letters import BOLD, FONT, use_font
from lms.core.letters.markup import paragraphs
from lms.courses.blocks import Piece
from lms.courses.exporting.leaving import Leaving

WIDE = A4[0] - 40 * mm


def pdf(leaving: Leaving) -> bytes:
    pictures = {key: one for key, one in leaving.attachments().items() if key.startswith("files/")}
    story: list[Flowable] = [Paragraph(str(escape(leaving.title)), style_of("title"))]
    about = leaving.outline[f"about_{leaving.language}"]
    story += [Paragraph(str(escape(about)), style_of("body"))] if about else []
    for module, pages in leaving.modules():
        title = module[f"title_{leaving.language}"] or module["title_kk"] or module["title_ru"]
        story.append(Paragraph(str(escape(title)), style_of("module")))
        for page in pages:
            story.append(Paragraph(str(escape(page.title)), style_of("heading1")))
            for _block, kind, content in leaving.contents(page):
                for piece in kind.pieces(content):
                    story += _flowables(piece, leaving, pictures)
            story.append(Spacer(1, 6 * mm))
    names = ", ".join(dict.fromkeys(one["name"] for one in leaving.outline["credits"]))
    story += [PageBreak(), Paragraph(str(escape(names)), style_of("note"))] if names else []
    return built(story, leaving.title)


def built(story: list[Flowable], title: str) -> bytes:
    out = io.BytesIO()
    style_of("body")
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=title,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
    )
    document.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue()


def _foot(canvas: Any, document: Any) -> None:
    canvas.setFont(FONT, 8)
    canvas.drawCentredString(A4[0] / 2, 10 * mm, str(document.page))


def _flowables(piece: Piece, leaving: Leaving, pictures: dict[str, bytes]) -> list[Flowable]:
    if piece.shape in ("html", "quote"):
        return [Paragraph(text, style_of(style)) for text, style in paragraphs(piece.text)]
    if piece.shape == "formula":
        return [Paragraph(linear(piece.text), style_of("formula"))]
    if piece.shape == "picture":
        return _picture(piece, leaving, pictures)
    if piece.shape == "table":
        return [table(piece.rows, piece.header)] if piece.rows else []
    if piece.shape == "options":
        return [Paragraph(f"☐ {escape(row[0])}", style_of("body")) for row in piece.rows]
    if piece.shape == "blank":
        return [Table([[""]], colWidths=[WIDE], rowHeights=[9 * mm], style=_LINE) for _row in piece.rows]
    if piece.shape in ("lines", "code"):
        text = str(escape(piece.text)).replace("\n", "<br/>")
        return [Paragraph(text, style_of("body"))]
    style = {"heading2": "heading2", "heading3": "heading3", "note": "note", "strong": "strong"}[piece.shape]
    return [Paragraph(str(escape(piece.text)), style_of(style))]


_LINE = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)])


def table(rows: list[list[str]], header: bool, widths: list[float] | None = None) -> Flowable:
    cells = [
        [Paragraph(str(escape(cell)).replace("\n", "<br/>"), style_of("cell")) for cell in row]
        for row in rows
    ]
    style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    style += [("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#f1eee6"))] if header else []
    each = widths or [WIDE / len(rows[0])] * len(rows[0])
    return Table(cells, colWidths=each, style=TableStyle(style), repeatRows=int(header), spaceAfter=4 * mm)


def _picture(piece: Piece, leaving: Leaving, pictures: dict[str, bytes]) -> list[Flowable]:
    file = leaving.files.get(piece.file)
    data = pictures.get(leaving.address(file)) if file else None
    if data is None:
        return [Paragraph(str(escape(piece.text)), style_of("note"))]
    with Picture.open(io.BytesIO(data)) as found:
        width, height = found.size
    share = min(WIDE / width, 110 * mm / height, 0.6)
    return [Image(io.BytesIO(data), width * share, height * share), Spacer(1, 2 * mm)]


@cache
def style_of(name: str) -> ParagraphStyle:
    use_font()
    body = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=15, spaceAfter=2.5 * mm)
    return {
        "body": body,
        "cell": ParagraphStyle("cell", body, fontSize=9, leading=12, spaceAfter=0),
        "title": ParagraphStyle("title", body, fontSize=22, leading=28, spaceAfter=8 * mm),
        "module": ParagraphStyle(
            "module", body, fontSize=17, leading=22, spaceBefore=6 * mm, spaceAfter=4 * mm
        ),
        "heading1": ParagraphStyle(
            "heading1", body, fontSize=15, leading=20, spaceBefore=4 * mm, keepWithNext=1
        ),
        "heading2": ParagraphStyle(
            "heading2", body, fontSize=13, leading=18, spaceBefore=3 * mm, keepWithNext=1
        ),
        "heading3": ParagraphStyle(
            "heading3", body, fontSize=11.5, leading=16, spaceBefore=2 * mm, keepWithNext=1
        ),
        "strong": ParagraphStyle("strong", body, fontName=BOLD, keepWithNext=1, spaceAfter=1 * mm),
        "note": ParagraphStyle("note", body, fontSize=9, leading=12, textColor=colors.HexColor("#555555")),
        "formula": ParagraphStyle("formula", body, fontSize=12, leading=18, alignment=1),
    }[name]
