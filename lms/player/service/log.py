"""The commit log: every entry once, in order, and the derived state that follows from it (exactly once).

A repetition gets the stored answer, other bytes under a known number are refused, a number from the future waits.
Whoever calls holds the lock of the registration's row, so nothing here is read stale.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import func, select

from lms.core import clock
from lms.core.db import db
from lms.player import engine
from lms.player.models import CommitEntry, Launch, Registration
from lms.player.models.playing import BEGIN, LEAVE
from lms.player.service import deriving, games, news, telling

MOST_WAITING = 5_000


@dataclass(frozen=True)
class Received:
    status: int
    answer: dict[str, Any]


def receive(launch: Launch, seq: int, kind: str, body: dict[str, Any], digest: str = "") -> Received:
    """One numbered entry from a browser. `digest` is that of the bytes it came in."""
    digest = digest or digest_of(body)
    if launch.begun_at is None:
        return Received(409, {"code": "not-begun"})
    found = _from(launch, seq)
    if found and found[0].seq == seq:
        return _again(launch, found[0], digest)
    if seq > launch.next_seq:
        return _early(launch, seq, kind, body, digest)
    entry = _kept(launch, seq, kind, body, digest)
    waiting = _waiting(launch) if found else []
    launch.next_seq = seq + 1 + len(waiting)
    return Received(200, _take(launch, [entry, *waiting])[0])


def begin(launch: Launch) -> dict[str, Any]:
    """The entry that opens a launch carries what the learner brings along, so that the log needs nothing else."""
    known = db.session.get(CommitEntry, (launch.id, BEGIN))
    if known is not None:
        return known.answer or {}
    body = {"carried": deriving.carried(launch.registration).as_json()}
    entry = _kept(launch, BEGIN, "begin", body, digest_of(body))
    return _count(launch.registration, [entry])[0]


def leave(launch: Launch) -> None:
    """The last entry of a launch; one that was taken back because something came late is written anew."""
    body = {"measured": _measured(launch)}
    entry = db.session.get(CommitEntry, (launch.id, LEAVE))
    if entry is None:
        entry = _kept(launch, LEAVE, "leave", body, digest_of(body))
    entry.body, entry.digest, entry.received_at = body, digest_of(body), clock.now()
    _count(launch.registration, [entry])


def _measured(launch: Launch) -> float:
    """Seconds from when the activity came to the screen until the player was last heard of: what counts for a SCO that
    reports no time itself."""
    newest = db.session.execute(
        select(CommitEntry.answer, CommitEntry.received_at)
        .where(CommitEntry.registration_id == launch.registration_id, CommitEntry.position.is_not(None))
        .order_by(CommitEntry.position.desc())
        .limit(MOST_WAITING)
    )
    shown = (at for answer, at in newest if answer and (answer.get("moved") or {}).get("deliver"))
    since = next(shown, launch.begun_at or launch.last_heard_at)
    return max(0.0, round((launch.last_heard_at - since).total_seconds(), 2))


def entries(registration: Registration) -> list[CommitEntry]:
    """What has counted, in order."""
    return list(
        db.session.scalars(
            select(CommitEntry)
            .where(CommitEntry.registration_id == registration.id, CommitEntry.position.is_not(None))
            .order_by(CommitEntry.position)
        )
    )


def rebuild(registration: Registration) -> bool:
    """Derive everything anew from the log; True when it was equal already."""
    before = deriving.facts(registration)
    game = engine.replayed(registration, entries(registration))
    if game is not None:
        deriving.derive(registration, game)
    games.forget(registration)
    return before == deriving.facts(registration)


def unapplied(registration: Registration) -> int:
    """Entries that were kept but did not count, for the teacher's page."""
    statement = select(func.count()).where(
        CommitEntry.registration_id == registration.id, CommitEntry.position.is_(None)
    )
    return db.session.scalar(statement) or 0


def digest_of(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _from(launch: Launch, seq: int) -> Sequence[CommitEntry]:
    """The entry with this number and the next one, of those that are here."""
    return db.session.scalars(
        select(CommitEntry)
        .where(CommitEntry.launch_id == launch.id, CommitEntry.seq.in_((seq, seq + 1)))
        .order_by(CommitEntry.seq)
    ).all()


def _kept(launch: Launch, seq: int, kind: str, body: dict[str, Any], digest: str) -> CommitEntry:
    entry = CommitEntry(
        launch_id=launch.id,
        seq=seq,
        registration_id=launch.registration_id,
        kind=kind,
        digest=digest,
        body=body,
        received_at=clock.now(),
    )
    db.session.add(entry)
    return entry


def _again(launch: Launch, known: CommitEntry, digest: str) -> Received:
    if known.digest != digest:
        return Received(409, {"code": "other-bytes"})
    if known.answer is None:
        return Received(202, {"next": launch.next_seq})
    return Received(200, known.answer)


def _early(launch: Launch, seq: int, kind: str, body: dict[str, Any], digest: str) -> Received:
    if seq > launch.next_seq + MOST_WAITING:
        return Received(429, {"code": "too-far", "next": launch.next_seq})
    _kept(launch, seq, kind, body, digest)
    return Received(202, {"next": launch.next_seq})


def _waiting(launch: Launch) -> list[CommitEntry]:
    """Entries that came before their turn, as far as they follow one another from here."""
    later = db.session.scalars(
        select(CommitEntry)
        .where(CommitEntry.launch_id == launch.id, CommitEntry.seq > launch.next_seq)
        .order_by(CommitEntry.seq)
    )
    return [entry for place, entry in enumerate(later, start=launch.next_seq + 1) if entry.seq == place]


def _take(launch: Launch, fresh: list[CommitEntry]) -> list[dict[str, Any]]:
    """Let them count, unless the attempt has gone on elsewhere since this launch was left."""
    if launch.ended_at is None or _reopened(launch):
        return _count(launch.registration, fresh)
    for entry in fresh:
        entry.answer = {"late": True}
    return [{"late": True} for _ in fresh]


def _reopened(launch: Launch) -> bool:
    """Left because nothing was heard of it, and nothing has counted since: what comes now came before the leaving,
    as it was meant. Otherwise it is kept for people to see and does not change what was done elsewhere."""
    registration = launch.registration
    left = db.session.get(CommitEntry, (launch.id, LEAVE))
    if left is None or left.position is None or left.position != registration.entries:
        return False
    left.position = None
    registration.entries -= 1
    launch.ended_at = None
    db.session.flush()
    rebuild(registration)
    return True


def _count(registration: Registration, fresh: list[CommitEntry]) -> list[dict[str, Any]]:
    """Apply entries to the state and keep both: the same transaction, so never one without the other."""
    game = games.take(registration)
    answers = []
    for entry in fresh:
        if entry.kind == "begin":
            game = engine.beginning(registration, game, entry)
        assert game is not None
        entry.answer = engine.apply(game, entry.kind, entry.body, entry.received_at)
        registration.entries += 1
        entry.position = registration.entries
        answers.append(entry.answer)
    assert game is not None
    before = SimpleNamespace(**{name: getattr(registration, name) for name in telling.TOLD})
    deriving.derive(registration, game)
    after = {name: getattr(registration, name) for name in (*telling.TOLD, "seconds")}
    telling.changed(registration.id, registration.path, registration.entries, before, after)
    deriving.give(registration.person_id, game)
    db.session.flush()
    news.tell(registration.assignment_id)
    games.put_back(registration.id, registration.entries, game)
    return answers


__all__ = ["BEGIN", "LEAVE", "Received", "begin", "entries", "leave", "rebuild", "receive", "unapplied"]
