"""Which paragraphs of a Word document are items of a list, and of which kind (ECMA-376 Part 1 §17.9)."""

from __future__ import annotations

from typing import Any

from lms.core.xml import parse
from lms.courses.zips import SafeZip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"


class Lists:
    def __init__(self, archive: SafeZip) -> None:
        self.formats: dict[str, str] = {}  # number of a list → format of its first level
        self.styles: dict[str, str] = {}  # style → number of a list
        if NUMBERING in archive.entries:
            self._formats(parse(archive.read(NUMBERING)))
        if STYLES in archive.entries:
            for style in parse(archive.read(STYLES)).iter(W + "style"):
                number = _value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
                if number:
                    self.styles[style.get(W + "styleId", "")] = number

    def _formats(self, numbering: Any) -> None:
        made = {
            one.get(W + "abstractNumId", ""): _value(one.find(f"{W}lvl/{W}numFmt"))
            for one in numbering.findall(W + "abstractNum")
        }
        for one in numbering.findall(W + "num"):
            self.formats[one.get(W + "numId", "")] = made.get(_value(one.find(W + "abstractNumId")), "")

    def tag(self, paragraph: Any) -> str:
        """ul, ol, or nothing. The number 0 takes a paragraph out of the list of its style (§17.9.18)."""
        number = _value(paragraph.find(f"{W}pPr/{W}numPr/{W}numId"))
        number = number or self.styles.get(_value(paragraph.find(f"{W}pPr/{W}pStyle")), "")
        if not number or number == "0":
            return ""
        return "ul" if self.formats.get(number, "bullet") in ("bullet", "none", "") else "ol"


def _value(one: Any) -> str:
    return one.get(W + "val", "") if one is not None else ""
