"""A paper as a Word document that can still be changed: formulas are Word's own, each key begins on a new page."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt
from flask_babel import gettext as _
from lxml import html as lxml_html
from PIL import Image as Picture

from lms.core.formulas.omml_out import omml
from lms.quizzes.exchange.files import ADDRESS
from lms.quizzes.leaving.pdf import Load
from lms.quizzes.leaving.pieces import Piece, key_line, pieces_of
from lms.quizzes.leaving.sheets import Variant

_FORMULA = re.compile(r"\\\((.{1,2000}?)\\\)|\\\[(.{1,2000}?)\\\]", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STYLES = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline"}
_BLOCKS = frozenset(
    ["p", "li", "div", "ul", "ol", "td", "tr", "table", "tbody", "thead", "th", "figure", "h2", "h3", "h4"]
)


def paper_docx(title: str, note: str, language: str, variants: Sequence[Variant], load: Load) -> bytes:
    paper = Document()
    paper.core_properties.title, paper.core_properties.author = plain(title)[:250], ""
    paper.core_properties.language = language
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Noto Sans", Pt(11)
    for one in variants:
        _variant(paper, title, note, one, load)
        _new_page(paper)
    for place, one in enumerate(variants):
        if place:
            _new_page(paper)
        _key(paper, title, one)
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def plain(text: str) -> str:
    """XML knows no control letters."""
    return _CONTROL.sub("", text)


def _new_page(paper: Any) -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _variant(paper: Any, title: str, note: str, one: Variant, load: Load) -> None:
    paper.add_heading(plain(title), 1)
    paper.add_paragraph(_("Variant %(number)s", number=one.number))
    paper.add_paragraph(f"{_('Name')}: {'_' * 34}  {_('Class')}: {'_' * 8}  {_('Date')}: {'_' * 12}")
    if note:
        paper.add_paragraph(plain(note))
    for question in one.questions:
        if question.section:
            paper.add_heading(plain(question.section), 2)
        if question.number:
            points = f"{question.shown['points']:g}".replace(".", ",")
            line = paper.add_paragraph()
            line.add_run(f"{question.number}. ").bold = True
            line.add_run(_("Points: %(points)s", points=points)).font.size = Pt(8)
            line.paragraph_format.keep_with_next = True
        for piece in pieces_of(question):
            _write(paper, piece, load)


def _key(paper: Any, title: str, one: Variant) -> None:
    paper.add_heading(f"{_('Key')} · {_('Variant %(number)s', number=one.number)}", 1)
    paper.add_paragraph(plain(title))
    rows = [["№", _("Right answer"), _("Points")]]
    rows += [
        [str(question.number), plain(key_line(question)), f"{question.shown['points']:g}".replace(".", ",")]
        for question in one.questions
        if question.number
    ]
    table = _table(paper, rows)
    for row in table.rows:
        for cell, width in zip(row.cells, (14, 125, 22), strict=True):
            cell.width = Mm(width)


def _table(paper: Any, rows: list[list[str]]) -> Any:
    table = paper.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            _letters(cell.paragraphs[0], text, ())
    return table


def _write(paper: Any, piece: Piece, load: Load) -> None:
    if piece.shape == "markup":
        _markup(paper, piece.text, load)
    elif piece.shape == "option":
        _markup(paper, piece.text, load, f"{piece.sign} ")
    elif piece.shape == "choice":
        paper.add_paragraph(f"☐ {_('True')}     ☐ {_('False')}")
    elif piece.shape == "picture":
        _picture(paper, piece.sign, piece.text, load)
    elif piece.shape == "table":
        _table(paper, [[_bare(cell) for cell in row] for row in piece.rows])
        paper.add_paragraph()
    else:
        for _line in range(piece.count):
            paper.add_paragraph("_" * 70)


def _bare(markup: str) -> str:
    return re.sub(r"<[^>]*>", "", unescape(markup))


def _markup(paper: Any, markup: str, load: Load, sign: str = "") -> None:
    tree = lxml_html.fragment_fromstring(markup or "<p></p>", create_parent="div")
    line = paper.add_paragraph()
    if sign:
        line.paragraph_format.left_indent = Mm(8)
        line.add_run(sign)
    _below(paper, line, tree, ())
    for image in tree.iter("img"):
        found = re.search(rf"{ADDRESS}([0-9a-f]{{64}})", image.get("src", ""))
        if found:
            _picture(paper, found[1], image.get("alt", ""), load)


def _below(paper: Any, line: Any, one: Any, marks: tuple[str, ...]) -> Any:
    """Fills the paragraph; a further block begins a new one. The paragraph that is being filled."""
    _letters(line, one.text or "", marks)
    for child in one:
        if (
            child.tag in _BLOCKS
            and (line.runs or len(line._p) > 1)
            and line.text.strip(" )ABCDEFGHIJKL☐.0123456789")
        ):
            line = paper.add_paragraph()
        if child.tag == "br":
            line.add_run().add_break()
        line = _below(paper, line, child, (*marks, child.tag))
        _letters(line, child.tail or "", marks)
    return line


def _letters(line: Any, text: str, marks: tuple[str, ...]) -> None:
    at = 0
    for found in _FORMULA.finditer(text):
        _run(line, text[at : found.start()], marks)
        formula = omml(found[1] or found[2])
        if formula is None:
            _run(line, found[0], marks)
        else:
            line._p.append(formula)
        at = found.end()
    _run(line, text[at:], marks)


def _run(line: Any, text: str, marks: tuple[str, ...]) -> None:
    if not text:
        return
    run = line.add_run(plain(text))
    for mark in marks:
        if mark in _STYLES:
            setattr(run, _STYLES[mark], True)
        elif mark in ("sub", "sup"):
            setattr(run.font, "subscript" if mark == "sub" else "superscript", True)


def _picture(paper: Any, digest: str, alt: str, load: Load) -> None:
    file = load(digest)
    if file is None or not file[1].startswith("image/"):
        return
    data = io.BytesIO(file[0])
    with Picture.open(data) as found:
        width, kind = found.width, found.format
        if kind not in ("PNG", "JPEG", "GIF"):  # Word knows no WebP
            data = io.BytesIO()
            found.save(data, "PNG")
    data.seek(0)
    shape = paper.add_picture(data, width=Mm(min(150, max(20, width * 0.2))))
    shape._inline.docPr.set("descr", plain(alt))
