"""What a page of the live room shows with every word it sends: whose seat this is.

A word costs one look-up and one row: no cookie goes along, so a thousand answers at once stay cheap, and
a line of 64 kbit/s carries little. The ticket is worth nothing once the sign-in behind it has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

SECONDS = 12 * 3600
ROLES = ("teacher", "staff", "pupil", "onlooker")


@dataclass(frozen=True)
class Seat:
    lesson_id: UUID
    role: str
    person_id: UUID  # who is signed in
    school_id: UUID | None = None  # for staff and pupils
    class_id: UUID | None = None  # for pupils
    session_id: UUID | None = None


def write(seat: Seat) -> str:
    keys = [seat.lesson_id, seat.person_id, seat.school_id, seat.class_id, seat.session_id]
    return str(_signer().dumps([seat.role, *(one.hex if one else "" for one in keys)]))


def read(text: str) -> Seat | None:
    try:
        role, *keys = _signer().loads(text, max_age=SECONDS)
        lesson, person, school, group, session = (UUID(one) if one else None for one in keys)
    except (BadData, ValueError, TypeError):
        return None
    if lesson is None or person is None or role not in ROLES:
        return None
    return Seat(lesson, role, person, school, group, session)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="streamed-seat")
