"""Programs of others with an access: one that reads, one that also gives lessons, one whose access was closed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.people.models import Person
from lms.places.models import Place
from lms.player.service import api_clients

ADMINISTRATOR = "admin"
# Name, what it may do, hours since it was last used; None: never.
CLIENTS = (
    ("Дала күнделігі", ("registrations.read",), 2),
    ("Кітап сөресі", ("packages.read", "registrations.read", "registrations.write"), 30),
    ("Ескі портал", ("packages.read", "packages.write"), None),
)


def build_clients(place: Place) -> None:
    maker = db.session.scalars(select(Person).where(Person.login == ADMINISTRATOR)).one()
    for name, scopes, hours in CLIENTS:
        client, _token, _secret = api_clients.open_for(place, name, scopes, maker.id)
        if hours is None:
            api_clients.close(client)
        else:
            client.last_used_at = clock.now() - timedelta(hours=hours)
