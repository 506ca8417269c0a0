"""The one door through which pages of the live room speak."""

from __future__ import annotations

import re
from typing import Any

from flask import request

from lms.core.db import begin_writing
from lms.core.permissions import public
from lms.core.security import token_only
from lms.lessons import tickets
from lms.lessons.queries import room
from lms.lessons.service.gathering import Message, Said, receive
from lms.lessons.tickets import Seat
from lms.lessons.views.base import blueprint

MOST_WORDS, MOST_BYTES = 100, 64 * 1024
_DEVICE = re.compile(r"[a-z0-9]{8,24}")


@blueprint.post("/streaming/say")
@public
@token_only
def say() -> Any:
    """{"t": ticket, "v": device, "say": [{"n": 7, "k": "answer", "d": {…}, "s": seconds ago}]} → {"done": [7], "not": {}}.

    A word that is refused stays refused: the device forgets it. A word said twice is done twice and kept once.
    """
    if (request.content_length or 0) > MOST_BYTES:
        return {"error": "too-long"}, 413
    sent = request.get_json(silent=True)
    seat = tickets.read(str(sent.get("t", ""))) if isinstance(sent, dict) else None
    if seat is None:
        return {"error": "ticket"}, 403
    message = message_of(sent, seat)
    if message is None:
        return {"error": "unclear"}, 400
    together = seat.role == "pupil" and not any(
        one.kind == "pair" for one in message.said
    )  # the partner waits for it
    answer = receive(message) if together else None
    return answer or _the_long_way(message)


def message_of(sent: Any, seat: Seat) -> Message | None:
    """{"v": device, "say": […]} as it came from a seat; None when it cannot be understood."""
    device, said = (sent.get("v"), sent.get("say")) if isinstance(sent, dict) else (None, None)
    if not isinstance(device, str) or not _DEVICE.fullmatch(device) or not isinstance(said, list):
        return None
    parts = [_part(one) for one in said[:MOST_WORDS]]
    words = [one for one in parts if one]
    return Message(seat, device, words) if len(words) == len(parts) else None


def _the_long_way(message: Message) -> Any:
    begin_writing()
    lesson = room.seated(message.seat)
    return message.heard_by(lesson) if lesson else ({"error": "ticket"}, 403)


def _part(one: Any) -> Said | None:
    if not isinstance(one, dict) or type(one.get("n")) is not int or not 0 <= one["n"] < 2**53:
        return None
    ago = one.get("s", 0)
    number = isinstance(ago, (int, float)) and not isinstance(ago, bool) and ago == ago
    return Said(one["n"], str(one.get("k", "")), one.get("d", {}), float(ago) if number else 0.0)
