"""What a school's computer speaks to when it measures its line. Bounded: a measurement takes at most 6 MB.

    GET  /speed/meter/ping              → 204: how long the way there and back is
    GET  /speed/meter/down?bytes=n      → n bytes that nothing can pack
    POST /speed/meter/up                → 200 {"bytes": n}
    POST /speed/meter/result  {"down", "up", "latency", "jitter", "loss", "received"} → 201

`Authorization: Bearer …` is the key of a computer, or the ticket of a page, good for a quarter of an hour.
"""

from __future__ import annotations

import math
import os
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import RequestEntityTooLarge, Unauthorized

from lms.core import clock, limits
from lms.core.db import db
from lms.core.permissions import public
from lms.core.security import token_only
from lms.lessons.queries.network import school_of_token
from lms.lessons.service import network
from lms.lessons.views.base import blueprint
from lms.places.models import School

LARGEST, MOST_UP = 2 * 1024 * 1024, 1024 * 1024
TICKET_SECONDS = 900
MOST = {"ping": 300, "down": 40, "up": 40, "result": 12}  # of one school within an hour
_BLOCK = os.urandom(64 * 1024)
HIGHEST = {"down": 100_000.0, "up": 100_000.0, "latency": 120_000.0, "jitter": 120_000.0, "loss": 1.0}


def ticket_for(school_id: UUID) -> str:
    return str(_signer().dumps(school_id.hex))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="speed-meter")


def _asker(what: str) -> tuple[School, str]:
    """The school whose line it is, and whether the page or a program measures."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not token:
        raise Unauthorized
    found = _by_ticket(token) or _by_key(token)
    if found is None:
        raise Unauthorized
    limits.at_most(f"meter-{what}", str(found[0].place_id), MOST[what], 60)
    return found


def _by_ticket(token: str) -> tuple[School, str] | None:
    try:
        key = UUID(_signer().loads(token, max_age=TICKET_SECONDS))
    except (BadData, ValueError, TypeError):
        return None
    school = db.session.get(School, key, options=[joinedload(School.place)])
    return (school, "page") if school else None


def _by_key(token: str) -> tuple[School, str] | None:
    found = school_of_token(token)
    return (found[0], "command") if found else None


@blueprint.get("/speed/meter/ping")
@public
@token_only
def meter_ping() -> Any:
    _asker("ping")
    return "", 204, {"Cache-Control": "no-store"}


@blueprint.get("/speed/meter/down")
@public
@token_only
def meter_down() -> Response:
    _asker("down")
    size = min(max(request.args.get("bytes", 0, type=int), 1), LARGEST)
    whole, rest = divmod(size, len(_BLOCK))
    body = (_BLOCK if place < whole else _BLOCK[:rest] for place in range(whole + 1))
    headers = {"Cache-Control": "no-store", "Content-Length": str(size)}
    return Response(body, mimetype="application/octet-stream", headers=headers)


@blueprint.post("/speed/meter/up")
@public
@token_only
def meter_up() -> Any:
    _asker("up")
    if (request.content_length or 0) > MOST_UP:
        raise RequestEntityTooLarge
    return {"bytes": len(request.get_data(cache=False))}


@blueprint.post("/speed/meter/result")
@public
@token_only
def meter_result() -> Any:
    school, source = _asker("result")
    sent = request.get_json(silent=True)
    values = _measured(sent) if isinstance(sent, dict) else None
    if values is None:
        return {"error": "unclear"}, 400
    network.note_speed(school, source, **values)
    if source == "command":
        found = school_of_token(request.headers["Authorization"].partition(" ")[2])
        if found:
            found[1].last_used_at = clock.now()
    return {"kept": True}, 201


def _measured(sent: dict[str, Any]) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    for name, highest in HIGHEST.items():
        value = sent.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            return None
        if not 0 <= value <= highest:
            return None
        values[name] = float(value)
    received = sent.get("received", 0)
    if type(received) is not int or not 0 <= received <= 64 * 1024 * 1024:
        return None
    return {**values, "received": received}
