"""What a page of the live room takes along: enough to go on by itself when the line is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import url_for

from lms.core import clock, live
from lms.core.permissions import actor
from lms.core.security import allow_camera, allow_in_policy
from lms.lessons import providers, tickets
from lms.lessons.models import StreamedLesson, StreamedQuestion
from lms.lessons.queries import room
from lms.lessons.service.teaching import told
from lms.lessons.service.words import everybody
from lms.lessons.tickets import Seat


def data_of(row: StreamedLesson, seat: Seat, *channels: str, **more: Any) -> dict[str, Any]:
    """All a page needs to go on by itself when the line is gone: slides, plan, questions, what is shown now."""
    slides, asked = room.slides(row.id), room.questions(row.id)
    return {
        "ticket": tickets.write(seat),
        "role": seat.role,
        "who": seat.person_id.hex,
        "room": row.id.hex,
        "live": live.address(everybody(row), *channels),
        "say": url_for("lessons.say"),
        "state": url_for("lessons.state", streamed_id=row.id),
        "slides": [
            {"url": url_for("lessons.slide", streamed_id=row.id, slide_number=one.number, v=one.digest[:12]),
             "bytes": one.size, "w": one.width, "h": one.height, "t": one.text}
            for one in slides
        ],
        "script": row.script,
        "questions": {one.id.hex: told(one) for one in asked} if seat.role in ("teacher", "staff") else {},
        "now": snapshot(row, asked),
        **more,
    }  # fmt: skip


def voice_of(data: dict[str, Any], row: StreamedLesson, name: str, leads: bool = False) -> providers.Way:
    """With voice inside the page: where it may connect to, and camera and microphone for this page alone."""
    way = providers.way_for(row, name, leads)
    if way.inside:
        data["voice"] = way.inside
        parts = urlsplit(str(way.inside["server"]))
        allow_in_policy("connect-src", f"{parts.scheme}://{parts.netloc}")
        allow_camera()
    return way


def snapshot(row: StreamedLesson, asked: Sequence[StreamedQuestion]) -> dict[str, Any]:
    """What is shown now, with the moments told as seconds from now: a device's clock may be years off."""
    now, shown = clock.now(), row.now
    open_now = next((one for one in asked if one.id.hex == shown.get("question")), None)
    return {
        "phase": row.state,
        "slide": shown.get("slide", 1),
        "ink": room.strokes(row),
        "called": shown.get("called"),
        "timer": _left(shown.get("timer")),
        "away": _left(shown.get("away")),
        "ask": {**told(open_now), "n": _left(shown.get("question_ends"))} if open_now else None,
        "pairs": _pairs(row),
        "minute": int((now - row.began_at).total_seconds()) if row.began_at and row.state == "live" else 0,
    }


def _pairs(row: StreamedLesson) -> dict[str, Any] | None:
    """With what the pairs have written so far, for those who come back."""
    pairs = row.now.get("pairs") or {}
    return {**pairs, "a": room.pair_answers(row.id, pairs["n"])} if pairs.get("g") else None


def _left(moment: Any) -> int:
    if not moment:
        return 0
    return max(0, round((datetime.fromisoformat(moment) - clock.now()).total_seconds()))


def seat_of(
    row: StreamedLesson, role: str, school_id: UUID | None = None, class_id: UUID | None = None
) -> Seat:
    return Seat(row.id, role, actor().person_id, school_id, class_id, actor().session_id)
