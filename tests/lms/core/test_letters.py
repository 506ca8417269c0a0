"""The font of papers and slides knows the signs of school mathematics, and clean HTML becomes paragraphs."""

from __future__ import annotations

import io
from importlib.resources import files
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Paragraph, SimpleDocTemplate

from lms.core.letters import use_font, whole_font
from lms.core.letters.joined import LETTERS
from lms.core.letters.markup import paragraphs
from lms.core.letters.sfnt import glyphs_of, letters_of, tables_of

SIGNS = "√≤≥≠≈∞±×÷·−∓∠∥⊥⟂∝∼≃≅≡≪≫∈∉∋⊂⊃⊆⊇∪∩∅∀∃∄∧∨¬∂∆∇∑∏∫∮∴∵→←↑↓↔⇒⇔⇌△□☐⟨⟩⌊⌋⌈⌉ℕℤℝ°′″‰⊗⊙✓✗✔✘●○⇐∛∜☑"
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі₸"

pytestmark = pytest.mark.pure


def test_every_sign_has_an_outline_of_its_own_in_the_font_a_pdf_uses() -> None:
    face: Any = pdfmetrics.getFont(use_font()).face  # type: ignore[attr-defined]
    glyphs = glyphs_of(tables_of(whole_font()))
    for sign in SIGNS + KAZAKH:
        assert glyphs[face.charToGlyph[ord(sign)]], sign
        assert face.charWidths[ord(sign)] > 100, sign


def test_a_pdf_shows_the_signs_and_gives_them_back_as_text() -> None:
    out = io.BytesIO()
    look = ParagraphStyle("plain", fontName=use_font(), fontSize=20, leading=26)
    SimpleDocTemplate(out).build([Paragraph(" ".join(SIGNS), look)])
    page = PdfReader(io.BytesIO(out.getvalue())).pages[0]
    assert set(SIGNS) <= set(page.extract_text())
    assert {one["/BaseFont"].partition("+")[2] for one in map(_object, page["/Resources"]["/Font"].values()) if "+" in one["/BaseFont"]} == {"NotoSans-Regular"}  # type: ignore[index]  # fmt: skip
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        assert set("√≤≠∞∠⇒") <= set(document[0].get_textpage().get_text_range())


def _object(one: object) -> dict[str, str]:
    return one.get_object()  # type: ignore[attr-defined]


def test_no_sign_is_drawn_as_the_box_of_a_missing_one() -> None:
    font = ImageFont.truetype(io.BytesIO(whole_font()), 40)
    missing = _drawn(font, "\U0010fffd")
    assert not [sign for sign in SIGNS if _drawn(font, sign) == missing]
    assert len({_drawn(font, sign) for sign in SIGNS}) > len(SIGNS) - 6  # ⊥ is drawn like ⟂


def _drawn(font: ImageFont.FreeTypeFont, sign: str) -> bytes:
    page = Image.new("L", (80, 60), 255)
    ImageDraw.Draw(page).text((5, 2), sign, font=font, fill=0)
    return page.tobytes()


def test_letters_of_the_first_font_keep_their_outlines() -> None:
    first = tables_of(files(LETTERS[0]).joinpath("files", LETTERS[1]).read_bytes())
    joined = tables_of(whole_font())
    known, own, drawn = dict(letters_of(joined["cmap"])), glyphs_of(first), glyphs_of(joined)
    for code, glyph in letters_of(first["cmap"]):
        assert known[code] == glyph and drawn[glyph].rstrip(b"\0") == own[glyph].rstrip(b"\0"), chr(code)
    assert len(known) > len(letters_of(first["cmap"])) + 120


@pytest.mark.parametrize(
    "markup, expected",
    [
        ("<p>2 &lt; 3 &amp; <strong>x<sup>2</sup></strong></p>", [("2 &lt; 3 &amp; <b>x<super>2</super></b>", "body")]),
        ("<h3>A</h3>loose<p>B<br>C</p>", [("A", "heading3"), ("loose", "body"), ("B<br/>C", "body")]),
        (
            "<ol><li>one</li><li><p>two</p><ul><li>deep</li></ul></li></ol>",
            [("1. one", "body"), ("2. two", "body"), ("• deep", "body")],
        ),
        (r"<p>\(\frac{a}{b} \le \sqrt{c}\)</p>", [("a/b ≤ √(c)", "body")]),
        ("<script>no</script><span onclick=x>yes</span>", [("noyes", "body")]),
        ("", []),
    ],
)  # fmt: skip
def test_clean_html_becomes_paragraphs(markup: str, expected: list[tuple[str, str]]) -> None:
    assert list(paragraphs(markup)) == expected
