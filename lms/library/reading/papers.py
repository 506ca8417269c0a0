"""Words of PDF, DOCX, PPTX, plain text and subtitles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pptx
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from lms.library.reading.parts import Part, Unreadable
from lms.library.reading.zips import opened

MOST_PAGES = 1_500
_TIME = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,]\d{3}\s*-->")
_TAG = re.compile(r"<[^>]*>|\{\\[^}]*\}")
DOCX_PAGE = 2_500  # characters: a document has no pages until it is printed


def pdf_parts(path: Path) -> Iterator[Part]:
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("locked")
        for number, page in enumerate(reader.pages[:MOST_PAGES], 1):
            yield Part("page", number, page.extract_text() or "")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
        raise Unreadable("damaged") from error


def docx_parts(path: Path) -> Iterator[Part]:
    opened(path).close()
    try:
        lines = list(_docx_lines(docx.Document(str(path))))
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise Unreadable("damaged") from error
    page, size, number = [], 0, 1
    for line in lines:
        page.append(line)
        size += len(line)
        if size > DOCX_PAGE:
            yield Part("part", number, "\n".join(page))
            page, size, number = [], 0, number + 1
    yield Part("part", number, "\n".join(page))


def _docx_lines(document: docx.document.Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield block.text


def pptx_parts(path: Path) -> Iterator[Part]:
    opened(path).close()
    try:
        for number, slide in enumerate(pptx.Presentation(str(path)).slides, 1):
            yield Part("slide", number, "\n".join(_slide_lines(slide)))
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise Unreadable("damaged") from error


def _slide_lines(slide: pptx.slide.Slide) -> Iterator[str]:
    shape: Any
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if getattr(shape, "has_table", False):
            yield from ("\t".join(cell.text for cell in row.cells) for row in shape.table.rows)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield slide.notes_slide.notes_text_frame.text


def text_parts(path: Path) -> Iterator[Part]:
    yield Part("part", 1, decoded(path.read_bytes()))


def subtitle_parts(path: Path) -> Iterator[Part]:
    """WebVTT and SubRip alike: what is said, by the minute it is said in."""
    minutes: dict[int, list[str]] = {}
    minute = 0
    for line in decoded(path.read_bytes()).splitlines():
        time = _TIME.match(line.strip())
        if time:
            minute = int(time[1] or 0) * 60 + int(time[2])
        elif line.strip() and not line.strip().isdigit() and not line.startswith(("WEBVTT", "NOTE", "STYLE")):
            minutes.setdefault(minute, []).append(_TAG.sub("", line))
    for at, lines in sorted(minutes.items()):
        yield Part("minute", at, "\n".join(lines))


def decoded(data: bytes) -> str:
    for name in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1251"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def as_vtt(data: bytes) -> str:
    """SubRip as WebVTT (§4.1): a header, dots in times, and nothing that could be markup of another kind."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("WEBVTT"):
        return text
    return "WEBVTT\n\n" + re.sub(r"(\d{2}:\d{2}:\d{2}),(\d{3})", r"\1.\2", text)
