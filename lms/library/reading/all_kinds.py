"""Which reader a file goes to; one damaged file does not take the others with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lms.library.reading.markup import epub_parts, html_parts, zip_parts
from lms.library.reading.papers import docx_parts, pdf_parts, pptx_parts, subtitle_parts, text_parts
from lms.library.reading.parts import Part, Unreadable, tidied
from lms.library.reading.pictures import pdf_pictures, small_picture

Reader = Callable[[Path], Iterator[Part]]
Drawer = Callable[[Path, Path], Iterator[Path]]

READERS: dict[str, Reader] = {
    "pdf": pdf_parts, "docx": docx_parts, "pptx": pptx_parts, "epub": epub_parts, "html": html_parts,
    "htm": html_parts, "zip": zip_parts, "vtt": subtitle_parts, "srt": subtitle_parts, "txt": text_parts,
    "md": text_parts,
}  # fmt: skip
DRAWERS: dict[str, Drawer] = {
    "pdf": pdf_pictures, "png": small_picture, "jpg": small_picture, "jpeg": small_picture, "gif": small_picture,
    "webp": small_picture,
}  # fmt: skip


def read_files(files: list[dict[str, str]], folder: str) -> dict[str, Any]:
    """Files are {"path", "name"}, and "pdf" where one was made of it; pictures are written into the folder.

    {"parts": [[unit, place, words], …], "pictures": [path, …], "faults": [[name, code], …]}
    """
    parts: list[list[Any]] = []
    pictures: list[str] = []
    faults: list[list[str]] = []
    for number, file in enumerate(files):
        kind, path = ending(file["name"]), Path(file["path"])
        drawn = ("pdf", Path(file["pdf"])) if file.get("pdf") else (kind, path)
        try:
            words = _words(kind, path) if kind in READERS else _words(*drawn)
            parts += [[one.unit, one.place, one.words] for one in words]
        except Unreadable as error:
            faults.append([file["name"], error.code])
        inner = Path(folder) / str(number)
        inner.mkdir()
        pictures += _pictures(*drawn, inner)
    return {"parts": parts, "pictures": pictures, "faults": faults}


def ending(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def _words(kind: str, path: Path) -> list[Part]:
    reader = READERS.get(kind)
    return list(tidied(reader(path))) if reader else []


def _pictures(kind: str, path: Path, folder: Path) -> list[str]:
    drawer = DRAWERS.get(kind)
    try:
        return [str(one) for one in drawer(path, folder)] if drawer else []
    except Exception:  # a picture of a damaged file is no picture; its words may still be there
        return []
