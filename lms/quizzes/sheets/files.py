"""Photographs and scans as they come: opened in a process of its own, page by page, each page one sheet."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from lms.quizzes.sheets import layout
from lms.quizzes.sheets.layout import Row
from lms.quizzes.sheets.pictures import PictureRefused
from lms.quizzes.sheets.reading import RowRead, read
from lms.quizzes.sheets.straightening import Straightened, straightened

MOST_PAGES = 200
DOTS = 6  # per millimetre of the picture of a doubtful line


def read_files(files: list[str], sheets: dict[str, list[list[Any]]]) -> list[list[dict[str, Any]]]:
    """For each file its pages. `sheets` holds the lines of every sheet that may turn up, by its number."""
    return [[_page(data, sheets) for data in _pictures(Path(file))] for file in files]


def _pictures(file: Path) -> Iterator[bytes]:
    data = file.read_bytes()
    if not data.startswith(b"%PDF"):
        yield data
        return
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        yield b""
        return
    with document:
        for place in range(min(len(document), MOST_PAGES)):
            target = io.BytesIO()
            document[place].render(scale=200 / 72).to_pil().convert("L").save(target, "PNG")
            yield target.getvalue()


def _page(data: bytes, sheets: dict[str, list[list[Any]]]) -> dict[str, Any]:
    try:
        seen = straightened(data)
    except PictureRefused as refused:
        return {"refused": refused.code}
    known = sheets.get(str(seen.number))
    if known is None:
        return {"refused": "unknown-sheet"}
    rows = [Row(*one) for one in known]
    places = [place for place, _x, _y in layout.places(rows, seen.page)]
    found = zip(places, read(seen, rows).rows, strict=True)
    return {
        "number": seen.number,
        "lines": {str(place): _line(seen, rows, place, one) for place, one in found},
    }


def _line(seen: Straightened, rows: list[Row], place: int, one: RowRead) -> dict[str, Any]:
    made = {"m": list(one.marked), "d": one.doubt}
    return {**made, "p": _picture(seen, rows, place)} if one.doubt else made


def _picture(seen: Straightened, rows: list[Row], place: int) -> str:
    """The line with its neighbours, straightened, for whoever decides."""
    x, y = next((x, y) for row, x, y in layout.places(rows, seen.page) if row == place)
    wide = layout.LABEL + layout.PITCH * (rows[place].options + 1)
    across, down = np.meshgrid(np.arange(x - 1, x + wide, 1 / DOTS), np.arange(y - 7, y + 7, 1 / DOTS))
    pixels = np.clip(seen.at(across, down), 0, 255).astype(np.uint8)
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "JPEG", quality=70)
    return base64.b64encode(target.getvalue()).decode()
