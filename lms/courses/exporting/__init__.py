"""A course leaves: as a SCORM package, an offline folder, a book, paper, a cartridge. Each is made of an edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from lms.courses.exporting.cartridge import cartridge
from lms.courses.exporting.docx import docx
from lms.courses.exporting.epub import epub
from lms.courses.exporting.leaving import Leaving
from lms.courses.exporting.offline import offline
from lms.courses.exporting.pdf import pdf
from lms.courses.exporting.scorm import scorm_12, scorm_2004

__all__ = ["SHAPES", "Leaving", "Shape"]

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Shape:
    title: Any
    about: Any
    make: Callable[[Leaving], bytes]
    end: str
    media_type: str


SHAPES = {
    "scorm-2004": Shape(
        _l("SCORM 2004, 4th edition"), _l("For newer learning systems."), scorm_2004, "-scorm2004.zip", "application/zip"
    ),
    "scorm-12": Shape(
        _l("SCORM 1.2"), _l("For nearly every learning system."), scorm_12, "-scorm12.zip", "application/zip"
    ),
    "offline": Shape(
        _l("Folder for a USB stick"), _l("Opens in a browser without a server and without a line."), offline,
        "-offline.zip", "application/zip",
    ),
    "pdf": Shape(_l("PDF"), _l("To be printed."), pdf, ".pdf", "application/pdf"),
    "docx": Shape(_l("Word"), _l("To be changed and printed."), docx, ".docx", _DOCX),
    "epub": Shape(_l("EPUB 3"), _l("A book for telephones and readers."), epub, ".epub", "application/epub+zip"),
    "cartridge": Shape(
        _l("Common Cartridge 1.3"), _l("For Moodle, Canvas and others."), cartridge, ".imscc", "application/zip"
    ),
}  # fmt: skip
