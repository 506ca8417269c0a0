"""The school or the schools of whoever looks at the home page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from lms.core.db import db
from lms.core.permissions import within
from lms.places.models import Place, School
from lms.places.queries import by_name
from lms.places.views import blueprint
from lms.web.cards import home_card

NAMED = 5


@home_card(blueprint, "school.see", "places/cards/schools.html", 200)
def schools() -> dict[str, Any] | None:
    """One statement: the first few by name, and how many there are in all."""
    rows = db.session.execute(
        select(School, func.count().over())
        .join(School.place)
        .options(contains_eager(School.place))
        .where(within(Place.path, "school.see"), Place.closed_on.is_(None))
        .order_by(by_name())
        .limit(NAMED)
    ).all()
    return {"schools": [row[0] for row in rows], "total": rows[0][1]} if rows else None
