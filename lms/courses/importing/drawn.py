"""Slides as they were drawn, beside what was read of them, where LibreOffice is there (lms/core/office.py).

Hidden slides are not drawn. When what was drawn and what was read do not agree in number, nothing is shown: a picture
beside the words of another slide would be worse than none.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2

from lms.core import office, storage
from lms.core.jobs import ConfinedError, run_confined
from lms.core.scratch import scratch
from lms.core.storage.folder import Part
from lms.courses.importing.found import Found

END = "pptx"
SLIDE = "slide"  # in the facts of a lesson: which of the slides that are shown it was made of
WIDTH, QUALITY = 1280, 80
MEMORY_MB, SECONDS = 1024, 60


def can_draw(end: str) -> bool:
    return end == END and office.program() is not None


def with_drawn_slides(found: Found, document: bytes) -> Found:
    """The same lessons, each beginning with the picture of its slide."""
    numbers = [one["facts"].get(SLIDE, 0) for one in found.lessons]
    wanted = max(numbers, default=0)
    pictures = _pictures(document) if wanted else []
    if len(pictures) != wanted:
        return found
    for number, digest in enumerate(pictures, 1):
        lesson = found.lessons[
            numbers.index(number)
        ]  # one that went on in a second lesson has it in the first
        content = {"file": f"@{len(found.files)}", "alt": "@@slide", "caption": ""}
        found.files.append({"name": f"slide-{number:03}.jpg", "family": "picture", "digest": digest})
        lesson["blocks"].insert(0, ["picture", content, None])
    found.drawn = len(pictures)
    return found


def _pictures(document: bytes) -> list[str]:
    """Kept, by their digests; none when the slides could not be drawn."""
    with scratch() as folder:
        path, spool = folder / f"document.{END}", folder / "spool"
        path.write_bytes(document)
        made = office.pdf_of(str(path), END, folder / "pdf")
        if made is None:
            return []
        given = {"path": made, "spool": str(spool)}
        try:
            sizes = run_confined(
                "lms.courses.importing.drawn:draw", given, memory_mb=MEMORY_MB, seconds=SECONDS
            )
        except ConfinedError:
            return []
        with spool.open("rb") as whole:
            return [storage.keep(Part(whole, size), "image/jpeg").digest for size in sizes]


def draw(path: str, spool: str) -> list[int]:
    """In a process of its own: every page as JPEG, one after the other in one file; how long each is."""
    document: Any = pypdfium2.PdfDocument(path)
    sizes = []
    with Path(spool).open("wb") as out:
        for number in range(len(document)):
            page = document[number]
            drawn = io.BytesIO()
            page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").save(
                drawn, "JPEG", quality=QUALITY
            )
            sizes.append(out.write(drawn.getvalue()))
    return sizes
