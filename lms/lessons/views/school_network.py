"""What a school's computer asks for that holds live lessons on the school's own network (decisions/0096).

    GET  /streaming/school                          → the lessons of two days, and their list as pages in both languages
    GET  /streaming/school/<lesson>                 → its pages, names, questions, and where its slides are
    GET  /streaming/school/<lesson>/slides/<n>.webp
    GET  /streaming/school/<lesson>/state           → what is shown now, and where to hear what comes
    POST /streaming/school/<lesson>/say             → {"done": [7], "not": {}}, as /streaming/say

`Authorization: Bearer …` is the key of a computer issued for lessons. It speaks as the teacher who sits in the class.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import force_locale
from werkzeug import Response
from werkzeug.exceptions import RequestEntityTooLarge, Unauthorized

from lms.core import clock, limits, live, storage
from lms.core.db import begin_writing
from lms.core.errors import NotYours
from lms.core.i18n import LANGUAGES
from lms.core.permissions import public
from lms.core.security import token_only
from lms.lessons.models import SpeedMeter, StreamedLesson
from lms.lessons.queries import room
from lms.lessons.queries.network import school_of_token
from lms.lessons.queries.school_network import coming_lessons, lesson_of_school_or_404
from lms.lessons.service.teaching import told
from lms.lessons.service.words import everybody
from lms.lessons.tickets import Seat
from lms.lessons.views.base import blueprint
from lms.lessons.views.inside import snapshot
from lms.lessons.views.room import SLIDE_CACHE
from lms.lessons.views.saying import MOST_BYTES, message_of
from lms.places.models import School
from lms.web import asset

ASSETS = ("site.css", "site.js", "room.js", "mark.svg")
MOST_ASKED = 600  # of one school within an hour
PAGES = ("screen", "room", "names")


def _asker() -> tuple[School, SpeedMeter]:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    found = school_of_token(token) if kind == "Bearer" and token else None
    if found is None or not found[1].lessons:
        raise Unauthorized
    return found


def _asked_lesson(lesson_id: UUID) -> tuple[StreamedLesson, School, SpeedMeter]:
    school, computer = _asker()
    return lesson_of_school_or_404(lesson_id, school.place_id), school, computer


@blueprint.get("/streaming/school")
@public
@token_only
def school_lessons() -> dict[str, Any]:
    school, computer = _asker()
    limits.at_most("school-lessons", str(school.place_id), MOST_ASKED, 60)
    computer.last_used_at = clock.now()
    rows = coming_lessons(school.place_id)
    return {
        "lessons": [str(one.id) for one in rows],
        "assets": [asset(name) for name in ASSETS],
        "pages": _pages(("index",), lessons=rows, school=school.place),
    }


def _pages(names: Sequence[str], **values: Any) -> dict[str, dict[str, str]]:
    """Each page in both languages; what differs from device to device stands in it as @ticket@, @who@, @now@."""
    found: dict[str, dict[str, str]] = {}
    for code in LANGUAGES:
        with force_locale(code):
            found[code] = {
                name: render_template(f"lessons/classroom/{name}.html", **values) for name in names
            }
    return found


@blueprint.get("/streaming/school/<uuid:streamed_id>")
@public
@token_only
def school_lesson(streamed_id: UUID) -> dict[str, Any]:
    row, school, _computer = _asked_lesson(streamed_id)
    limits.at_most("school-lesson", str(school.place_id), MOST_ASKED, 60)
    slides, asked, groups = room.slides(row.id), room.questions(row.id), room.roster(row.id, school.place_id)
    data = {
        "ticket": "@ticket@", "role": "@role@", "who": "@who@", "room": row.id.hex, "local": True, "say": "/say",
        "live": f"/lesson/{row.id}/live?seat=@ticket@&after=@after@",
        "state": f"/lesson/{row.id}/state?seat=@ticket@",
        "slides": [
            {"url": f"/lesson/{row.id}/slides/{one.number}.webp?v={one.digest[:12]}", "bytes": one.size,
             "w": one.width, "h": one.height, "t": one.text}
            for one in slides
        ],
        "script": row.script, "questions": {}, "now": "@now@",
    }  # fmt: skip
    return {
        "key": str(row.id),
        "language": row.language,
        "starts_at": row.starts_at.timestamp(),
        "pupils": {str(one.id): one.name for group in groups for one in group.pupils},
        "questions": {one.id.hex: told(one) for one in asked},
        "slides": [[one.number, one.digest] for one in slides],
        "now": snapshot(row, asked),
        "pages": _pages(
            PAGES,
            lesson=row,
            groups=groups,
            data=data,
            asks=[told(one) for one in asked],
            school=school.place,
        ),
    }


@blueprint.get("/streaming/school/<uuid:streamed_id>/slides/<int:slide_number>.webp")
@public
@token_only
def school_slide(streamed_id: UUID, slide_number: int) -> Response:
    row, _school, _computer = _asked_lesson(streamed_id)
    found = next((one for one in room.slides(row.id) if one.number == slide_number), None)
    if found is None:
        raise NotYours
    return storage.send(found.digest, f"{slide_number}.webp", "image/webp", cache=SLIDE_CACHE)


@blueprint.get("/streaming/school/<uuid:streamed_id>/state")
@public
@token_only
def school_state(streamed_id: UUID) -> dict[str, Any]:
    row, _school, _computer = _asked_lesson(streamed_id)
    return {"now": snapshot(row, room.questions(row.id)), "live": live.address(everybody(row))}


@blueprint.post("/streaming/school/<uuid:streamed_id>/say")
@public
@token_only
def school_says(streamed_id: UUID) -> Any:
    """Words of the class, each once however often it comes: the computer keeps them until they are acknowledged."""
    if (request.content_length or 0) > MOST_BYTES:
        raise RequestEntityTooLarge
    begin_writing()
    row, school, computer = _asked_lesson(streamed_id)
    seat = Seat(row.id, "staff", computer.issued_by or computer.id, school.place_id)
    message = message_of(request.get_json(silent=True), seat)
    return message.heard_by(row) if message else ({"error": "unclear"}, 400)
