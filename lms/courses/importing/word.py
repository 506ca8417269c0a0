"""Word documents (OOXML): headings become lessons, then paragraphs, lists, tables, pictures and formulas.

The parts of the zip are read with the house's own safe readers; no other program opens a stranger's document here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from lms.core.formulas.omml_in import M, latex
from lms.core.xml import XmlRefused, parse
from lms.courses.importing.builder import Builder
from lms.courses.importing.word_lists import Lists
from lms.courses.zips import SafeZip, ZipRefused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
MAIN, STYLES, RELATIONS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")
_MISSED = {
    W + "footnoteReference": "footnote", W + "commentReference": "comment", W + "object": "object", V + "shape": "drawing",
    A + "graphicData": "", W + "txbxContent": "text-box",
}  # fmt: skip


def read(path: str) -> dict[str, Any]:
    try:
        return _Reader(SafeZip(Path(path).read_bytes())).read()
    except (ZipRefused, XmlRefused) as error:
        return {"refused": error.code}
    except KeyError:
        return {"refused": "not-a-document"}


class _Reader:
    def __init__(self, archive: SafeZip) -> None:
        self.archive = archive
        self.builder = Builder()
        self.levels = self._levels()
        self.targets = self._targets()
        self.lists = Lists(archive)

    def read(self) -> dict[str, Any]:
        body = parse(self.archive.read(MAIN)).find(W + "body")
        for one in self._flat(body if body is not None else ()):
            if one.tag == W + "p":
                self._paragraph(one)
            elif one.tag == W + "tbl":
                self._table(one)
        return self.builder.found()

    def _flat(self, parent: Any) -> Iterator[Any]:
        """Contents of controls stand where the controls stand."""
        for one in parent:
            if one.tag == W + "sdt":
                content = one.find(W + "sdtContent")
                yield from self._flat(content if content is not None else ())
            else:
                yield one

    def _levels(self) -> dict[str, int]:
        """Style → level of heading, by its outline or by its English name, which every Word keeps."""
        found: dict[str, int] = {}
        if STYLES not in self.archive.entries:
            return found
        for style in parse(self.archive.read(STYLES)).iter(W + "style"):
            name = style.find(W + "name")
            called = (name.get(W + "val", "") if name is not None else "").lower()
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if called in ("title", "heading 1"):
                found[style.get(W + "styleId", "")] = 1
            elif called.startswith("heading ") and called[8:].isdigit():
                found[style.get(W + "styleId", "")] = int(called[8:])
            elif (
                outline is not None
                and outline.get(W + "val", "9").isdigit()
                and int(outline.get(W + "val", "9")) < 9
            ):
                found[style.get(W + "styleId", "")] = int(outline.get(W + "val", "9")) + 1
        return found

    def _targets(self) -> dict[str, str]:
        if RELATIONS not in self.archive.entries:
            return {}
        return {
            one.get("Id", ""): one.get("Target", "")
            if one.get("TargetMode") == "External"
            else posixpath.normpath(posixpath.join("word", one.get("Target", ""))).lstrip("/")
            for one in parse(self.archive.read(RELATIONS))
        }

    def _paragraph(self, one: Any) -> None:
        level = self._level(one)
        words = "".join(text.text or "" for text in one.iter(W + "t")).strip()
        if level and words:
            if level == 1:
                self.builder.lesson(words)
            else:
                self.builder.heading(words, "2" if level == 2 else "3")
        else:
            self._running(one)
        for picture in one.iter(A + "blip"):
            self._picture(one, picture.get(R + "embed", ""))
        for tag, name in _MISSED.items():
            self.builder.missed[name] += len(list(one.iter(tag))) if name else 0
        self.builder.missed = +self.builder.missed

    def _level(self, one: Any) -> int:
        style = one.find(f"{W}pPr/{W}pStyle")
        return self.levels.get(style.get(W + "val", ""), 0) if style is not None else 0

    def _running(self, one: Any) -> None:
        """A formula alone on its line is a block, one among words stays in the line."""
        markup = "".join(self._runs(one))
        formulas = list(one.iter(M + "oMath"))
        if formulas and not "".join(text.text or "" for text in one.iter(W + "t")).strip():
            for formula in formulas:
                self.builder.block("formula", {"latex": latex(formula)})
        elif markup.strip():
            if tag := self.lists.tag(one):
                self.builder.markup(f"<{tag}><li>{markup}</li></{tag}>")
            else:
                self.builder.markup(f"<p>{markup}</p>")

    def _runs(self, parent: Any) -> Iterator[str]:
        for one in parent:
            if one.tag == W + "r":
                yield self._run(one)
            elif one.tag == M + "oMath":
                yield rf"\({escape(latex(one), quote=False)}\)"
            elif one.tag == W + "hyperlink":
                yield self._link(one)
            elif one.tag in (
                W + "ins",
                W + "smartTag",
                W + "sdt",
                W + "sdtContent",
                M + "oMathPara",
            ):
                yield from self._runs(one)

    def _link(self, one: Any) -> str:
        inside, address = "".join(self._runs(one)), self.targets.get(one.get(R + "id", ""), "")
        leads = address.lower().startswith(("http://", "https://", "mailto:")) and inside.strip()
        return f'<a href="{escape(address)}">{inside}</a>' if leads else inside

    def _run(self, run: Any) -> str:
        parts = {W + "tab": " ", W + "br": "<br>"}
        text = "".join(
            escape(one.text or "", quote=False) if one.tag == W + "t" else parts.get(one.tag, "")
            for one in run
        )
        facts = run.find(W + "rPr")
        if facts is None or not text.strip():
            return text
        for tag, mark in (("b", "strong"), ("i", "em")):
            found = facts.find(W + tag)
            if found is not None and found.get(W + "val", "1") not in ("0", "false"):
                text = f"<{mark}>{text}</{mark}>"
        raised = facts.find(W + "vertAlign")
        mark = {"superscript": "sup", "subscript": "sub"}.get(
            raised.get(W + "val", "") if raised is not None else "", ""
        )
        return f"<{mark}>{text}</{mark}>" if mark else text

    def _table(self, table: Any) -> None:
        rows = [
            [" ".join(_cell_words(p) for p in cell.iter(W + "p")).strip() for cell in row.findall(W + "tc")]
            for row in table.findall(W + "tr")
        ]  # fmt: skip
        if any(any(row) for row in rows):
            self.builder.table("", rows)
        for cell in table.iter(W + "tc"):
            for picture in cell.iter(A + "blip"):
                self._picture(cell, picture.get(R + "embed", ""))

    def _picture(self, where: Any, key: str) -> None:
        name = self.targets.get(key, "")
        if name not in self.archive.entries or not name.lower().endswith(PICTURES):
            self.builder.missed["picture"] += 1
            return
        described = next(iter(where.iter(WP + "docPr")), None)
        alt = described.get("descr", "") if described is not None else ""
        self.builder.picture(posixpath.basename(name), self.archive.read(name), alt)


def _cell_words(paragraph: Any) -> str:
    """A cell holds plain words; a formula stands in it as it is typed."""
    parts = []
    for one in paragraph.iter(W + "t", M + "oMath"):
        parts.append(latex(one) if one.tag == M + "oMath" else one.text or "")
    return "".join(parts)
