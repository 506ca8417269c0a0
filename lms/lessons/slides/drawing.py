"""A PPTX without an office program: its texts and pictures where they stand, drawn in Noto Sans."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from lms.core.letters import whole_font

WIDE = 1280
INK, PAPER, LINE = (28, 38, 40), (255, 255, 255), (200, 205, 205)
MOST_SHAPES, MOST_PIXELS = 300, 24_000_000
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def drawn_slides(path: Path, most: int) -> Iterator[tuple[Image.Image, str]]:
    deck = Presentation(str(path))
    scale = WIDE / int(deck.slide_width or 12192000)
    high = round(int(deck.slide_height or 6858000) * scale)
    for number, slide in enumerate(deck.slides):
        if number >= most:
            return
        page = Image.new("RGB", (WIDE, max(200, min(high, WIDE * 2))), PAPER)
        texts = [text for shape in _shapes(slide.shapes) for text in [_drawn(page, shape, scale)] if text]
        yield page, " ".join(texts)


def _shapes(shapes: Any, left: int = MOST_SHAPES) -> Iterator[Any]:
    for shape in shapes:
        if left <= 0:
            return
        left -= 1
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _shapes(shape.shapes, left)
        else:
            yield shape


def _drawn(page: Image.Image, shape: Any, scale: float) -> str:
    """Draws one shape; its text is what a listener gets."""
    if None in (shape.left, shape.top, shape.width, shape.height):
        return ""
    box = tuple(round(int(value) * scale) for value in (shape.left, shape.top, shape.width, shape.height))
    if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
        _picture(page, shape, box)
        return ""
    if getattr(shape, "has_table", False):
        return _table(page, shape.table, box)
    if getattr(shape, "has_text_frame", False) and shape.text_frame.text.strip():
        _text(page, shape, box)
        return " ".join(shape.text_frame.text.split())
    return ""


def _picture(page: Image.Image, shape: Any, box: tuple[int, ...]) -> None:
    """A picture that cannot be read, or is a drawing of another program, is a frame."""
    left, top, wide, high = box
    try:
        with Image.open(io.BytesIO(shape.image.blob)) as found:
            if found.width * found.height > MOST_PIXELS:
                raise ValueError("too many points")
            fitted = found.convert("RGB").resize((max(1, min(wide, WIDE)), max(1, min(high, WIDE))))
        page.paste(fitted, (left, top))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        ImageDraw.Draw(page).rectangle(
            (left, top, left + max(wide, 1), top + max(high, 1)), outline=LINE, width=2
        )


def _table(page: Image.Image, table: Any, box: tuple[int, ...]) -> str:
    left, top, wide, high = box
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows][:40]
    if not rows or not rows[0]:
        return ""
    pen, cell_wide, cell_high = ImageDraw.Draw(page), wide / len(rows[0]), high / len(rows)
    for down, row in enumerate(rows):
        for across, text in enumerate(row):
            x, y = left + across * cell_wide, top + down * cell_high
            pen.rectangle((x, y, x + cell_wide, y + cell_high), outline=LINE)
            _fit(pen, [text], (x + 6, y + 4, cell_wide - 12, cell_high - 8), 24)
    return " ".join(text for row in rows for text in row if text)


def _text(page: Image.Image, shape: Any, box: tuple[int, ...]) -> None:
    title = shape.is_placeholder and shape.placeholder_format.type in TITLES
    bullets = shape.is_placeholder and not title
    lines = []
    for paragraph in shape.text_frame.paragraphs[:60]:
        text = " ".join("".join(run.text for run in paragraph.runs).split())
        if text:
            lines.append(("   " * paragraph.level + "• " if bullets else "") + text)
    left, top, wide, high = box
    _fit(ImageDraw.Draw(page), lines, (left + 8, top + 4, wide - 16, high - 8), 54 if title else 34)


def _fit(pen: ImageDraw.ImageDraw, lines: list[str], box: tuple[float, ...], largest: int) -> None:
    """As large as the frame allows, and never so small that the back row cannot read it."""
    left, top, wide, high = box
    size, laid = largest, lines
    while size >= 16:
        font = _font(size)
        laid = [part for line in lines for part in _broken(line, font, max(wide, 60))]
        if len(laid) * size * 1.3 <= max(high, size * 1.3):
            break
        size -= 2
    for number, line in enumerate(laid):
        pen.text((left, top + number * size * 1.3), line, font=_font(max(size, 16)), fill=INK)


def _broken(line: str, font: ImageFont.FreeTypeFont, wide: float) -> Iterator[str]:
    now = ""
    for part in line.split(" "):
        longer = f"{now} {part}" if now else part
        if now.strip() and font.getlength(longer) > wide:
            yield now
            now = part
        else:
            now = longer
    yield now


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(whole_font()), size)


def written(title: str, lines: tuple[str, ...] | list[str]) -> Image.Image:
    """A page of a heading and a few lines, for lessons that are written here."""
    page = Image.new("RGB", (WIDE, 720), PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, WIDE, 14), fill=(17, 89, 95))
    _fit(pen, [title], (80, 70, WIDE - 160, 130), 76)
    _fit(pen, [f"• {line}" for line in lines], (80, 240, WIDE - 160, 420), 52)
    return page
