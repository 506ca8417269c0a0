"""PowerPoint (PresentationML, ECMA-376 Part 1 §19): each slide becomes a lesson, what stands on it its blocks.

The parts of the zip are read with the house's own safe readers, like those of Word.
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
from lms.courses.importing.markup_words import FAMILIES, PICTURES
from lms.courses.importing.slide_shapes import MC, A, P, named_png, place_of, shapes_of, words_of
from lms.courses.zips import SafeZip, ZipRefused

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A14 = "{http://schemas.microsoft.com/office/drawing/2010/main}"
MAIN = "ppt/presentation.xml"
TITLES = ("title", "ctrTitle")
SMALL_PRINT = ("dt", "ftr", "sldNum", "hdr", "sldImg")  # dates and numbers of the paper


def read(path: str) -> dict[str, Any]:
    try:
        archive = SafeZip(Path(path).read_bytes())
        return _Reader(archive).read()
    except (ZipRefused, XmlRefused) as error:
        return {"refused": error.code}
    except KeyError:
        return {"refused": "not-a-document"}


class _Reader:
    def __init__(self, archive: SafeZip) -> None:
        self.archive, self.builder = archive, Builder()
        self.targets: dict[str, str] = {}
        self.shown = 0

    def read(self) -> dict[str, Any]:
        whole = parse(self.archive.read(MAIN))
        targets = self._relations(MAIN)
        for one in whole.iter(P + "sldId"):
            self._slide(targets.get(one.get(R + "id", ""), ""))
        return self.builder.found()

    def _relations(self, name: str) -> dict[str, str]:
        """Key → name of the part; those outside the file keep their address."""
        folder, base = posixpath.split(name)
        rels = f"{folder}/_rels/{base}.rels"
        if rels not in self.archive.entries:
            return {}
        return {
            one.get("Id", ""): one.get("Target", "")
            if one.get("TargetMode") == "External"
            else posixpath.normpath(posixpath.join(folder, one.get("Target", ""))).lstrip("/")
            for one in parse(self.archive.read(rels))
        }

    def _slide(self, name: str) -> None:
        if name not in self.archive.entries:
            self.builder.missed["page"] += 1
            return
        slide = parse(self.archive.read(name))
        self.targets = self._relations(name)
        shapes = list(shapes_of(slide.find(f"{P}cSld/{P}spTree")))
        title = next((words_of(one) for one in shapes if place_of(one) in TITLES and words_of(one)), "")
        hidden = slide.get("show") == "0"
        self.shown += not hidden
        self.builder.lesson(title, {} if hidden else {"slide": self.shown})
        if hidden:
            self.builder.missed["hidden"] += 1
        for shape in shapes:
            if place_of(shape) not in (*TITLES, *SMALL_PRINT):
                self._shape(shape)
        self._notes()

    def _shape(self, shape: Any) -> None:
        kind = shape.tag.rpartition("}")[2]
        if kind == "sp":
            self._text(shape)
        elif kind == "pic":
            self._picture(shape)
        elif kind == "graphicFrame":
            self._frame(shape)

    def _text(self, shape: Any) -> None:
        for paragraph in shape.iter(A + "p"):
            formulas = list(paragraph.iter(M + "oMath"))
            markup = "".join(self._runs(paragraph)).strip()
            bare = "".join(text.text or "" for text in paragraph.iter(A + "t")).strip()
            if formulas and not bare:
                for formula in formulas:
                    self.builder.block("formula", {"latex": latex(formula)})
            elif markup:
                self._paragraph(paragraph, markup, place_of(shape))
        for _blip in shape.iter(A + "blip"):
            self.builder.missed["picture"] += 1  # a pattern that fills a shape

    def _paragraph(self, paragraph: Any, markup: str, place: str) -> None:
        """In the body of a slide everything is an item of a list unless it says that it is not."""
        facts = paragraph.find(A + "pPr")
        plain = facts is not None and facts.find(A + "buNone") is not None
        marked = facts is not None and (
            facts.find(A + "buChar") is not None or facts.find(A + "buAutoNum") is not None
        )
        if marked or (place in ("body", "obj") and not plain):
            tag = "ol" if facts is not None and facts.find(A + "buAutoNum") is not None else "ul"
            self.builder.markup(f"<{tag}><li>{markup}</li></{tag}>")
        else:
            self.builder.markup(f"<p>{markup}</p>")

    def _runs(self, parent: Any) -> Iterator[str]:
        for one in parent:
            if one.tag in (A + "r", A + "fld"):
                yield self._run(one)
            elif one.tag == A + "br":
                yield "<br>"
            elif one.tag == M + "oMath":
                yield rf"\({escape(latex(one), quote=False)}\)"
            elif one.tag in (A14 + "m", M + "oMathPara", MC + "AlternateContent", MC + "Choice"):
                yield from self._runs(one)

    def _run(self, run: Any) -> str:
        text = escape("".join(one.text or "" for one in run.iter(A + "t")), quote=False)
        facts = run.find(A + "rPr")
        if facts is None or not text.strip():
            return text
        for name, mark in (("b", "strong"), ("i", "em")):
            if facts.get(name) in ("1", "true"):
                text = f"<{mark}>{text}</{mark}>"
        raised = facts.get("baseline", "0")
        if raised.lstrip("-").isdecimal() and int(raised):
            mark = "sup" if int(raised) > 0 else "sub"
            text = f"<{mark}>{text}</{mark}>"
        link = facts.find(A + "hlinkClick")
        address = self.targets.get(link.get(R + "id", ""), "") if link is not None else ""
        if address.lower().startswith(("http://", "https://", "mailto:")):
            text = f'<a href="{escape(address)}">{text}</a>'
        return text

    def _picture(self, shape: Any) -> None:
        facts = next(shape.iter(P + "cNvPr"), None)
        alt = (facts.get("descr") or "") if facts is not None else ""
        media = [one for one in shape.iter() if one.tag in (A + "videoFile", A + "audioFile")]
        if media:
            self._medium(media[0], alt)
            return
        blip = next(shape.iter(A + "blip"), None)
        name = self.targets.get(blip.get(R + "embed", ""), "") if blip is not None else ""
        if name in self.archive.entries and name.rpartition(".")[2].lower() in (*PICTURES, "tif", "tiff"):
            self.builder.picture(named_png(name), self.archive.read(name), " ".join(alt.split()))
        else:
            self.builder.missed["picture"] += 1

    def _medium(self, one: Any, title: str) -> None:
        family = "video" if one.tag == A + "videoFile" else "audio"
        name = self.targets.get(one.get(R + "link", ""), "")
        if name in self.archive.entries and name.rpartition(".")[2].lower() in FAMILIES[family]:
            shown = posixpath.basename(name)
            self.builder.attached(family, shown, self.archive.read(name), {"title": title or shown})
        else:
            self.builder.missed[family] += 1

    def _frame(self, frame: Any) -> None:
        table = next(frame.iter(A + "tbl"), None)
        if table is None:
            ole = any(one.tag == P + "oleObj" for one in frame.iter())
            self.builder.missed["object" if ole else "drawing"] += 1
            return
        rows = [[words_of(cell) for cell in row.iter(A + "tc")] for row in table.iter(A + "tr")]
        if any(any(row) for row in rows):
            self.builder.table("", rows)

    def _notes(self) -> None:
        """What the speaker had noted is folded: the pupil opens it."""
        name = next((one for one in self.targets.values() if "/notesSlides/" in one), "")
        if name not in self.archive.entries:
            return
        shapes = shapes_of(parse(self.archive.read(name)).find(f"{P}cSld/{P}spTree"))
        lines = [
            words
            for shape in shapes
            if place_of(shape) not in SMALL_PRINT
            for one in shape.iter(A + "p")
            if (words := words_of(one))
        ]
        if lines:
            html = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
            self.builder.block("reveal", {"summary": "@@notes", "html": html})
