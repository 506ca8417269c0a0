"""Catching up: the lesson's slides and questions afterwards, on the page or in a pack that needs no line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.core import clock, ids, limits, storage
from lms.core.db import insert_once
from lms.core.errors import NotYours
from lms.core.permissions import actor, needs
from lms.lessons import judging
from lms.lessons.models import StreamedEvent, StreamedLesson, StreamedQuestion
from lms.lessons.queries import lessons as queries
from lms.lessons.queries import room
from lms.lessons.service import planning
from lms.lessons.slides.pack import packed
from lms.lessons.views.base import blueprint


def _ended_or_404(streamed_id: UUID) -> queries.Attendance:
    here = queries.joined_or_404(streamed_id)
    if here.lesson.state != "ended":
        raise NotYours
    return here


def _asked(row: StreamedLesson) -> list[StreamedQuestion]:
    """Those that were asked in the lesson; clouds are over with it."""
    asked = row.now.get("asked", [])
    return [one for one in room.questions(row.id) if one.id.hex in asked and one.kind != "cloud"]


@blueprint.get("/streaming/<uuid:streamed_id>/later")
@needs("lesson.join")
def later(streamed_id: UUID) -> str:
    """Before the lesson has ended the page only says when it opens."""
    here = queries.joined_or_404(streamed_id)
    return render_template(
        "lessons/later.html", lesson=here.lesson, pupil=here.group is not None, slides=room.slides(here.lesson.id),
        questions=_asked(here.lesson), verdicts=None,
    )  # fmt: skip


@blueprint.post("/streaming/<uuid:streamed_id>/later")
@needs("lesson.join")
def answer_later(streamed_id: UUID) -> Any:
    """Counts as attended later when every question has an answer; the first answers count."""
    here = _ended_or_404(streamed_id)
    row, group = here.lesson, here.group
    if group is None:
        raise NotYours
    asked = _asked(row)
    given = {one.id: _given(one) for one in asked}
    if not all(given.values()):
        flash(_("Answer every question; then the lesson counts as attended later."), "error")
        return redirect(url_for("lessons.later", streamed_id=row.id), 303)
    who, start = actor().person_id, f"{row.id.hex}.{actor().person_id.hex}.later"
    for one in asked:
        insert_once(StreamedEvent, {
            "id": ids.new_id(), "lesson_id": row.id, "key": f"{start}.{one.number}", "kind": "answer",
            "happened_at": clock.now(), "person_id": who, "by_id": who, "class_id": group.class_id,
            "school_id": group.school_id, "question_id": one.id, "data": {"a": given[one.id], "later": True},
        }, "key")  # fmt: skip
    planning.attended_later(row, who, group.class_id, group.school_id, f"{start}.0")
    verdicts = {one.id: judging.right(one.kind, one.key, given[one.id] or []) for one in asked}
    return render_template(
        "lessons/later.html",
        lesson=row,
        pupil=True,
        slides=room.slides(row.id),
        questions=asked,
        verdicts=verdicts,
    )


def _given(one: StreamedQuestion) -> list[str] | None:
    sent: Any = request.form.getlist(f"answer-{one.number}")
    if one.parts:
        return judging.filled(one.parts, [text.replace("\0", "") for text in sent])
    if one.kind not in ("single", "multiple"):
        sent = sent[0].replace("\0", "") if sent else ""
    return judging.cleaned(one.kind, sent, len(one.options))


@blueprint.get("/streaming/<uuid:streamed_id>/voice.ogg")
@needs("lesson.join")
def voice(streamed_id: UUID) -> Response:
    """Piece by piece: a thin line begins to hear at once."""
    row = _ended_or_404(streamed_id).lesson
    if not row.voice:
        raise NotYours
    return storage.send(row.voice, "voice.ogg", "audio/ogg", cache="private, max-age=86400")


@blueprint.get("/streaming/<uuid:streamed_id>/pack.zip")
@needs("lesson.join")
def pack(streamed_id: UUID) -> Response:
    """Slides, questions and a page that plays them without any line."""
    limits.at_most("pack", str(actor().person_id), 30, 60)
    row = _ended_or_404(streamed_id).lesson
    data = packed(row, room.slides(row.id), _asked(row))
    name = f"lesson-{row.starts_at:%Y-%m-%d}.zip"
    return Response(data, mimetype="application/zip", headers={
        "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store",
    })  # fmt: skip
