"""Writing blocks. The same form is saved by its button and, as one types, by the page itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, g, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from lms.core import uploads
from lms.core.errors import Refused
from lms.core.permissions import needs
from lms.core.security import takes_uploads
from lms.courses import showing
from lms.courses.blocks import kind_of
from lms.courses.blocks.fields import Attached
from lms.courses.models import CourseBlock
from lms.courses.queries import writing as queries
from lms.courses.service import blocks as verbs
from lms.courses.service import files, publishing
from lms.courses.views.base import blueprint, key_or_404, me, wanted_language, wants_json
from lms.courses.views.files import address
from lms.courses.views.lessons import lesson_page


@blueprint.post("/courses/lessons/<uuid:course_lesson_id>/blocks")
@needs("course.write")
def add_block(course_lesson_id: UUID) -> Response:
    lesson = queries.lesson_or_404(course_lesson_id)
    after = request.form.get("after", "")
    language = wanted_language(lesson.module.course.language)
    block = verbs.add_block(
        lesson, request.form.get("kind", ""), me(), language, after=key_or_404(after) if after else None
    )
    return _open(block, language)


@blueprint.post("/courses/blocks/<uuid:block_id>")
@needs("course.write")
def save_block(block_id: UUID) -> Any:
    block = queries.block_or_404(block_id)
    language = wanted_language(block.lesson.module.course.language)
    content = kind_of(block.kind).read(request.form)
    save = verbs.Save(
        language, content, _number("base"), request.form.get("page", "")[:64], _number("number")
    )
    try:
        revision = verbs.save_block(block, save, me())
    except verbs.Overtaken:
        return _overtaken(block, language, content)
    if wants_json():
        return jsonify(_saved(block, revision, language))
    if request.form.get("then") == "stay":
        return _open(block, language)
    return _to(block, language)


def _overtaken(block: CourseBlock, language: str, mine: Any) -> Any:
    """Nothing was changed; both texts are shown, and whoever saves now has seen the other one."""
    g.rollback = True
    if wants_json():
        return jsonify(conflict=True, revision=block.revision(language)), 409
    return lesson_page(block.lesson, block, theirs=block.content(language), mine=mine), 409


def _saved(block: CourseBlock, revision: int, language: str) -> dict[str, Any]:
    """What the page shows after a saving: what is missing, and what the block weighs now."""
    shown = showing.Shown(queries.files_of([block]), address, language)
    weight = showing.weight(publishing.frozen_blocks([block]), shown)
    missing = kind_of(block.kind).missing(block.content(language) or {})
    return {"revision": revision, "bytes": weight.total, "missing": missing}


@blueprint.post("/courses/blocks/<uuid:block_id>/arrange")
@needs("course.write")
def arrange_block(block_id: UUID) -> Response:
    block = queries.block_or_404(block_id)
    language = wanted_language(block.lesson.module.course.language)
    deed, lesson_id = request.form.get("deed", ""), block.lesson_id
    if deed in ("up", "down"):
        verbs.move_block(block, -1 if deed == "up" else 1, me())
    elif deed == "copy":
        copy = verbs.add_block(
            block.lesson, block.kind, me(), language, block.content(language) or {}, after=block.id
        )
        return _open(copy, language)
    elif deed == "fresh":
        verbs.up_to_date(block, language)
    elif deed == "remove":
        verbs.remove_block(block, me())
        flash(_("The block is removed. “Undo” brings it back."), "success")
        return redirect(url_for("courses.lesson", course_lesson_id=lesson_id, **{"in": language}), 303)  # type: ignore[arg-type]
    return _to(block, language)


@blueprint.post("/courses/blocks/<uuid:block_id>/file")
@needs("course.write")
@takes_uploads
def attach_file(block_id: UUID) -> Response:
    """A file for one field of a block, in pieces or whole."""
    block = queries.block_or_404(block_id)
    course = block.lesson.module.course
    language = wanted_language(course.language)
    known = {one.name: one for one in kind_of(block.kind).fields if isinstance(one, Attached)}
    field = known.get(request.form.get("field", ""))
    if field is None:
        raise Refused(_("This block takes no file."))
    name, data = arrived()
    row = files.attach(course, field.family, name, data)
    for one in ("kk", "ru"):
        content = block.content(one)
        if one == language or (content is not None and not content.get(field.name)):
            fresh = {**kind_of(block.kind).empty(), **(content or {}), field.name: str(row.id)}
            verbs.save_block(block, verbs.Save(one, fresh, block.revision(one)), me())
    return _open(block, language)


def arrived() -> tuple[str, bytes]:
    if request.form.get("upload"):
        upload = uploads.finished_or_404(key_or_404(request.form["upload"]))
        name = upload.name
        blob = uploads.take(upload)
        return name, files.stored(blob.digest)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refused(_("Choose a file."))
    return file.filename, file.stream.read()


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _open(block: CourseBlock, language: str) -> Response:
    """With this block open for writing."""
    where = {"block": str(block.id), "in": language, "_anchor": f"block-{block.id}"}
    return redirect(url_for("courses.lesson", course_lesson_id=block.lesson_id, **where), 303)  # type: ignore[arg-type]


def _to(block: CourseBlock, language: str) -> Response:
    where = {"in": language, "_anchor": f"block-{block.id}"}
    return redirect(url_for("courses.lesson", course_lesson_id=block.lesson_id, **where), 303)  # type: ignore[arg-type]
