"""Word documents: each paragraph is a line of typed questions; pictures and Word's own formulas come along.

The parts of the zip are read with the house's own safe readers; no other program opens a stranger's document here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from html import escape
from typing import Any

from lms.core.formulas.omml_in import M, latex
from lms.core.xml import XmlRefused, parse
from lms.quizzes.exchange.archives import Archive
from lms.quizzes.exchange.files import ADDRESS
from lms.quizzes.exchange.reading import FileRefused, Reading
from lms.quizzes.exchange.typed_in import read_lines

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MAIN, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
MOST_BYTES, MOST_ELEMENTS = 40 * 1024 * 1024, 600_000
_AROUND = (W + "hyperlink", W + "ins", W + "smartTag", W + "sdt", W + "sdtContent", M + "oMathPara")


def read_word(data: bytes) -> Reading:
    archive, reading = Archive(data), Reading()
    document = _part(archive, MAIN)
    if document is None:
        raise FileRefused("broken_archive")
    return read_lines(_Lines(archive, reading).of(document), reading, rich=True)


def _part(archive: Archive, name: str) -> Any | None:
    data = archive.read(name)
    if data is None:
        return None
    try:
        return parse(data, MOST_BYTES, MOST_ELEMENTS)
    except XmlRefused as refused:
        raise FileRefused(f"xml_{refused.code.replace('-', '_')}") from None


class _Lines:
    """Paragraphs as clean markup with their numbers; a paragraph of pictures alone belongs to the one before it."""

    def __init__(self, archive: Archive, reading: Reading) -> None:
        self.archive, self.reading = archive, reading
        relations = _part(archive, RELATIONS)
        self.targets = {
            one.get("Id", ""): posixpath.normpath(posixpath.join("word", one.get("Target", "")))
            for one in (relations if relations is not None else ())
            if one.get("TargetMode") != "External"
        }

    def of(self, document: Any) -> Iterator[tuple[int, str]]:
        for number, paragraph in enumerate(document.iter(W + "p"), 1):
            for line in "".join(self._runs(paragraph, number)).split("<br>"):
                yield number, line.strip()

    def _runs(self, parent: Any, number: int) -> Iterator[str]:
        for one in parent:
            if one.tag == W + "r":
                yield self._run(one, number)
            elif one.tag == M + "oMath":
                yield rf"\({escape(latex(one), quote=False)}\)"
            elif one.tag in _AROUND:
                yield from self._runs(one, number)

    def _run(self, run: Any, number: int) -> str:
        text = "".join(self._inside(one, number) for one in run)
        raised = run.find(f"{W}rPr/{W}vertAlign")
        mark = {"superscript": "sup", "subscript": "sub"}.get(
            raised.get(W + "val", "") if raised is not None else "", ""
        )
        return f"<{mark}>{text}</{mark}>" if mark and text.strip() else text

    def _inside(self, one: Any, number: int) -> str:
        if one.tag == W + "t":
            return escape(one.text or "", quote=False)
        if one.tag == W + "br":
            return "<br>"
        if one.tag == W + "tab":
            return " "
        return "".join(self._picture(blip, one, number) for blip in one.iter(A + "blip"))

    def _picture(self, blip: Any, around: Any, number: int) -> str:
        name = self.targets.get(blip.get(R + "embed", ""), "")
        data = self.archive.read(name) if name else None
        digest = self.reading.files.add(data) if data else None
        if digest is None:
            self.reading.note("picture_missing", number, address=posixpath.basename(name))
            return ""
        described = next(iter(around.iter(WP + "docPr")), None)
        alt = described.get("descr", "") if described is not None else ""
        return f'<img src="{ADDRESS}{digest}" alt="{escape(alt[:300])}">'
