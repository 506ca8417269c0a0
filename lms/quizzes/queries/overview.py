"""The director's look: classes down, tests across, the average of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from lms.core import clock
from lms.core.db import db
from lms.core.permissions import within
from lms.people.models import ClassMembership, SchoolClass
from lms.places.models import Place
from lms.quizzes.models import PaperVersion, QuizAttempt, Sitting, SittingTarget
from lms.quizzes.models.papers import Paper

MOST_TESTS = 12


@dataclass
class Cell:
    average: float | None
    finished: int
    published: bool


@dataclass
class Overview:
    tests: list[Sitting] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)
    cells: dict[tuple[UUID, UUID], Cell] = field(default_factory=dict)  # (class, test)
    schools: dict[UUID, Place] = field(default_factory=dict)


def overview(subject: str = "", grade: int | None = None) -> Overview:
    """Three statements: the newest tests, their classes, the averages. Only ended attempts with marks count."""
    tests = _tests(subject, grade)
    found = Overview(tests)
    keys = [one.id for one in tests]
    rows = db.session.execute(
        select(SchoolClass, Place, SittingTarget.sitting_id)
        .join(SittingTarget, SittingTarget.class_id == SchoolClass.id)
        .join(Place, Place.id == SchoolClass.school_id)
        .where(SittingTarget.sitting_id.in_(keys))
        .order_by(Place.sort_kk, SchoolClass.sort_key)
    ).all()
    averages = _averages(keys)
    published = {one.id: one.published_at is not None for one in tests}
    for row, school, sitting in rows:
        if row not in found.classes:
            found.classes.append(row)
        found.schools[school.id] = school
        average, finished = averages.get((row.id, sitting), (None, 0))
        found.cells[row.id, sitting] = Cell(average, finished, published[sitting])
    return found


def _tests(subject: str, grade: int | None) -> list[Sitting]:
    wanted = (
        select(Sitting)
        .join(PaperVersion, PaperVersion.id == Sitting.version_id)
        .join(Paper, Paper.id == PaperVersion.paper_id)
        .where(within(Sitting.path, "test.oversee"), Sitting.withdrawn_at.is_(None), Sitting.mode == "exam")
    )
    if subject:
        wanted = wanted.where(Paper.subject == subject)
    if grade:
        wanted = wanted.where(Paper.grade == grade)
    newest = db.session.scalars(wanted.order_by(Sitting.created_at.desc()).limit(MOST_TESTS)).all()
    return list(reversed(newest))


def _averages(keys: list[UUID]) -> dict[tuple[UUID, UUID], tuple[float | None, int]]:
    today = clock.today()
    share = func.avg(QuizAttempt.points / func.nullif(QuizAttempt.most, 0))
    rows: Any = db.session.execute(
        select(SittingTarget.class_id, SittingTarget.sitting_id, share, func.count())
        .join(ClassMembership, ClassMembership.class_id == SittingTarget.class_id)
        .join(
            QuizAttempt,
            (QuizAttempt.sitting_id == SittingTarget.sitting_id) & (QuizAttempt.person_id == ClassMembership.person_id),
        )
        .where(
            SittingTarget.sitting_id.in_(keys), QuizAttempt.ended_at.is_not(None), ClassMembership.since <= today,
            or_(ClassMembership.until.is_(None), ClassMembership.until > today),
        )
        .group_by(SittingTarget.class_id, SittingTarget.sitting_id)
    )  # fmt: skip
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}
