"""A lesson plan on paper: a table of facts, a table of stages."""

from __future__ import annotations

from markupsafe import escape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from lms.core.i18n import day
from lms.courses.exporting.docx import new_document, plain, saved
from lms.courses.exporting.docx import table as word_table
from lms.courses.exporting.pdf import WIDE, built, style_of, table
from lms.courses.forms_plan import FACTS, STAGE
from lms.courses.labels import PLAN_ROWS, minutes_of
from lms.courses.models import LessonPlan


def _facts(plan: LessonPlan) -> list[list[str]]:
    rows = [[str(PLAN_ROWS["teacher"]), plan.person.full_name], [str(PLAN_ROWS["class"]), plan.school_class]]
    rows += [[str(PLAN_ROWS["date"]), day(plan.on)], [str(PLAN_ROWS["topic"]), plan.topic]]
    return rows + [[str(label), plan.facts.get(name, "")] for name, label in FACTS.items()]


def _stages(plan: LessonPlan) -> list[list[str]]:
    return [
        [str(label) for label in STAGE.values()],
        *([one.get(name, "") for name in STAGE] for one in plan.stages),
    ]


def plan_pdf(plan: LessonPlan, title: str) -> bytes:
    story: list[Flowable] = [Paragraph(str(escape(title)), style_of("heading1"))]
    story.append(table(_facts(plan), False, [50 * mm, WIDE - 50 * mm]))
    story.append(table(_stages(plan), True, [24 * mm, 14 * mm, 42 * mm, 42 * mm, 30 * mm, 18 * mm]))
    story.append(Paragraph(str(escape(minutes_of(plan.stages))), style_of("note")))
    return built(story, title)


def plan_docx(plan: LessonPlan, title: str) -> bytes:
    paper = new_document(title, plan.language)
    paper.add_heading(plain(title), 1)
    word_table(paper, _facts(plan))
    word_table(paper, _stages(plan))
    paper.add_paragraph(plain(minutes_of(plan.stages)))
    return saved(paper)
