"""A lesson plan begins with what the course says and is printed in its own language."""

from __future__ import annotations

import io
from uuid import UUID

from docx import Document
from pypdf import PdfReader

from lms.core.db import db
from lms.courses.models import LessonPlan
from tests.cast import Cast, read_afresh
from tests.coursed import course_of, lesson_of


def test_a_plan_is_made_changed_and_printed(cast: Cast) -> None:
    course = course_of(
        cast.person("teacher"), cast.school, objectives=[{"code": "7.2.1.3", "text": "қысымды есептеу"}]
    )
    lesson = lesson_of(course)
    browser = cast.signed_in("teacher")
    path = browser.post(f"/courses/lessons/{lesson.id}/plans", {"in": "kk"}).location
    assert "7.2.1.3 қысымды есептеу" in browser.get(path).text
    form = {
        "topic": "Сұйық қысымы", "school_class": "7 «А»", "on": "2026-11-23", "aims": "<b>Мақсат</b>",
        "stage-0-stage": "Сабақтың басы", "stage-0-minutes": "7", "stage-1-stage": "Ортасы", "stage-1-minutes": "30",
        "stage-1-pupils": "Тәжірибе жасайды", "stage-2-stage": "", "stage-3-minutes": "x",
    }  # fmt: skip
    assert browser.post(path, form).status_code == 303
    read_afresh()
    plan = db.session.get_one(LessonPlan, UUID(path.rpartition("/")[2]))
    assert [one["minutes"] for one in plan.stages] == ["7", "30", "x"]
    pdf = browser.get(f"{path}/print/pdf").data
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Тәжірибе" in text and "37" in text
    paper = Document(io.BytesIO(browser.get(f"{path}/print/docx").data))
    assert (
        paper.tables[1].cell(2, 3).text == "Тәжірибе жасайды"
        and paper.tables[0].cell(5, 1).text == "<b>Мақсат</b>"
    )
    assert browser.get(f"{path}/print/exe").status_code == 404
    browser.post(f"{path}/remove")
    assert browser.get(path).status_code == 404
