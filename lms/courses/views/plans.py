"""Lesson plans (ҚМЖ): made from the lesson and a template, changed, printed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from lms.core.db import db
from lms.core.i18n import in_language
from lms.core.permissions import actor, needs
from lms.courses.exporting.plan import plan_docx, plan_pdf
from lms.courses.forms_plan import FACTS, STAGE, PlanForm, stages_of, template
from lms.courses.models import LessonPlan
from lms.courses.queries import writing as queries
from lms.courses.views.base import blueprint, wanted_language

SHAPES = {
    "pdf": (plan_pdf, "application/pdf"),
    "docx": (plan_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@blueprint.post("/courses/lessons/<uuid:course_lesson_id>/plans")
@needs("course.write")
def new_plan(course_lesson_id: UUID) -> Any:
    """Filled with what the course already says."""
    lesson = queries.lesson_or_404(course_lesson_id)
    course = lesson.module.course
    language = wanted_language(course.language)
    objectives = "\n".join(f"{one['code']} {one['text']}".strip() for one in course.objectives)
    with force_locale(language):
        plan = LessonPlan(
            lesson_id=lesson.id, person_id=actor().person_id, language=language, topic=in_language(lesson, "title"),
            school_class=str(course.grade or ""), facts={"objectives": objectives}, stages=template(),
        )  # fmt: skip
    db.session.add(plan)
    db.session.flush()
    return redirect(url_for("courses.plan", lesson_plan_id=plan.id), 303)


@blueprint.route("/courses/plans/<uuid:lesson_plan_id>", methods=["GET", "POST"])
@needs("course.write")
def plan(lesson_plan_id: UUID) -> Any:
    row = queries.plan_or_404(lesson_plan_id)
    form = PlanForm.here(row, **(row.facts if request.method == "GET" else {}))
    if form.ok():
        row.topic, row.school_class, row.on = (
            form.topic.data or "",
            form.school_class.data or "",
            form.on.data,
        )
        row.facts = {name: (getattr(form, name).data or "").replace("\0", "") for name in FACTS}
        row.stages = stages_of(request.form)
        flash(_("The plan is saved."), "success")
        return redirect(url_for("courses.plan", lesson_plan_id=row.id), 303)
    lesson = queries.lesson_or_404(row.lesson_id)
    page = render_template(
        "courses/plan.html", plan=row, lesson=lesson, course=lesson.module.course, form=form, columns=STAGE
    )
    return page, 422 if form.wrong else 200


@blueprint.get("/courses/plans/<uuid:lesson_plan_id>/print/<any(docx, pdf):paper>")
@needs("course.write")
def print_plan(lesson_plan_id: UUID, paper: str) -> Response:
    row = queries.plan_or_404(lesson_plan_id)
    make, kind = SHAPES[paper]
    with force_locale(row.language):
        data = make(row, _("Short-term lesson plan"))
    head = {"Content-Disposition": f'attachment; filename="plan.{paper}"', "Cache-Control": "no-store"}
    return Response(data, content_type=kind, headers=head)


@blueprint.post("/courses/plans/<uuid:lesson_plan_id>/remove")
@needs("course.write")
def remove_plan(lesson_plan_id: UUID) -> Any:
    row = queries.plan_or_404(lesson_plan_id)
    lesson = queries.lesson_or_404(row.lesson_id)
    db.session.delete(row)
    return redirect(url_for("courses.course", course_id=lesson.module.course_id), 303)
