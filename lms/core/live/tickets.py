"""What a page hands to the event service: which channels its reader may hear, signed, for half a day."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import current_app, g
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import func, select

from lms.core.db import db
from lms.core.live.models import LiveEvent
from lms.core.settings import Settings

SECONDS = 12 * 3600


@dataclass(frozen=True)
class Ticket:
    channels: tuple[str, ...]
    session_id: UUID | None  # whose sign-in it is; it is worth nothing when that has ended
    after: int  # the newest event when the page was made


class Office:
    """Writes tickets in the pages' process and reads them in the event service; both know the secret."""

    def __init__(self, secret: str) -> None:
        self.signer = URLSafeTimedSerializer(secret, salt="live")

    def write(self, ticket: Ticket) -> str:
        session = ticket.session_id.hex if ticket.session_id else ""
        return str(self.signer.dumps([list(ticket.channels), session, ticket.after]))

    def read(self, text: str) -> Ticket | None:
        try:
            channels, session, after = self.signer.loads(text, max_age=SECONDS)
        except BadData:
            return None
        return Ticket(tuple(channels), UUID(session) if session else None, after)


def address(*channels: str) -> str:
    """Where a page hears these channels from now on. The view decides that its reader may."""
    settings: Settings = current_app.extensions["settings"]
    who = g.get("actor")
    newest = db.session.scalar(select(func.max(LiveEvent.number))) or 0
    ticket = Ticket(channels, who.session_id if who else None, newest)
    return f"{settings.live_site}/live?ticket={Office(current_app.config['SECRET_KEY']).write(ticket)}"
