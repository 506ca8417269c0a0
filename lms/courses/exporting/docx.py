"""A course as a Word document: headings, tables and formulas that can be changed there."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

from docx import Document
from docx.shared import Mm
from lxml import html as lxml_html

from lms.core.formulas.omml_out import omml
from lms.courses.blocks import Piece
from lms.courses.exporting.leaving import Leaving

_INLINE = re.compile(r"\\\((.{1,2000}?)\\\)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STYLES = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline"}


def docx(leaving: Leaving) -> bytes:
    pictures = leaving.attachments()
    paper = new_document(leaving.title, leaving.language)
    paper.add_heading(plain(leaving.title), 0)
    for module, pages in leaving.modules():
        paper.add_heading(
            plain(module[f"title_{leaving.language}"] or module["title_kk"] or module["title_ru"]), 1
        )
        for page in pages:
            paper.add_heading(plain(page.title), 2)
            for _block, kind, content in leaving.contents(page):
                for piece in kind.pieces(content):
                    _write(paper, piece, leaving, pictures)
    names = ", ".join(dict.fromkeys(one["name"] for one in leaving.outline["credits"]))
    paper.add_paragraph(plain(names))
    return saved(paper)


def new_document(title: str, language: str) -> Any:
    paper = Document()
    paper.core_properties.title = plain(title)[:250]
    paper.core_properties.language = language
    paper.core_properties.author = ""
    return paper


def saved(paper: Any) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def plain(text: str) -> str:
    """XML knows no control letters."""
    return _CONTROL.sub("", text)


def _write(paper: Any, piece: Piece, leaving: Leaving, pictures: dict[str, bytes]) -> None:
    if piece.shape in ("html", "quote"):
        _markup(paper, piece.text)
    elif piece.shape == "formula":
        formula(paper.add_paragraph(), piece.text)
    elif piece.shape == "picture":
        _picture(paper, piece, leaving, pictures)
    elif piece.shape == "table":
        table(paper, piece.rows)
    elif piece.shape == "options":
        for row in piece.rows:
            paper.add_paragraph(f"☐ {plain(row[0])}")
    elif piece.shape == "blank":
        for _row in piece.rows:
            paper.add_paragraph("_" * 70)
    elif piece.shape in ("heading2", "heading3"):
        paper.add_heading(plain(piece.text), int(piece.shape[-1]) + 1)
    else:
        run = paper.add_paragraph().add_run(plain(piece.text))
        run.bold, run.italic = piece.shape == "strong", piece.shape == "note"


def table(paper: Any, rows: list[list[str]]) -> None:
    if not rows:
        return
    made = paper.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, cells in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = plain(text)
    paper.add_paragraph()


def formula(paragraph: Any, latex: str) -> None:
    found = omml(latex)
    if found is None:
        paragraph.add_run(plain(latex))
    else:
        paragraph._p.append(found)


def _picture(paper: Any, piece: Piece, leaving: Leaving, pictures: dict[str, bytes]) -> None:
    file = leaving.files.get(piece.file)
    data = pictures.get(leaving.address(file)) if file else None
    if data is None:
        paper.add_paragraph(plain(piece.text))
        return
    shape = paper.add_picture(
        io.BytesIO(data), width=Mm(min(150, max(30, (file.width if file else 600) * 0.16)))
    )
    shape._inline.docPr.set("descr", plain(piece.text))


def _markup(paper: Any, markup: str) -> None:
    tree = lxml_html.fragment_fromstring(markup or "<p></p>", create_parent="div")
    _below(paper, tree)


def _below(paper: Any, tree: Any) -> None:
    if (tree.text or "").strip():
        _letters(paper.add_paragraph(), tree.text, ())
    for one in tree:
        if one.tag in ("ul", "ol"):
            for item in one:
                style = "List Number" if one.tag == "ol" else "List Bullet"
                _runs(paper.add_paragraph(style=style), item, ())
        elif one.tag in ("h2", "h3", "h4", "h5"):
            paper.add_heading(plain("".join(one.itertext())), 4)
        elif one.tag in ("blockquote", "div", "figure"):
            _below(paper, one)
        elif one.tag == "table":
            rows = [["".join(cell.itertext()).strip() for cell in row] for row in one.iter("tr")]
            wide = max(map(len, rows), default=0)
            table(paper, [row + [""] * (wide - len(row)) for row in rows] if wide else [])
        else:
            _runs(paper.add_paragraph(), one, ())
        if (one.tail or "").strip():
            _letters(paper.add_paragraph(), one.tail, ())


def _runs(paragraph: Any, one: Any, marks: tuple[str, ...]) -> None:
    _letters(paragraph, one.text or "", marks)
    for child in one:
        if child.tag == "br":
            paragraph.add_run().add_break()
        _runs(paragraph, child, (*marks, child.tag))
        _letters(paragraph, child.tail or "", marks)


def _letters(paragraph: Any, text: str, marks: tuple[str, ...]) -> None:
    r"""Text with the formulas between \( and \) as formulas."""
    for place, part in enumerate(_INLINE.split(text)):
        if place % 2:
            formula(paragraph, unescape(part))
        elif part:
            run = paragraph.add_run(plain(part))
            for mark in marks:
                if mark in _STYLES:
                    setattr(run, _STYLES[mark], True)
                elif mark in ("sub", "sup"):
                    setattr(run.font, "subscript" if mark == "sub" else "superscript", True)
