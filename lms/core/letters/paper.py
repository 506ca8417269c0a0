"""The font made known to reportlab. One variable weight is all there is; bold and slanted words keep its letters."""

from __future__ import annotations

import io
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from lms.core.letters.joined import whole_font

FONT, BOLD = "Noto Sans", "Noto Sans Bold"


@cache
def use_font() -> str:
    """Once is enough; papers that are made of `Paragraph` may mark words as bold or slanted afterwards."""
    for name in (FONT, BOLD):
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(whole_font())))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)
    return FONT
