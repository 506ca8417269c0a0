"""Whom one works with: the classes of a teacher, the class of a pupil, the children of a guardian."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from lms.core import clock
from lms.core.db import db
from lms.core.permissions import actor
from lms.people.models import ClassMembership, Guardianship, Person, SchoolClass, SchoolYear
from lms.people.service.classes import open_on
from lms.people.views.base import blueprint
from lms.web.cards import home_card

TEACHING = {"teacher", "deputy_director", "director"}


@home_card(blueprint, "class.see", "people/cards/my_classes.html", 100)
def my_classes() -> dict[str, Any] | None:
    """The classes one leads this year, with their size: one statement."""
    if not actor().roles & TEACHING:
        return None
    today = clock.today()
    size = (
        select(func.count())
        .where(ClassMembership.class_id == SchoolClass.id, open_on(today))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(SchoolClass, size)
        .join(SchoolClass.year)
        .where(
            SchoolClass.teacher_id == actor().person_id,
            SchoolYear.starts_on <= today,
            SchoolYear.ends_on >= today,
        )
        .order_by(SchoolClass.sort_key)
    ).all()
    return {"classes": rows} if rows else None


@home_card(blueprint, "home.see", "people/cards/my_class.html", 100)
def my_class() -> dict[str, Any] | None:
    """A pupil's own class and who leads it."""
    if "student" not in actor().roles:
        return None
    row = db.session.scalar(
        select(SchoolClass)
        .join(ClassMembership, ClassMembership.class_id == SchoolClass.id)
        .join(SchoolClass.year)
        .outerjoin(SchoolClass.teacher)
        .options(contains_eager(SchoolClass.teacher))
        .where(ClassMembership.person_id == actor().person_id, open_on(clock.today()))
        .order_by(SchoolYear.starts_on.desc())
        .limit(1)
    )
    return {"class": row} if row else None


@home_card(blueprint, "child.see", "people/cards/children.html", 110)
def children() -> dict[str, Any] | None:
    """A guardian sees the children, or the way to link the first one."""
    if "guardian" not in actor().roles:
        return None
    found = db.session.scalars(
        select(Person)
        .join(Guardianship, Guardianship.child_id == Person.id)
        .where(Guardianship.guardian_id == actor().person_id, Guardianship.ended_on.is_(None))
        .order_by(Person.sort_key)
    ).all()
    return {"children": found}
