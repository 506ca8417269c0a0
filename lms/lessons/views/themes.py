"""Pages of calendar-thematic plans."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from lms.core import audit, clock
from lms.core.errors import Refused
from lms.core.i18n import day
from lms.core.permissions import actor, may, needs
from lms.core.sheets import SheetRefused, download, read_sheet, xlsx_bytes
from lms.lessons import themes
from lms.lessons.queries import themes as queries
from lms.lessons.service import themes as service
from lms.lessons.subjects import SUBJECTS
from lms.lessons.themes import Topic
from lms.lessons.views.base import blueprint

LARGEST = 2 * 1024 * 1024


@blueprint.get("/thematic-plans")
@needs("thematic.see")
def thematic_plans() -> str:
    found = queries.plans_within_reach()
    return render_template(
        "lessons/themes.html", listing=found, progress=queries.progress(found.rows),
        waiting=queries.without_plan() if may("thematic.write") else [],
    )  # fmt: skip


@blueprint.post("/thematic-plans/lines/<uuid:hours_id>")
@needs("thematic.write")
def begin_thematic_plan(hours_id: UUID) -> Any:
    plan = service.begin(queries.line_or_404(hours_id))
    return redirect(url_for("lessons.thematic_plan", plan_id=plan.id), 303)


@blueprint.get("/thematic-plans/<uuid:plan_id>")
@needs("thematic.see")
def thematic_plan(plan_id: UUID) -> str:
    plan = queries.plan_or_404(plan_id, "thematic.see")
    writes = queries.writes(plan)
    return render_template(
        "lessons/theme.html", shown=queries.shown(plan), plan=plan, writes=writes, today=clock.today(),
        approves=may("thematic.approve", plan.path), teaches=writes and may("lesson.teach"),
        text=themes.text_of(Topic(one.title, one.hours, one.section, one.aims) for one in plan.topics),
    )  # fmt: skip


@blueprint.post("/thematic-plans/<uuid:plan_id>/topics")
@needs("thematic.write")
def write_thematic_plan(plan_id: UUID) -> Any:
    plan = queries.plan_or_404(plan_id, "thematic.write")
    service.write(plan, themes.read_lines(_cells()), _holidays())
    flash(_("The plan is kept."), "good")
    return redirect(url_for("lessons.thematic_plan", plan_id=plan.id), 303)


def _cells() -> list[Any]:
    """Of a table that is sent, else of what is typed."""
    file = request.files.get("file")
    data = file.stream.read(LARGEST + 1) if file else b""
    if not data:
        return list(themes.cells_of(request.form.get("topics", "")[:200_000]))
    try:
        if len(data) > LARGEST:
            raise SheetRefused("too-large")
        sheet = read_sheet(data, themes.MOST_TOPICS + 1)
    except SheetRefused:
        raise Refused(
            _("The table cannot be read. Save it as XLSX or CSV with one topic on a line.")
        ) from None
    return [line.cells for line in sheet.lines]


def _holidays() -> list[int]:
    words = request.form.get("holidays", "").replace(",", " ").split()
    if not all(one.isdecimal() and 1 <= int(one[:3]) <= themes.LAST_WEEK for one in words):
        raise Refused(_("Weeks of holidays are numbers from 1 to %(last)d.", last=themes.LAST_WEEK))
    return [int(one) for one in words]


@blueprint.post("/thematic-plans/<uuid:plan_id>/copy")
@needs("thematic.write")
def copy_thematic_plan(plan_id: UUID) -> Any:
    plan = queries.plan_or_404(plan_id, "thematic.write")
    service.copy(plan, queries.earlier(plan))
    flash(_("The topics of last year are taken over. Look at their weeks."), "good")
    return redirect(url_for("lessons.thematic_plan", plan_id=plan.id), 303)


@blueprint.post("/thematic-plans/<uuid:plan_id>/approve")
@needs("thematic.approve")
def approve_thematic_plan(plan_id: UUID) -> Any:
    plan = queries.plan_or_404(plan_id, "thematic.approve")
    service.approve(plan, actor().person_id)
    flash(_("The plan is approved."), "good")
    return redirect(url_for("lessons.thematic_plan", plan_id=plan.id), 303)


@blueprint.post("/thematic-plans/topics/<uuid:topic_id>/taught")
@needs("thematic.write")
def tick_topic(topic_id: UUID) -> Any:
    topic = queries.topic_or_404(topic_id)
    try:
        on = date.fromisoformat(request.form["on"]) if request.form.get("on") else None
    except ValueError:
        raise Refused(_("Choose the day.")) from None
    service.tick(topic, on)
    return redirect(
        url_for("lessons.thematic_plan", plan_id=topic.plan_id, _anchor=f"topic-{topic.number}"), 303
    )


@blueprint.get("/thematic-plans/<uuid:plan_id>/plan.xlsx")
@needs("thematic.see")
def export_thematic_plan(plan_id: UUID) -> Response:
    plan = queries.plan_or_404(plan_id, "thematic.see")
    header = [_("Topic"), _("Hours"), _("Section"), _("Aims"), _("Week"), _("From"), _("Taught on")]
    rows = [
        [one.topic.title, one.topic.hours, one.topic.section, one.topic.aims, one.topic.week, day(one.monday),
         day(one.taught_on)]
        for one in queries.shown(plan).lines
    ]  # fmt: skip
    audit.record("thematic.exported", plan, path=plan.path, rows=len(rows))
    return download(xlsx_bytes(str(SUBJECTS.get(plan.subject, plan.subject))[:30], header, rows), "plan.xlsx")
