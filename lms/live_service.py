"""Where the event service and the people meet: whose sign-in still holds."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Engine, select

from lms.core import clock
from lms.core.live.hub import Alive
from lms.core.live.server import LiveService
from lms.core.live.server import create_live_app as create_service
from lms.people.models import Person, SignInSession


def create_live_app() -> LiveService:
    return create_service(_sign_ins)


def _sign_ins(engine: Engine) -> Alive:
    def alive(asked: set[UUID]) -> set[UUID]:
        holding = (
            select(SignInSession.id)
            .join(Person, Person.id == SignInSession.person_id)
            .where(
                SignInSession.id.in_(asked), SignInSession.ended_at.is_(None),
                SignInSession.expires_at > clock.now(), Person.disabled.is_(False),
            )
        )  # fmt: skip
        with engine.connect() as connection:
            return set(connection.scalars(holding))

    return alive
