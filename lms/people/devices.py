"""Which browser is asking: a random name in a cookie of its own, kept for a year.

It lets a known browser try on while a stranger's guesses have paused the account, and it is what makes a
computer a registered one of the school. Only its digest is stored.
"""

from __future__ import annotations

from typing import Any

from flask import after_this_request, current_app, g, request
from sqlalchemy import exists, select

from lms.core import ids
from lms.core.db import db
from lms.core.settings import Settings
from lms.people.models import Person, SchoolDevice, SignInSession

YEAR = 365 * 86400


def cookie_name() -> str:
    settings: Settings = current_app.extensions["settings"]
    return "__Host-device" if settings.host_cookie else "device"


def digest() -> str:
    """Empty when this browser has no name yet."""
    if "device" not in g:
        token = request.cookies.get(cookie_name(), "")
        g.device = ids.token_digest(token) if 20 <= len(token) <= 100 else ""
    return str(g.device)


def named() -> str:
    """The digest of this browser; it gets its name now if it has none."""
    if not digest():
        token = ids.new_token()
        g.device = ids.token_digest(token)
        after_this_request(_keeping(token))
    return digest()


def _keeping(token: str) -> Any:
    settings: Settings = current_app.extensions["settings"]
    name = cookie_name()

    def keep(response: Any) -> Any:
        response.set_cookie(
            name, token, max_age=YEAR, path="/", secure=settings.host_cookie, httponly=True, samesite="Lax"
        )
        return response

    return keep


def known_to(person: Person) -> bool:
    """Has this person signed in from this browser before?"""
    if not digest():
        return False
    seen = exists().where(SignInSession.person_id == person.id, SignInSession.device_digest == digest())
    return bool(db.session.scalar(select(seen)))


def school_device() -> SchoolDevice | None:
    """The registration of this browser as a computer of a school, if it has one."""
    if not digest():
        return None
    return db.session.scalar(
        select(SchoolDevice)
        .where(SchoolDevice.device_digest == digest(), SchoolDevice.revoked_at.is_(None))
        .options(db.joinedload(SchoolDevice.school))
        .order_by(SchoolDevice.id.desc())
        .limit(1)
    )
