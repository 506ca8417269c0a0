"""What was changed in a lesson, word by word, and going back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from lms.core.errors import NotYours
from lms.core.permissions import actor, needs
from lms.courses.blocks import kind_of
from lms.courses.differences import Part, words_apart
from lms.courses.models import BlockChange
from lms.courses.queries import writing as queries
from lms.courses.service import blocks as verbs
from lms.courses.views.base import blueprint, me


@blueprint.get("/courses/lessons/<uuid:course_lesson_id>/history")
@needs("course.write")
def history(course_lesson_id: UUID) -> str:
    lesson = queries.lesson_or_404(course_lesson_id)
    steps = [(one, _parts(one)) for one in queries.changes(lesson)]
    return render_template(
        "courses/history.html", lesson=lesson, course=lesson.module.course, steps=steps, kind_of=kind_of
    )


def _parts(change: BlockChange) -> list[Part]:
    if change.deed == "move":
        return []
    return words_apart(_plain(change, change.before), _plain(change, change.after))


def _plain(change: BlockChange, content: dict[str, object] | None) -> str:
    """The words of one state; of an added or removed block those of its languages."""
    kind = kind_of(change.kind)
    if content is None:
        return ""
    if change.deed == "change":
        return kind.plain(kind.clean(content))
    return " ".join(kind.plain(kind.clean(content[one])) for one in verbs.LANGUAGES if content.get(one))


@blueprint.post("/courses/changes/<uuid:change_id>/restore")
@needs("course.write")
def restore(change_id: UUID) -> Response:
    change = queries.change_or_404(change_id)
    lesson = queries.lesson_or_404(change.lesson_id)
    verbs.restore(lesson, change, me())
    flash(_("The block is as it was then. The steps since are kept in the history."), "success")
    return redirect(
        url_for("courses.lesson", course_lesson_id=lesson.id, _anchor=f"block-{change.block_id}"), 303
    )


@blueprint.post("/courses/lessons/<uuid:course_lesson_id>/undo")
@needs("course.write")
def undo(course_lesson_id: UUID) -> Response:
    lesson = queries.lesson_or_404(course_lesson_id)
    change = queries.to_undo(lesson, actor().person_id)
    if change is None:
        raise NotYours
    verbs.undo(lesson, change)
    flash(_("The last step is undone."), "success")
    return redirect(
        url_for("courses.lesson", course_lesson_id=lesson.id, _anchor=f"block-{change.block_id}"), 303
    )
