"""The short way of a commit: the entry whose turn it is, of the launch that is on, in a game this process knows.

That is nearly every commit. Those that come while another is being written wait together and are written together:
one transaction, five statements and one flush to the disk for all of them, without rows as objects. Whatever is not so
plain (a number that came early or again, a launch that was left or taken over, a move, the first commit in this
process) is None here, has changed nothing, and goes the long way of `log.receive`. Both ways write the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Row, bindparam, exists, insert, select, update

from lms.core import clock, ids
from lms.core.db import db, edge
from lms.core.db.desk import Desk
from lms.people.models import Person, SignInSession
from lms.player import engine
from lms.player.models import CommitEntry, Launch, PackageVersion, Registration
from lms.player.service import deriving, games, news, telling
from lms.player.service.launching import prolonged
from scorm.player.registration import Registration as Played

notes = structlog.get_logger()
_attempt: Any = Registration.__table__
_launch: Any = Launch.__table__
_entry: Any = CommitEntry.__table__

# The lock first, then what it protects: a statement that had to wait would see the rest as it was before.
# In one order, so that two processes never wait for each other.
LOCKED = (
    select(
        _attempt.c["id", "person_id", "entries", "epoch", "mode", "path", "assignment_id"],
        _attempt.c["completion", "success", "score", "finished_at"],
    )
    .where(
        _attempt.c.id.in_(
            select(_launch.c.registration_id).where(
                _launch.c.token_digest.in_(bindparam("tokens", expanding=True))
            )
        )
    )
    .order_by(_attempt.c.id)
    .with_for_update()
)
OPENED = (
    select(
        _launch.c["id", "registration_id", "token_digest", "epoch", "next_seq", "expires_at", "created_at"],
        _launch.c["begun_at", "ended_at"],
        PackageVersion.package_id,
        Person.disabled,
        SignInSession.ended_at.label("signed_out_at"),
        exists()
        .where(_entry.c.launch_id == _launch.c.id, _entry.c.seq == _launch.c.next_seq + 1)
        .label("waiting"),
    )
    .select_from(_launch)
    .join(_attempt, _attempt.c.id == _launch.c.registration_id)
    .join(PackageVersion, PackageVersion.id == _attempt.c.version_id)
    .join(Person, Person.id == _attempt.c.person_id)
    .outerjoin(SignInSession, SignInSession.id == _launch.c.session_id)
    .where(_launch.c.token_digest.in_(bindparam("tokens", expanding=True)))
)
KEPT = insert(_entry)
COUNTED = update(_attempt).where(_attempt.c.id == bindparam("key"))
HEARD = update(_launch).where(_launch.c.id == bindparam("key"))


@dataclass(eq=False)
class Entry:
    """One delta as it came in."""

    token: str  # the digest of it
    seq: int
    body: dict[str, Any]
    digest: str
    site: UUID | None  # whose package's site it came to; None where all share one
    done: bool = False
    answer: dict[str, Any] | None = None


@dataclass(eq=False)
class Counted:
    """An entry that has been applied, and all that is to be written of it."""

    entry: Entry
    attempt: Row[Any]
    launch: Row[Any]
    game: Played
    answer: dict[str, Any]
    weighs: bool


def _failed(entries: list[Entry]) -> None:
    """Nothing of it is kept. Each goes the long way, where the one at fault is told apart."""
    notes.exception("short way")
    db.session.info.pop("games", None)
    for one in entries:
        one.answer = None


desk: Desk[Entry] = Desk(lambda entries: _write_together(entries), _failed, lambda one: one.token)


def receive(
    token: str, seq: int, body: dict[str, Any], digest: str, site: UUID | None = None
) -> dict[str, Any] | None:
    """The answer to a delta, or None where the long way must judge it."""
    if body.get("finish"):
        return None
    entry = Entry(ids.token_digest(token), seq, body, digest, site)
    desk.hand_in(entry)
    return entry.answer


def _write_together(entries: list[Entry]) -> None:
    now = clock.now()
    with edge():
        counted = _applied(entries, now)
        if counted:
            _store(counted, now)
    for one in counted:
        one.entry.answer = one.answer


def _applied(entries: list[Entry], now: datetime) -> list[Counted]:
    connection, tokens = db.session.connection(), {"tokens": [one.token for one in entries]}
    attempts = {one.id: one for one in connection.execute(LOCKED, tokens)}
    launches = {one.token_digest: one for one in connection.execute(OPENED, tokens)}
    found: dict[UUID, Counted] = {}
    for entry in entries:
        launch = launches.get(entry.token)
        attempt = attempts.get(launch.registration_id) if launch else None
        if launch and attempt and attempt.id not in found and _plain(attempt, launch, entry, now):
            game = games.take_live(attempt.id, attempt.entries)
            if game is not None:
                weighs = engine.weighs(game, "delta", entry.body)
                answer = engine.apply(game, "delta", entry.body, now)
                found[attempt.id] = Counted(entry, attempt, launch, game, answer, weighs)
    return sorted(found.values(), key=lambda one: one.attempt.person_id)


def _plain(attempt: Row[Any], launch: Row[Any], entry: Entry, now: datetime) -> bool:
    return (
        attempt.mode == "normal"
        and attempt.epoch == launch.epoch
        and entry.site in (None, launch.package_id)
        and entry.body.get("launch") == launch.id.hex
        and entry.seq == launch.next_seq
        and not launch.waiting
        and launch.begun_at is not None
        and launch.ended_at is None
        and launch.expires_at > now
        and launch.signed_out_at is None
        and not launch.disabled
    )


def _store(counted: list[Counted], now: datetime) -> None:
    connection = db.session.connection()
    connection.execute(KEPT, [_row(one, now) for one in counted])
    for weighs in (False, True):
        these = [one for one in counted if one.weighs is weighs]
        if these:
            states = [_state(one, now) for one in these]
            connection.execute(COUNTED, states)
            if weighs:
                _tell(these, states)
    connection.execute(HEARD, [_heard(one, now) for one in counted])
    for one in counted:
        if one.weighs:
            deriving.give(one.attempt.person_id, one.game)
        news.tell(one.attempt.assignment_id, seldom=not one.weighs)
        games.put_back(one.attempt.id, one.attempt.entries + 1, one.game)


def _tell(counted: list[Counted], states: list[dict[str, Any]]) -> None:
    for one, state in zip(counted, states, strict=True):
        telling.changed(one.attempt.id, one.attempt.path, state["entries"], one.attempt, state)


def _row(one: Counted, now: datetime) -> dict[str, Any]:
    return {
        "launch_id": one.launch.id, "seq": one.entry.seq, "registration_id": one.attempt.id, "kind": "delta",
        "digest": one.entry.digest, "body": one.entry.body, "received_at": now,
        "position": one.attempt.entries + 1, "answer": one.answer,
    }  # fmt: skip


def _state(one: Counted, now: datetime) -> dict[str, Any]:
    plain = {"key": one.attempt.id, "entries": one.attempt.entries + 1, "last_seen_at": now}
    if not one.weighs:
        session = one.game.session
        return plain | {"session": session and session.as_json()}
    figures = deriving.figures(one.game, one.attempt.finished_at)
    return plain | figures | {"state": one.game.as_json(), "session": None}


def _heard(one: Counted, now: datetime) -> dict[str, Any]:
    until = prolonged(one.launch.created_at, now)
    return {"key": one.launch.id, "next_seq": one.entry.seq + 1, "last_heard_at": now, "expires_at": until}
