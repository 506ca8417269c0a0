"""Signing in with pictures: three of twelve, in order, bound to a class and a name."""

from __future__ import annotations

import secrets

from flask_babel import lazy_gettext as _l

from lms.people.models import Person

HOW_MANY = 3
# The order is what is stored: new pictures go to the end.
PICTURES = (
    ("sun", _l("Sun")),
    ("house", _l("House")),
    ("fish", _l("Fish")),
    ("tree", _l("Tree")),
    ("star", _l("Star")),
    ("apple", _l("Apple")),
    ("ball", _l("Ball")),
    ("boat", _l("Boat")),
    ("flower", _l("Flower")),
    ("moon", _l("Moon")),
    ("key", _l("Key")),
    ("umbrella", _l("Umbrella")),
)


def drawn() -> list[int]:
    return secrets.SystemRandom().sample(range(len(PICTURES)), HOW_MANY)


def fit(person: Person, chosen: list[int]) -> bool:
    expected = ",".join(map(str, person.pictures or []))
    given = ",".join(map(str, chosen))
    return bool(expected) and secrets.compare_digest(expected, given)
