"""Who is told that lessons have changed: teachers, pupils of the classes and their guardians; open pages hear it too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from lms.core import clock, ids, live
from lms.core.db import db
from lms.lessons.models import Timetable, TimetableNotice
from lms.people.models import ClassMembership, Guardianship, Person
from lms.people.service.classes import open_on

MOST_DAYS = 14  # named in one notice


def channel(timetable_id: UUID) -> str:
    return f"timetable:{timetable_id}"


def tell(row: Timetable, code: str, concerned: Mapping[str, set[date]]) -> None:
    """`concerned`: days by the key of a teacher or class. Days that have been are news to nobody."""
    live.publish(channel(row.id), "changed")
    today = clock.today()
    coming = {key: {day for day in days if day >= today} for key, days in concerned.items()}
    told: dict[UUID, set[date]] = defaultdict(set)
    for person, key in _people({key for key, days in coming.items() if days}):
        told[person] |= coming[key]
    now = clock.now()
    rows = [
        {"id": ids.new_id(), "created_at": now, "person_id": person, "timetable_id": row.id, "code": code,
         "on": min(days), "facts": {"days": [day.isoformat() for day in sorted(days)[:MOST_DAYS]]}}
        for person, days in told.items()
    ]  # fmt: skip
    if rows:
        table: Any = TimetableNotice.__table__
        db.session.execute(table.insert(), rows)


def _people(keys: Iterable[str]) -> set[tuple[UUID, str]]:
    """(person, key): keys that are no keys of ours belong to nobody here."""
    known = list(filter(None, map(_uuid, keys)))
    if not known:
        return set()
    teachers = db.session.scalars(select(Person.id).where(Person.id.in_(known))).all()
    pupils = db.session.execute(
        select(ClassMembership.person_id, ClassMembership.class_id).where(
            ClassMembership.class_id.in_(known), open_on(clock.today())
        )
    ).all()
    guardians = db.session.execute(
        select(Guardianship.guardian_id, ClassMembership.class_id)
        .join(ClassMembership, ClassMembership.person_id == Guardianship.child_id)
        .where(
            ClassMembership.class_id.in_(known), open_on(clock.today()), Guardianship.ended_on.is_(None)
        )
    ).all()  # fmt: skip
    return {(one, str(one)) for one in teachers} | {(who, str(key)) for who, key in [*pupils, *guardians]}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def read_all(person_id: UUID) -> None:
    db.session.execute(
        update(TimetableNotice)
        .where(TimetableNotice.person_id == person_id, TimetableNotice.read_at.is_(None))
        .values(read_at=clock.now())
    )
