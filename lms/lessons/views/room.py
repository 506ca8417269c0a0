"""The live room: the hub teacher's console, the classroom's screen, the panel of the teacher in the class, the pupil."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from lms.core import live, storage
from lms.core.errors import NotYours
from lms.core.i18n import in_language
from lms.core.permissions import actor, needs
from lms.core.security import allow_camera
from lms.lessons.cards import CODES
from lms.lessons.queries import board as boards
from lms.lessons.queries import lessons as queries
from lms.lessons.queries import room
from lms.lessons.service import planning
from lms.lessons.service.words import desk, everybody, staff_room, stills
from lms.lessons.views.base import blueprint, settings
from lms.lessons.views.inside import data_of, seat_of, snapshot, voice_of

SLIDE_CACHE = "private, max-age=31536000, immutable"


@blueprint.get("/streaming/<uuid:streamed_id>/console")
@needs("lesson.teach")
def console(streamed_id: UUID) -> str:
    row = queries.taught_or_404(streamed_id)
    data = data_of(row, seat_of(row, "teacher"), desk(row.id),
                 board=url_for("lessons.board", streamed_id=row.id))  # fmt: skip
    return render_template(
        "lessons/console.html", lesson=row, data=data, voice=voice_of(data, row, actor().name, leads=True)
    )


@blueprint.get("/streaming/<uuid:streamed_id>/board")
@needs("lesson.teach")
def board(streamed_id: UUID) -> str:
    row = queries.taught_or_404(streamed_id)
    return render_template(
        "lessons/board.html", board=boards.board(row, settings().screen_minutes), lesson=row
    )


@blueprint.post("/streaming/<uuid:streamed_id>/begin")
@needs("lesson.teach")
def begin(streamed_id: UUID) -> Response:
    row = queries.taught_or_404(streamed_id)
    planning.begin(row)
    return redirect(url_for("lessons.console", streamed_id=row.id), 303)


@blueprint.post("/streaming/<uuid:streamed_id>/end")
@needs("lesson.teach")
def end(streamed_id: UUID) -> Response:
    row = queries.taught_or_404(streamed_id)
    planning.end(row)
    flash(_("The lesson has ended. Its record is complete."), "good")
    return redirect(url_for("lessons.report", streamed_id=row.id), 303)


@blueprint.get("/streaming/<uuid:streamed_id>/screen")
@needs("lesson.assist")
def screen(streamed_id: UUID) -> str:
    """For the projector or the one computer of the class."""
    side = queries.side_or_404(streamed_id, request.args.get("school", ""))
    row = side.lesson
    data = data_of(row, seat_of(row, "staff", side.school.id), stills(row))
    return render_template(
        "lessons/screen.html", lesson=row, side=side, data=data, groups=room.roster(row.id, side.school.id),
        voice=voice_of(data, row, in_language(side.school)),
    )  # fmt: skip


@blueprint.get("/streaming/<uuid:streamed_id>/panel")
@needs("lesson.assist")
def panel(streamed_id: UUID) -> str:
    side = queries.side_or_404(streamed_id, request.args.get("school", ""))
    row, school = side.lesson, side.school
    data = data_of(
        row, seat_of(row, "staff", school.id), staff_room(row.id, school.id),
        board=url_for("lessons.panel_board", streamed_id=row.id, school=school.id),
    )  # fmt: skip
    groups = room.roster(row.id, school.id, cards=True)
    data["cards"] = {
        str(one.school_class.id): [(pupil.card, CODES[pupil.card - 1], str(pupil.id)) for pupil in one.carded]
        for one in groups
    }
    allow_camera()
    return render_template("lessons/panel.html", lesson=row, side=side, data=data, groups=groups)


@blueprint.get("/streaming/<uuid:streamed_id>/panel-board")
@needs("lesson.assist")
def panel_board(streamed_id: UUID) -> str:
    side = queries.side_or_404(streamed_id, request.args.get("school", ""))
    found = boards.board(side.lesson, settings().screen_minutes, side.school.id)
    return render_template("lessons/panel_board.html", board=found, lesson=side.lesson)


@blueprint.get("/streaming/<uuid:streamed_id>/room")
@needs("lesson.join")
def seat(streamed_id: UUID) -> Any:
    """The pupil's own device. Whoever may see the lesson but is in none of its classes looks in."""
    here = queries.joined_or_404(streamed_id)
    row, group = here.lesson, here.group
    if row.state == "ended" and group:
        return redirect(url_for("lessons.later", streamed_id=row.id))
    mine = seat_of(row, "pupil", group.school_id, group.class_id) if group else seat_of(row, "onlooker")
    return render_template("lessons/room.html", lesson=row, data=data_of(row, mine), pupil=group is not None)


@blueprint.get("/streaming/<uuid:streamed_id>/state")
@needs("lesson.join")
def state(streamed_id: UUID) -> dict[str, Any]:
    """Asked after a break too long for the events to be told again, and where there is no event service."""
    row = queries.joined_or_404(streamed_id).lesson
    return {"now": snapshot(row, room.questions(row.id)), "live": live.address(everybody(row))}


@blueprint.get("/streaming/<uuid:streamed_id>/slides/<int:slide_number>.webp")
@needs("lesson.join")
def slide(streamed_id: UUID, slide_number: int) -> Response:
    row = queries.joined_or_404(streamed_id).lesson
    found = next((one for one in room.slides(row.id) if one.number == slide_number), None)
    if found is None:
        raise NotYours
    return storage.send(found.digest, f"{slide_number}.webp", "image/webp", cache=SLIDE_CACHE)
