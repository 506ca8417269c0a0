"""Small real files for the demo's library: PDF, Word, PowerPoint, a page, a picture, a sound with subtitles."""

from __future__ import annotations

import io
import math
import struct
import wave
from html import escape

import docx
import pptx
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A5
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from lms.core.letters import FONT, use_font


def sentences(text: str) -> list[str]:
    return [one.strip() + "." for one in text.split(". ") if one.strip(". ")]


def pdf(title: str, text: str) -> bytes:
    """A page for the title and one for every two sentences."""
    out = io.BytesIO()
    page = Canvas(out, pagesize=A5)
    page.setTitle(title)
    told = sentences(text)
    for number, lines in enumerate([[title], *(told[at : at + 2] for at in range(0, len(told), 2))]):
        size, height = (22 if not number else 15), A5[1] - 110
        page.setFont(use_font(), size)
        for line in (part for one in lines for part in [*simpleSplit(one, FONT, size, A5[0] - 90), ""]):
            page.drawString(45, height, line)
            height -= size * 1.4
        page.showPage()
    page.save()
    return out.getvalue()


def word(title: str, text: str) -> bytes:
    document = docx.Document()
    document.add_heading(title, 1)
    for one in sentences(text):
        document.add_paragraph(one)
    return _saved(document)


def slides(title: str, text: str) -> bytes:
    show = pptx.Presentation()
    first = show.slides.add_slide(show.slide_layouts[0])
    first.shapes.title.text = title
    for number, one in enumerate(sentences(text), 1):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = f"{title}. {number}"
        slide.placeholders[1].text = one
    return _saved(show)


def _saved(document: docx.document.Document | pptx.presentation.Presentation) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page(title: str, text: str, language: str) -> bytes:
    told = "".join(f"<p>{escape(one)}</p>" for one in sentences(text))
    return f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{escape(title)}</title><h1>{escape(title)}</h1>{told}'.encode()


def picture(seed: int) -> bytes:
    """Hills under a sun: every demo needs a map that is one's own."""
    image = Image.new("RGB", (800, 520), (214, 234, 248))
    draw = ImageDraw.Draw(image)
    draw.ellipse((600, 60, 700, 160), fill=(250, 200, 60))
    for layer, colour in enumerate([(150, 190, 160), (110, 160, 130), (70, 125, 95)]):
        points = [(x, 300 + 60 * layer + 40 * math.sin(x / 90 + seed + layer)) for x in range(0, 801, 20)]
        draw.polygon([(0, 520), *points, (800, 520)], fill=colour)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def sound(seed: int, seconds: float = 1.5) -> bytes:
    """A fourth and a fifth, as on a dombra."""
    out, rate = io.BytesIO(), 8000
    tones = (196 * 2 ** (seed % 5 / 12), 261.6)
    frames = b"".join(
        struct.pack(
            "<h",
            int(
                9000
                * math.exp(-2 * t / rate % 1)
                * sum(math.sin(2 * math.pi * f * t / rate) for f in tones)
                / 2
            ),
        )
        for t in range(int(rate * seconds))
    )
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(frames)
    return out.getvalue()


def subtitles(text: str) -> bytes:
    lines = ["WEBVTT", ""]
    for number, one in enumerate(sentences(text)):
        lines += [f"00:00:{number * 4:02d}.000 --> 00:00:{number * 4 + 4:02d}.000", one, ""]
    return "\n".join(lines).encode()
