"""Word comes in: everything that was understood is there, hostile documents are refused."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm
from lxml import etree

from lms.core import formulas
from lms.core.db import db
from lms.courses.importing import word
from lms.courses.models import Course
from tests.cast import Cast
from tests.coursed import course_of, picture
from tests.lms.courses.arrived import brought, found_in, zipped

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
FORMULAS = [  # as Word writes them, and what they are here
    ("<m:f><m:num>{F}</m:num><m:den>{S}</m:den></m:f>", r"\frac{F}{S}"),
    ("<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>{x}</m:e></m:rad>", r"\sqrt{x}"),
    ("<m:sSubSup><m:e>{v}</m:e><m:sub>{0}</m:sub><m:sup>{2}</m:sup></m:sSubSup>", "{v}_{0}^{2}"),
    ("<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{i}</m:sub><m:sup>{n}</m:sup><m:e>{i}</m:e></m:nary>", r"\sum_{i}^{n} i"),
    ("<m:d><m:e>{a+b}</m:e></m:d>", r"\left( a+b \right)"),
    ("<m:m><m:mr><m:e>{a}</m:e><m:e>{b}</m:e></m:mr></m:m>", r"\begin{matrix}a & b\end{matrix}"),
]  # fmt: skip


def omath(number: int) -> Any:
    inside = re.sub(r"\{([^}]*)\}", r"<m:r><m:t>\1</m:t></m:r>", FORMULAS[number % len(FORMULAS)][0])
    return etree.fromstring(f'<m:oMath xmlns:m="{MATH}">{inside}</m:oMath>')


def long_document() -> bytes:
    """40 pages by their breaks: 10 lessons, 20 pictures, 30 formulas (20 alone, 10 among words), 10 tables, lists."""
    paper = Document()
    for page in range(40):
        if page % 4 == 0:
            paper.add_heading(f"Сабақ {page // 4 + 1}", 1)
        paper.add_heading(f"Бөлім {page}", 2)
        for _number in range(6):
            paper.add_paragraph("Қысым күштің ауданға қатынасына тең болады. " * 6)
        if page % 2:
            paper.add_picture(io.BytesIO(picture(60 + page, 40)), width=Mm(60))
        else:
            paper.add_paragraph()._p.append(omath(page // 2))
        if page % 4 == 1:
            line = paper.add_paragraph("Мұнда ")
            line._p.append(omath(page // 4))
            line.add_run(" тұр")
        if page % 4 == 2:
            table = paper.add_table(3, 3)
            for row in table.rows:
                for cell in row.cells:
                    cell.text = f"Ұяшық {page}"
        paper.add_paragraph("нүктелі", style="List Bullet")
        paper.add_paragraph("нөмірлі", style="List Number")
        paper.add_page_break()
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_of_a_word_document_of_forty_pages_nothing_is_missing(cast: Cast) -> None:
    """Counted in the rows of the course, after the whole way through the workshop."""
    course = course_of(cast.person("teacher"), cast.school)
    arrival = brought(cast, course, long_document(), "қысым.docx")
    assert (arrival.state, arrival.missed) == ("kept", {})
    lessons = db.session.get_one(Course, course.id).lessons
    every = [block for lesson in lessons for block in lesson.blocks]
    counts = Counter(block.kind for block in every)
    assert [one.title_kk for one in lessons] == [f"Сабақ {number}" for number in range(1, 11)]
    assert (counts["picture"], counts["formula"], counts["table"], counts["heading"]) == (20, 20, 10, 40)
    assert all(block.kk["file"] for block in every if block.kind == "picture" and block.kk)
    words = json.dumps([block.kk for block in every], ensure_ascii=False)
    assert words.count("Қысым күштің") == 40 * 6 * 6
    assert words.count("Ұяшық") == 10 * 9
    assert words.count("<ul><li>нүктелі</li></ul><ol><li>нөмірлі</li></ol>") == 40
    assert words.count("тұр") == 10 and words.count(r"\\(") == 10, "formulas among words"
    latex = [block.kk["latex"] for block in every if block.kind == "formula" and block.kk]
    assert latex == [FORMULAS[number % len(FORMULAS)][1] for number in range(20)]
    assert all(formulas.readable(one) for one in latex)


BOMB = b"<!DOCTYPE a [<!ENTITY b 'xxxx'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK", b"no zip", zipped(**{"a.txt": b"x"}), zipped(**{"word/document.xml": BOMB}),
        zipped(**{"word/document.xml": b"<a><b></a>"}), zipped(**{"../word/document.xml": b"<a/>"}),
        zipped(**{"word/document.xml": b" " * 60_000_000}), zipped(**{"word/document.xml": b"<a>" * 5000}),
    ],
)  # fmt: skip
def test_a_hostile_document_is_refused(data: bytes, tmp_path: Path) -> None:
    assert found_in(tmp_path, data, word)["refused"]
