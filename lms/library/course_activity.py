"""A resource of the library as a step of a course: something to read or watch, done when it has been opened."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from lms.core.db import db
from lms.core.i18n import in_language
from lms.courses.activities import ActivityKind, Results, To, add_activity
from lms.courses.queries.writing import prefixes
from lms.library.models import Resource
from lms.people.models import Person

MOST = 200


def choices(path: str) -> Sequence[tuple[UUID, str]]:
    """What everybody sees, and what is kept for the schools at and below the place of the course."""
    own = (Resource.state == "school") & Resource.path.in_(prefixes(path))
    rows = db.session.scalars(
        select(Resource)
        .where(or_(Resource.state == "published", own), Resource.published_at.is_not(None))
        .order_by(Resource.sort_key)
        .limit(MOST)
    )
    return [(row.id, in_language(row, "title")) for row in rows]


def give(key: UUID, _to: To) -> UUID:
    """It is there for its readers already."""
    return key


def results(_persons: Sequence[UUID], _keys: Sequence[UUID]) -> Results:
    return {}


def withdraw(_key: UUID) -> None:
    """It stays in the library."""


def look(key: UUID) -> str:
    return url_for("library.resource", resource_id=key)


def opens(key: UUID, _person: Person) -> str:
    return look(key)


add_activity(
    ActivityKind(
        "resource", _l("Library resource"), _l("Done when you have opened it."), choices, look, give, withdraw, opens,
        results, rules=("opened",),
    )
)  # fmt: skip
