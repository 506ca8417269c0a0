"""The step into the next school year: grades go up, letters stay, the last grade leaves; it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import or_, select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.imports.trace import Trace, take_back
from lms.people.models import ClassMembership, RoleHolding, RollOver, SchoolClass, SchoolYear
from lms.places.models import School


@dataclass(frozen=True)
class Step:
    """What happens to one class: the same one a grade higher, or its pupils leave."""

    row: SchoolClass
    pupils: Sequence[ClassMembership]
    grade: int | None  # None: the last grade was finished
    exists: SchoolClass | None  # a class of that name is there already and is used


def planned(school: School, year: SchoolYear, following: SchoolYear) -> list[Step]:
    """Changes nothing. Three statements for any size."""
    old, new = _classes(school, year), _classes(school, following)
    named = {(one.grade, one.letter): one for one in new}
    members: dict[object, list[ClassMembership]] = {one.id: [] for one in old}
    rows = db.session.scalars(
        select(ClassMembership)
        .where(
            ClassMembership.class_id.in_(list(members)),
            or_(ClassMembership.until.is_(None), ClassMembership.until >= year.ends_on),
        )
        .options(db.joinedload(ClassMembership.person))
    )
    for row in rows:
        members[row.class_id].append(row)
    steps = []
    for one in old:
        grade = one.grade + 1 if one.grade < school.last_grade else None
        known = named.get((grade, one.letter)) if grade is not None else None
        steps.append(Step(one, members[one.id], grade, known))
    return steps


def roll_over(school: School, year: SchoolYear, following: SchoolYear) -> RollOver:
    if done(school, year):
        raise Refused(_("This school has gone over into the next year already."))
    trace = Trace()
    placed = _placed_already(school, following)
    steps = planned(school, year, following)
    for step in steps:
        _carry_out(step, following, placed, trace)
    leaving = [member.person_id for step in steps if step.grade is None for member in step.pupils]
    _end_roles(school, following, leaving, trace)
    row = RollOver(
        school_id=school.place_id, from_year_id=year.id, to_year_id=following.id, made=trace.kept()
    )
    db.session.add(row)
    db.session.flush()
    audit.record("year.rolled_over", row, path=school.place.path, year=following.name)
    return row


def undo(row: RollOver, path: str) -> None:
    """Only as long as nobody has worked with what it made."""
    if row.undone_at:
        raise Refused(_("This step has been undone already."))
    take_back(row.made)
    row.undone_at = clock.now()
    audit.record("year.roll_over_undone", row, path=path)


def done(school: School, year: SchoolYear) -> RollOver | None:
    return db.session.scalar(
        select(RollOver).where(
            RollOver.school_id == school.place_id,
            RollOver.from_year_id == year.id,
            RollOver.undone_at.is_(None),
        )
    )


def year_after(year: SchoolYear) -> SchoolYear | None:
    return db.session.scalar(
        select(SchoolYear)
        .where(SchoolYear.starts_on > year.starts_on)
        .order_by(SchoolYear.starts_on)
        .limit(1)
    )


def _classes(school: School, year: SchoolYear) -> Sequence[SchoolClass]:
    return db.session.scalars(
        select(SchoolClass)
        .where(SchoolClass.school_id == school.place_id, SchoolClass.year_id == year.id)
        .order_by(SchoolClass.sort_key)
    ).all()


def _placed_already(school: School, following: SchoolYear) -> set[object]:
    """Pupils who were put into a class of the new year by hand stay there."""
    return set(
        db.session.scalars(
            select(ClassMembership.person_id)
            .join(ClassMembership.school_class)
            .where(SchoolClass.school_id == school.place_id, SchoolClass.year_id == following.id)
        )
    )


def _carry_out(step: Step, following: SchoolYear, placed: set[object], trace: Trace) -> None:
    target = step.exists
    if step.grade is not None and target is None:
        old = step.row
        target = trace.made(
            SchoolClass(
                school_id=old.school_id,
                year_id=following.id,
                grade=step.grade,
                letter=old.letter,
                language=old.language,
                shift=old.shift,
                teacher_id=old.teacher_id,
            )  # fmt: skip
        )
        db.session.flush()
    for member in step.pupils:
        last = min(member.until or following.starts_on, following.starts_on - timedelta(days=1))
        reason = member.reason or ("year" if step.grade is not None else "graduated")
        trace.changed(member, until=max(last, member.since), reason=reason)
        if target is not None and member.person_id not in placed:
            trace.made(
                ClassMembership(class_id=target.id, person_id=member.person_id, since=following.starts_on)
            )


def _end_roles(school: School, following: SchoolYear, leaving: list[UUID], trace: Trace) -> None:
    """Graduates stay pupils of the school until the new year begins."""
    for start in range(0, len(leaving), 500):
        rows = db.session.scalars(
            select(RoleHolding).where(
                RoleHolding.person_id.in_(leaving[start : start + 500]),
                RoleHolding.place_id == school.place_id,
                RoleHolding.role == "student",
                RoleHolding.until.is_(None),
            )
        )
        for row in rows:
            trace.changed(row, until=max(row.since, following.starts_on - timedelta(days=1)))
