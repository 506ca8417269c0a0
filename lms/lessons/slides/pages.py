"""PDF or PPTX → pictures. Runs in a process of its own with little memory: the file is a stranger's.

Each page is at most 1280 pixels wide and weighs at most 90 KB; photographs lose quality before letters do.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pypdfium2
from PIL import Image

from lms.lessons.slides.drawing import drawn_slides

WIDTH, HEIGHT = 1280, 960
MOST_PAGES = 60
PAGE_BYTES, ALL_BYTES = 90_000, 4_000_000
QUALITIES = (72, 55, 40, 28, 18)
MOST_UNPACKED, MOST_FILES = 200 * 1024 * 1024, 3000
TEXT = 2000


class Refusal(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def make(path: str, folder: str) -> list[dict[str, Any]]:
    """[{"file", "width", "height", "text"}], one for each page, in order."""
    made, total = [], 0
    for number, (picture, text) in enumerate(_pages(Path(path)), 1):
        if number > MOST_PAGES:
            raise Refusal("too-many")
        data, size = _packed(picture)
        total += len(data)
        if total > ALL_BYTES:
            raise Refusal("too-heavy")
        file = Path(folder) / f"{number:03d}.webp"
        file.write_bytes(data)
        made.append({"file": str(file), "width": size[0], "height": size[1], "text": text[:TEXT]})
    if not made:
        raise Refusal("unreadable")
    return made


def _pages(path: Path) -> Iterator[tuple[Image.Image, str]]:
    with path.open("rb") as file:
        start = file.read(1024)
    if b"%PDF-" in start:
        return _of_pdf(path)
    if start.startswith(b"PK"):
        _check_zip(path)
        return drawn_slides(path, MOST_PAGES + 1)
    raise Refusal("unreadable")


def _of_pdf(path: Path) -> Iterator[tuple[Image.Image, str]]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refusal("unreadable") from error
    if len(document) > MOST_PAGES:
        raise Refusal("too-many")
    for page in document:
        wide, high = page.get_size()
        scale = min(WIDTH / max(wide, 1), HEIGHT / max(high, 1), 6)
        picture = page.render(scale=scale).to_pil().convert("RGB")
        words = page.get_textpage()
        text = " ".join(words.get_text_bounded().split())
        words.close()
        page.close()
        yield picture, text
    document.close()


def _check_zip(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except BadZipFile as error:
        raise Refusal("unreadable") from error
    if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise Refusal("too-heavy")


def _packed(picture: Image.Image) -> tuple[bytes, tuple[int, int]]:
    picture.thumbnail((WIDTH, HEIGHT))
    for _time in range(4):
        for quality in QUALITIES:
            target = io.BytesIO()
            picture.save(target, "WEBP", quality=quality, method=4)
            if target.tell() <= PAGE_BYTES:
                return target.getvalue(), picture.size
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))
    raise Refusal("too-heavy")
