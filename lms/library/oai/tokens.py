"""Resumption tokens: where a harvest has come to, under our seal. Nothing is kept here, so none is ever lost."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import Any

from lms.core import clock
from lms.core.sealing import keyed_digest

PURPOSE = "harvest"
LASTS = timedelta(days=2)


class BadToken(Exception):
    """Not one of ours, too old, or for another verb."""


def token(verb: str, prefix: str, since: datetime | None, before: datetime | None, set_: str, after: tuple[datetime, str], sent: int) -> tuple[str, datetime]:  # fmt: skip
    """The token and the moment it expires."""
    ends = clock.now() + LASTS
    told = [
        verb, prefix, _text(since), _text(before), set_, after[0].isoformat(), after[1], sent, int(ends.timestamp()),
    ]  # fmt: skip
    body = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
    return f"{body}.{keyed_digest(body, PURPOSE)[:32]}", ends


def opened(text: str, verb: str) -> dict[str, Any]:
    body, _, seal = text.rpartition(".")
    if not body or seal != keyed_digest(body, PURPOSE)[:32]:
        raise BadToken
    told = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    if told[0] != verb or told[8] < clock.now().timestamp():
        raise BadToken
    return {
        "prefix": told[1], "since": _moment(told[2]), "before": _moment(told[3]), "set_": told[4],
        "after": (datetime.fromisoformat(told[5]), told[6]), "sent": told[7],
    }  # fmt: skip


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
