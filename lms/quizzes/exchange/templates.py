"""Templates for teachers: a Word document and a table with an example of each kind, in the language asked for.

The examples are what `word_in` and `excel_in` read, so a template that is sent back as it is comes in whole.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.shared import Pt, RGBColor

# Examples are content, not texts of the interface: templates.json has them, each in its own language.
EXAMPLES: dict[str, Any] = json.loads(Path(__file__).with_name("templates.json").read_text("utf-8"))
NUMBER, OPTIONS, ANSWER, POINTS, WHY = 0, slice(1, 7), 7, 8, 12


def excel_template(language: str) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(EXAMPLES[language]["sheet"])
    bold = book.add_format({"bold": True, "bg_color": "#e6f0ef", "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, len(EXAMPLES[language]["heads"]) - 1, 16)
    for column, head in enumerate(EXAMPLES[language]["heads"]):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(EXAMPLES[language]["rows"], 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, wrapped)
    book.close()
    return target.getvalue()


def word_template(language: str) -> bytes:
    paper = Document()
    paper.core_properties.language, paper.core_properties.author = language, ""
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Noto Sans", Pt(11)
    heads = EXAMPLES[language]["heads"]
    for number, row in enumerate(EXAMPLES[language]["rows"], 1):
        paper.add_paragraph(f"{number}. {row[NUMBER]}")
        for letter, option in zip("ABCDEF", row[OPTIONS], strict=True):
            if option:
                paper.add_paragraph(f"{letter}) {option}")
        answer = paper.add_paragraph().add_run(f"{heads[ANSWER]}: {row[ANSWER]}")
        answer.font.color.rgb = RGBColor(0x11, 0x59, 0x5F)
        if row[POINTS] != "1":
            paper.add_paragraph(f"{heads[POINTS]}: {row[POINTS]}")
        if row[WHY]:
            paper.add_paragraph(f"{heads[WHY]}: {row[WHY]}")
        paper.add_paragraph()
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


TEMPLATES = {"docx": word_template, "xlsx": excel_template}
