"""Live engine values of this process, so that a commit need not read the whole state again.

A game is taken out before it changes and put back only when the transaction is kept: one that was rolled back, or
that another process has gone past, is simply not there and is read from its row.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from uuid import UUID

from lms.core.db import after_commit, db
from lms.player import engine
from lms.player.models import Registration
from scorm.player.registration import Registration as Played

MOST = 256

_kept: OrderedDict[UUID, tuple[int, Played]] = OrderedDict()
_lock = threading.Lock()


def take(registration: Registration) -> Played | None:
    """The game as its row has it; None before the first launch has begun."""
    known = take_live(registration.id, registration.entries)
    if registration.entries == 0 and registration.mode != "review":
        return None
    if known is not None:
        return known
    return engine.played(registration) if registration.state is not None else None


def take_live(key: UUID, entries: int) -> Played | None:
    """The value this process has, if nothing has counted since without it."""
    with _lock:
        known = _kept.pop(key, None)
    return known[1] if known is not None and known[0] == entries else None


def look(registration: Registration) -> Played:
    """The game as it is within this transaction, to read only."""
    game: Played | None = db.session.info.get("games", {}).get(registration.id)
    return game if game is not None else engine.played(registration)


def put_back(key: UUID, entries: int, game: Played) -> None:
    db.session.info.setdefault("games", {})[key] = game
    after_commit(lambda: _put(key, entries, game))


def forget(registration: Registration) -> None:
    with _lock:
        _kept.pop(registration.id, None)


def _put(key: UUID, entries: int, game: Played) -> None:
    db.session.info.pop("games", None)
    with _lock:
        _kept[key] = (entries, game)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
