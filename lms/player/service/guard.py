"""Time before the screen: counted by day, and a request to look away after as many minutes as the grade allows.

Sanitary rules ҚР ДСМ-76 with the amendments of 2023: the table stands in the settings. It asks and is written down;
it never cuts an answer short.
"""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.core.settings import Settings
from lms.people.models import ClassMembership, SchoolClass
from lms.player.models import Registration, ScreenTime

PROMPTED, OVERRIDDEN = "prompted", "overridden"


def minutes_for(registration: Registration) -> int:
    """How long this learner may look at the screen without a break; 0 where no rule is set."""
    settings: Settings = current_app.extensions["settings"]
    table = limits(settings.screen_minutes)
    grade = db.session.scalar(
        select(SchoolClass.grade)
        .join(ClassMembership, ClassMembership.class_id == SchoolClass.id)
        .where(ClassMembership.person_id == registration.person_id, ClassMembership.until.is_(None))
        .order_by(ClassMembership.since.desc())
        .limit(1)
    )
    return 0 if grade is None else table.get(grade, 0)


def limits(table: str) -> dict[int, int]:
    """The settings' "grade:minutes" pairs."""
    pairs = (pair.partition(":") for pair in table.split())
    return {int(grade): int(minutes) for grade, _, minutes in pairs if grade.isdigit() and minutes.isdigit()}


def count(registration: Registration, seconds: int, pause: str = "") -> None:
    if registration.mode != "normal" or not (seconds or pause):
        return
    key = (registration.person_id, clock.today())
    row = db.session.get(ScreenTime, key, with_for_update=True)
    if row is None:
        row = ScreenTime(person_id=key[0], day=key[1], seconds=0, prompts=0, overrides=0)
        db.session.add(row)
    row.seconds += seconds
    row.prompts += pause == PROMPTED
    row.overrides += pause == OVERRIDDEN
