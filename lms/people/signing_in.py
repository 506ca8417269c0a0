"""Who is asking: sessions begin, are recognised and end here. `load_actor` runs before every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app, g, request, session
from sqlalchemy import bindparam, or_, select, update

from lms.core import audit, clock, ids
from lms.core.db import db, edge
from lms.core.permissions import Actor, Grant
from lms.core.security import LMS
from lms.core.settings import Settings
from lms.people import devices
from lms.people.models import Person, RoleHolding, SignInSession
from lms.people.queries.persons import home_path
from lms.places.models import Place

TOKEN = "token"
NEEDS_SECOND_FACTOR = frozenset({"administrator", "methodologist"})
TOUCH = timedelta(minutes=5)
LIMITED_MEANS = frozenset({"pictures", "card"})
LIMITED_HOURS = 4  # a school day at one desk, not the next child's
_session: Any = SignInSession.__table__
_person: Any = Person.__table__
_role: Any = RoleHolding.__table__
_place: Any = Place.__table__
# The session, its person, and a line for each role they hold today.
RECOGNISED = (
    select(
        _session.c["id", "person_id", "means", "second_factor_due", "last_seen_at"],
        _person.c["surname", "first_name", "language"],
        _role.c.role,
        _place.c.id.label("place_id"),
        _place.c.path,
    )
    .select_from(_session)
    .join(_person, _person.c.id == _session.c.person_id)
    .outerjoin(
        _role,
        (_role.c.person_id == _person.c.id)
        & (_role.c.since <= bindparam("day"))
        & (_role.c.until.is_(None) | (_role.c.until >= bindparam("day"))),
    )
    .outerjoin(_place, _place.c.id == _role.c.place_id)
    .where(
        _session.c.token_digest == bindparam("digest"),
        _session.c.ended_at.is_(None),
        _session.c.expires_at > bindparam("now"),
        _session.c.last_seen_at > bindparam("awake"),
        _person.c.disabled.is_(False),
    )
    .order_by(_role.c.id)
)


def load_actor() -> None:
    """One statement, before every page and every answer of an exam: so it is put together once, and makes no objects."""
    g.actor = None
    if g.get("site") != LMS or not session.get(TOKEN):
        return
    now = clock.now()
    rows = db.session.connection().execute(RECOGNISED, _asked(session[TOKEN], now)).all()
    if not rows:
        session.clear()
        return
    g.actor = _actor(rows)
    if rows[0].last_seen_at < now - TOUCH:
        _touch(rows[0].id)


def begin_session(person: Person, means: str) -> SignInSession:
    """Always a new token and a new CSRF secret: what was in the cookie before is worth nothing after."""
    settings: Settings = current_app.extensions["settings"]
    token = ids.new_token()
    limited = means in LIMITED_MEANS
    life = timedelta(hours=LIMITED_HOURS) if limited else timedelta(days=settings.session_days)
    row = SignInSession(
        person_id=person.id,
        token_digest=ids.token_digest(token),
        means=means,
        second_factor_due=not limited and second_factor_due(person),
        expires_at=clock.now() + life,
        address=request.remote_addr or "",
        browser=request.user_agent.string[:200],
        device_digest=devices.named(),
    )
    db.session.add(row)
    db.session.flush()
    session.clear()
    session[TOKEN] = token
    session.permanent = False
    audit.record("signed_in", path=home_path(person), actor_id=person.id, means=means)
    return row


def second_factor_due(person: Person) -> bool:
    """Asked of whoever has one, and of those who must have one."""
    settings: Settings = current_app.extensions["settings"]
    if person.totp_sealed is not None:
        return True
    return settings.require_totp and bool(roles_of(person.id) & NEEDS_SECOND_FACTOR)


def end_session(row: SignInSession) -> None:
    row.ended_at = clock.now()


def end_all_sessions(person_id: UUID, but: UUID | None = None) -> None:
    """After a new password, a lock, or when the owner says so."""
    db.session.execute(
        update(SignInSession)
        .where(
            SignInSession.person_id == person_id, SignInSession.ended_at.is_(None), SignInSession.id != but
        )
        .values(ended_at=clock.now())
    )


def sessions_of(person_id: UUID) -> list[SignInSession]:
    """Those that are open, the one used last first."""
    settings: Settings = current_app.extensions["settings"]
    now = clock.now()
    return list(
        db.session.scalars(
            select(SignInSession)
            .where(
                SignInSession.person_id == person_id,
                SignInSession.ended_at.is_(None),
                SignInSession.expires_at > now,
                SignInSession.last_seen_at > now - timedelta(hours=settings.session_hours),
            )
            .order_by(SignInSession.last_seen_at.desc())
            .limit(50)
        )
    )


def current_session() -> SignInSession | None:
    return _live_session(session.get(TOKEN, ""))


def roles_of(person_id: UUID) -> frozenset[str]:
    return frozenset(grant.role for grant in _grants(person_id))


def _live_session(token: str) -> SignInSession | None:
    settings: Settings = current_app.extensions["settings"]
    now = clock.now()
    return db.session.scalar(
        select(SignInSession)
        .join(SignInSession.person)
        .options(db.contains_eager(SignInSession.person))
        .where(
            SignInSession.token_digest == ids.token_digest(token),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
            SignInSession.last_seen_at > now - timedelta(hours=settings.session_hours),
            Person.disabled.is_(False),
        )
    )


def _touch(session_id: UUID) -> None:
    """A small transaction of its own: the page that is being read stays a reader."""
    with edge():
        db.session.execute(
            update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=clock.now())
        )


def _asked(token: str, now: datetime) -> dict[str, Any]:
    settings: Settings = current_app.extensions["settings"]
    awake = now - timedelta(hours=settings.session_hours)
    return {"digest": ids.token_digest(token), "now": now, "awake": awake, "day": clock.today()}


def _actor(rows: Sequence[Any]) -> Actor:
    found = rows[0]
    return Actor(
        person_id=found.person_id,
        name=" ".join(filter(None, (found.surname, found.first_name))),
        language=found.language,
        grants=tuple(Grant(one.role, one.place_id, one.path) for one in rows if one.path is not None),
        session_id=found.id,
        limited=found.means in LIMITED_MEANS,
        second_factor_due=found.second_factor_due,
    )


def _grants(person_id: UUID) -> tuple[Grant, ...]:
    day = clock.today()
    rows = db.session.execute(
        select(RoleHolding.role, Place.id, Place.path)
        .join(Place, Place.id == RoleHolding.place_id)
        .where(
            RoleHolding.person_id == person_id,
            RoleHolding.since <= day,
            or_(RoleHolding.until.is_(None), RoleHolding.until >= day),
        )
    )
    return tuple(Grant(role, place_id, path) for role, place_id, path in rows)
