"""The workshop: one lesson with its blocks, one of which is open for writing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from lms.core.forms import options
from lms.core.i18n import language
from lms.core.permissions import actor, needs
from lms.courses import labels, labels_tools, showing, terms
from lms.courses.activities import activity_kind
from lms.courses.blocks import GROUPS, KINDS, kind_of
from lms.courses.blocks.answers import as_text
from lms.courses.forms import LessonForm
from lms.courses.models import CourseBlock, CourseLesson
from lms.courses.queries import writing as queries
from lms.courses.queries.files import film_job
from lms.courses.service import courses as verbs
from lms.courses.service import publishing, workshop
from lms.courses.service.files import ENDS
from lms.courses.views.base import blueprint, key_or_404, wanted_language
from lms.courses.views.files import address


@blueprint.get("/courses/lessons/<uuid:course_lesson_id>")
@needs("course.write")
def lesson(course_lesson_id: UUID) -> str:
    row = queries.lesson_or_404(course_lesson_id)
    open_block = request.args.get("block", "")
    block = next((one for one in row.blocks if str(one.id) == open_block), None)
    return lesson_page(row, block)


def lesson_page(row: CourseLesson, block: CourseBlock | None, theirs: Any = None, mine: Any = None) -> str:
    """`theirs` and `mine`: two who wrote the same block at once, both shown."""
    course = row.module.course
    chosen = wanted_language(course.language)
    twin = "ru" if chosen == "kk" else "kk"
    frozen = publishing.frozen_blocks(row.blocks)
    shown = showing.Shown(queries.files_of(row.blocks), address, chosen, lesson_at=at("courses.lesson"))
    beside = block.content(twin) if block is not None else None
    return render_template(
        "courses/lesson.html",
        terms=terms.terms_of(course.subject) if block is not None and block.kind == "term" else (),
        found_terms=terms.found_in(kind_of(block.kind).plain(beside), course.subject, twin)
        if block is not None and beside else (),
        lesson=row, course=course, chosen=chosen, other=twin,
        blocks=list(zip(row.blocks, frozen, strict=True)), shown=shown, markup=showing.markup,
        other_shown=showing.Shown(shown.files, address, twin, lesson_at=shown.lesson_at),
        open_block=block, kind_of=kind_of, kinds=KINDS, groups=GROUPS, as_text=as_text, ends=ENDS,
        content=mine if mine is not None else _content(block, chosen), theirs=theirs,
        weight=showing.weight(frozen, shown), media_weight=showing.media_weight,
        comments=queries.comments(row), others=queries.others_here(row, actor().person_id),
        film_job=film_job(shown.files.values(), block),
        undo=queries.to_undo(row, actor().person_id), tools=labels_tools,
    )  # fmt: skip


def at(endpoint: str) -> Callable[[str], str]:
    """Where links to other lessons lead. A key that is none leads nowhere."""
    return lambda key: url_for(endpoint, course_lesson_id=key) if len(key) == 36 else ""


def _content(block: CourseBlock | None, chosen: str) -> Any:
    """What is written in this language; a translation begins from the other one's files and numbers."""
    if block is None:
        return {}
    kind = kind_of(block.kind)
    found = block.content(chosen)
    return {
        **kind.empty(),
        **(found if found is not None else block.content("ru" if chosen == "kk" else "kk") or {}),
    }


@blueprint.route("/courses/lessons/<uuid:course_lesson_id>/settings", methods=["GET", "POST"])
@needs("course.write")
def lesson_settings(course_lesson_id: UUID) -> Any:
    row = queries.lesson_or_404(course_lesson_id)
    form = LessonForm.here(row)
    form.about(row)
    kind = activity_kind(row.activity)
    rules = (
        {code: labels.ACTIVITY_RULES[code] for code in kind.rules}
        if kind
        else {code: text for code, text in labels.RULES.items() if code != "activity"}
    )
    form.rule.choices = options(rules)
    if not form.ok():
        page = render_template(
            "courses/lesson_settings.html", form=form, lesson=row, course=row.module.course
        )
        return page, 422 if form.wrong else 200
    verbs.set_up_lesson(row, form.values())
    flash(_("The changes have been saved."), "success")
    return redirect(
        url_for("courses.course", course_id=row.module.course_id, _anchor=f"lesson-{row.id}"), 303
    )


@blueprint.post("/courses/lessons/<uuid:course_lesson_id>/arrange")
@needs("course.write")
def arrange_lesson(course_lesson_id: UUID) -> Response:
    row = queries.lesson_or_404(course_lesson_id)
    course_id, deed = row.module.course_id, request.form.get("deed", "")
    if deed in ("up", "down"):
        verbs.move_lesson(row, -1 if deed == "up" else 1)
    elif deed == "join":
        verbs.join_with_next(row)
    elif deed == "split":
        fresh = verbs.split_lesson(row, key_or_404(request.form.get("block", "")))
        return redirect(url_for("courses.lesson_settings", course_lesson_id=fresh.id), 303)
    elif deed == "copy":
        verbs.copy_lesson(row, row.module)
    elif deed == "remove":
        verbs.remove_lesson(row)
        return redirect(url_for("courses.course", course_id=course_id, _anchor="contents"), 303)
    return redirect(url_for("courses.course", course_id=course_id, _anchor=f"lesson-{course_lesson_id}"), 303)


@blueprint.post("/courses/lessons/<uuid:course_lesson_id>/here")
@needs("course.write")
def here(course_lesson_id: UUID) -> Response:
    """An open page says that somebody sits at it, and hears who else does."""
    row = queries.lesson_or_404(course_lesson_id)
    workshop.here(row, actor().person_id)
    return jsonify(others=queries.others_here(row, actor().person_id))


@blueprint.post("/courses/lessons/<uuid:course_lesson_id>/comments")
@needs("course.write")
def add_comment(course_lesson_id: UUID) -> Response:
    row = queries.lesson_or_404(course_lesson_id)
    text = request.form.get("text", "").replace("\0", "").strip()[:2000]
    if text:
        workshop.comment(row, actor().person_id, text)
    return _to_lesson(row.id, "comments")


@blueprint.post("/courses/comments/<uuid:remark_id>/settle")
@needs("course.write")
def settle_comment(remark_id: UUID) -> Response:
    row = queries.comment_or_404(remark_id)
    workshop.settle(row)
    return _to_lesson(row.lesson_id, "comments")


@blueprint.get("/courses/lessons/<uuid:course_lesson_id>/preview")
@needs("course.see")
def preview(course_lesson_id: UUID) -> str:
    """As a pupil will see it."""
    row = queries.lesson_or_404(course_lesson_id, "course.see")
    chosen = wanted_language(language())
    shown = showing.Shown(queries.files_of(row.blocks), address, chosen, lesson_at=at("courses.preview"))
    return render_template(
        "courses/preview.html", lesson=row, course=row.module.course, chosen=chosen, shown=shown,
        blocks=publishing.frozen_blocks(row.blocks), markup=showing.markup,
    )  # fmt: skip


def _to_lesson(lesson_id: UUID, anchor: str) -> Response:
    return redirect(url_for("courses.lesson", course_lesson_id=lesson_id, _anchor=anchor), 303)
