"""Opening the player: a launch, its one-time code, the token it is exchanged for, and take-over by a second tab.

Locks are taken in one order, the registration's row first, so that two tabs never wait for each other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from lms.core import clock, ids
from lms.core.db import db
from lms.player.models import Launch, Registration
from lms.player.models.playing import WITHOUT_STATE
from lms.player.service import log

CODE_LIVES = timedelta(minutes=2)
TOKEN_LIVES = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
# A player that is open says so every minute.
SILENT_FOR = timedelta(minutes=10)


def open_launch(
    registration: Registration,
    own_window: bool = False,
    session_id: UUID | None = None,
    *,
    takes_over: bool = True,
) -> tuple[Launch, str]:
    """A new launch and the code for the fragment of its address. Whatever else is open becomes superseded, unless
    this one is there only to hand in what was left behind."""
    code = ids.new_token()
    lock(registration.id)
    registration.epoch += takes_over
    launch = Launch(
        registration_id=registration.id,
        epoch=registration.epoch,
        code_digest=ids.token_digest(code),
        expires_at=clock.now() + CODE_LIVES,
        own_window=own_window,
        session_id=session_id,
    )
    db.session.add(launch)
    db.session.flush()
    return launch, code


def renew(launch: Launch) -> str | None:
    """A new code for a launch whose token ran out, as after a computer's sleep; None when it was taken over."""
    lock(launch.registration_id)
    if superseded(launch) or clock.now() > launch.created_at + LONGEST:
        return None
    code = ids.new_token()
    launch.code_digest = ids.token_digest(code)
    launch.expires_at = clock.now() + CODE_LIVES
    db.session.flush()
    return code


def exchange(code: str) -> tuple[Launch, str] | None:
    """The code works once and for two minutes; what it gives is known to nobody else."""
    launch = db.session.scalar(
        select(Launch)
        .options(joinedload(Launch.registration))
        .where(Launch.code_digest == ids.token_digest(code), Launch.expires_at > clock.now())
        .with_for_update(of=Launch)
    )
    if launch is None:
        return None
    token = ids.new_token()
    launch.code_digest = None
    launch.token_digest = ids.token_digest(token)
    launch.expires_at = clock.now() + TOKEN_LIVES
    db.session.flush()
    return launch, token


def launch_of(token: str) -> Launch | None:
    """Whose token this is, as long as it is good; every use prolongs it, up to eight hours.

    From here on nobody else changes this registration. Two statements: the lock, then what it protects.
    """
    digest, now = ids.token_digest(token), clock.now()
    registration = db.session.scalar(
        select(Registration)
        .options(joinedload(Registration.version), joinedload(Registration.person), *WITHOUT_STATE)
        .where(
            Registration.id
            == select(Launch.registration_id).where(Launch.token_digest == digest).scalar_subquery()
        )
        .with_for_update(of=Registration)
    )
    if registration is None or registration.person.disabled:
        return None
    launch = db.session.scalar(
        select(Launch).options(joinedload(Launch.session)).where(Launch.token_digest == digest)
    )
    if launch is None or launch.expires_at <= now or (launch.session and launch.session.ended_at):
        return None
    set_committed_value(launch, "registration", registration)  # it is here already
    launch.expires_at = prolonged(launch.created_at, now)
    launch.last_heard_at = now
    return launch


def prolonged(begun: datetime, now: datetime) -> datetime:
    return min(now + TOKEN_LIVES, begun + LONGEST)


def lock(registration_id: UUID) -> Registration:
    """One writer at a time for one attempt, and what is read is the newest."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.id == registration_id)
        .with_for_update(of=Registration)
        .execution_options(populate_existing=True)
    ).one()


def sibling(launch: Launch, key: str) -> Launch | None:
    """Another launch of the same registration, by its key as the player knows it."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    found = db.session.get(Launch, wanted)
    return found if found is not None and found.registration_id == launch.registration_id else None


def superseded(launch: Launch) -> bool:
    return launch.epoch != launch.registration.epoch


def begin(launch: Launch) -> dict[str, Any]:
    """After the journal has been replayed: earlier launches are left, this one puts the activity on the screen."""
    for earlier in _open_before(launch):
        leave(earlier)
    launch.begun_at = launch.begun_at or clock.now()
    return log.begin(launch)


def leave(launch: Launch) -> None:
    """The window was closed, the heartbeat stopped or somebody took over: the session is ended here."""
    if launch.ended_at is None:
        launch.ended_at = clock.now()
        if launch.begun_at is not None:
            log.leave(launch)
        db.session.flush()


def stale() -> list[UUID]:
    """Launches nobody has heard of for a while."""
    return list(
        db.session.scalars(
            select(Launch.id).where(
                Launch.ended_at.is_(None), Launch.last_heard_at < clock.now() - SILENT_FOR
            )
        )
    )


def close_stale(key: UUID) -> bool:
    """Leave it, unless it was heard of again while we waited for the lock."""
    launch = db.session.get(Launch, key)
    if launch is None:
        return False
    lock(launch.registration_id)
    db.session.refresh(launch)
    if launch.ended_at is not None or launch.last_heard_at >= clock.now() - SILENT_FOR:
        return False
    leave(launch)
    return True


def end_launches_of(registration: Registration) -> None:
    """Taken out of the class, withdrawn: the tokens are worth nothing from now on."""
    db.session.execute(
        update(Launch)
        .where(Launch.registration_id == registration.id)
        .values(expires_at=clock.now(), code_digest=None)
    )


def _open_before(launch: Launch) -> list[Launch]:
    return list(
        db.session.scalars(
            select(Launch)
            .where(
                Launch.registration_id == launch.registration_id,
                Launch.id != launch.id,
                Launch.ended_at.is_(None),
            )
            .order_by(Launch.epoch)
        )
    )
