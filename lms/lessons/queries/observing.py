"""Observations of lessons within reach, one of them, and what they say taken together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, within
from lms.lessons.labels import CRITERIA
from lms.lessons.models import LessonObservation
from lms.people.models import Person
from lms.places.models import Place

MOST = 2000


def _seen() -> ColumnElement[bool]:
    """Drafts are their observer's alone; a teacher sees what has been finished about the own lessons."""
    row = LessonObservation
    finished = row.finished_at.is_not(None)
    return or_(
        row.observer_id == actor().person_id,
        and_(finished, row.teacher_id == actor().person_id),
        and_(finished, within(row.path, "observation.see")),
    )


def observations() -> Listing:
    teacher = aliased(Person)
    statement = (
        select(LessonObservation)
        .join(teacher, LessonObservation.teacher)
        .join(LessonObservation.school)
        .options(
            contains_eager(LessonObservation.teacher.of_type(teacher)),
            contains_eager(LessonObservation.school),
            joinedload(LessonObservation.observer),
            joinedload(LessonObservation.school_class),
        )
        .where(_seen())
    )
    return listing(
        statement,
        sorts={"when": LessonObservation.on, "who": teacher.sort_key, "school": Place.sort_kk},
        filters={"subject": lambda code: LessonObservation.subject == code},
        default="-when",
    )


def _row(observation_id: UUID) -> LessonObservation:
    row = db.session.get(
        LessonObservation,
        observation_id,
        options=[
            joinedload(LessonObservation.school), joinedload(LessonObservation.school_class),
            joinedload(LessonObservation.teacher), joinedload(LessonObservation.observer),
        ],
    )  # fmt: skip
    if row is None:
        raise NotYours
    return row


def seen_or_404(observation_id: UUID) -> LessonObservation:
    row, me = _row(observation_id), actor().person_id
    finished = row.finished_at is not None
    own = row.observer_id == me or (finished and row.teacher_id == me)
    if not own and not (finished and may("observation.see", row.path)):
        raise NotYours
    return row


def draft_or_404(observation_id: UUID) -> LessonObservation:
    row = _row(observation_id)
    if row.observer_id != actor().person_id or not may("observation.make", row.path):
        raise NotYours
    return row


def about_me_or_404(observation_id: UUID) -> LessonObservation:
    row = _row(observation_id)
    if row.teacher_id != actor().person_id or row.finished_at is None:
        raise NotYours
    return row


@dataclass
class Mean:
    total: int = 0
    number: int = 0

    def add(self, score: int) -> None:
        self.total, self.number = self.total + score, self.number + 1

    @property
    def mean(self) -> float | None:
        return round(self.total / self.number, 2) if self.number else None


@dataclass(frozen=True)
class Summary:
    number: int
    criteria: dict[str, Mean]
    models: dict[int, dict[str, Mean]]
    schools: list[tuple[Place, int, Mean]]

    @property
    def weakest(self) -> list[str]:
        known = [(one.mean, code) for code, one in self.criteria.items() if one.mean is not None]
        return [code for _mean, code in sorted(known)[:3]]


def summary() -> Summary:
    """Of all finished observations within reach: one statement."""
    rows: Any = db.session.execute(
        select(LessonObservation.scores, LessonObservation.model, Place)
        .join(LessonObservation.school)
        .where(LessonObservation.finished_at.is_not(None), within(LessonObservation.path, "observation.see"))
        .order_by(LessonObservation.on.desc())
        .limit(MOST)
    ).all()
    criteria = {code: Mean() for code in CRITERIA}
    models: dict[int, dict[str, Mean]] = defaultdict(lambda: {code: Mean() for code in CRITERIA})
    schools: dict[UUID, tuple[Place, list[int], Mean]] = {}
    for scores, model, place in rows:
        _place, count, mean = schools.setdefault(place.id, (place, [], Mean()))
        count.append(1)
        for code, score in scores.items():
            if code in criteria:
                for one in (criteria[code], models[model][code], mean):
                    one.add(score)
    found = [(place, len(count), mean) for place, count, mean in schools.values()]
    return Summary(
        len(rows), criteria, dict(sorted(models.items())), sorted(found, key=lambda one: one[0].sort_kk)
    )
