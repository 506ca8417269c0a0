"""Answers of many schools as one table: read as plain rows, because an oblast gives a million of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import select

from lms.core.db import db
from lms.people.models import ClassMembership
from lms.places.models import Place, School
from lms.quizzes.analysis.responses import Responses
from lms.quizzes.models import (
    GivenAnswer,
    Item,
    ItemVersion,
    Paper,
    PaperVersion,
    QuizAttempt,
    Sitting,
    SittingTarget,
)

AT_ONCE = 20_000


@dataclass(frozen=True)
class Sat:
    """Who sat a test: a school and a language for each pupil, in the order of the responses."""

    responses: Responses
    schools: tuple[str, ...]
    languages: tuple[str, ...]


def sat(papers: Sequence[str], path: str) -> Sat:
    """Marks by pupil and question, of the first attempts of all pupils below a place."""
    rows = db.session.connection().execute(
        select(
            QuizAttempt.person_id, Sitting.school_id, Paper.language, ItemVersion.item_id, GivenAnswer.points,
            GivenAnswer.most, GivenAnswer.waiting,
        )
        .join(Sitting, Sitting.id == QuizAttempt.sitting_id)
        .join(PaperVersion, PaperVersion.id == Sitting.version_id)
        .join(Paper, Paper.id == PaperVersion.paper_id)
        .join(GivenAnswer, GivenAnswer.attempt_id == QuizAttempt.id)
        .join(ItemVersion, ItemVersion.id == GivenAnswer.version_id)
        .where(
            PaperVersion.paper_id.in_([UUID(one) for one in papers]), QuizAttempt.ended_at.is_not(None),
            QuizAttempt.number == 1, QuizAttempt.path.between(path, path[:-1] + "0"),
        )
        .execution_options(yield_per=AT_ONCE)
    )  # fmt: skip
    people: dict[UUID, tuple[int, str, str]] = {}
    items: dict[UUID, int] = {}
    found: list[tuple[int, int, float]] = []
    for person, school, language, item, points, most, waiting in rows:
        row = people.setdefault(person, (len(people), school.hex, language))[0]
        mark = float("nan") if points is None or not most or waiting else points / most
        found.append((row, items.setdefault(item, len(items)), mark))
    return _table(people, items, found)


def _table(
    people: dict[UUID, tuple[int, str, str]], items: dict[UUID, int], found: list[tuple[int, int, float]]
) -> Sat:
    """A question and its twin in the other language are one column."""
    names = _twins(list(items))
    columns = {name: place for place, name in enumerate(dict.fromkeys(names[item] for item in items))}
    marks = np.full((len(people), len(columns)), np.nan)
    where = {place: columns[names[item]] for item, place in items.items()}
    for row, item, mark in found:
        marks[row, where[item]] = mark
    responses = Responses(tuple(one.hex for one in people), tuple(columns), marks)
    return Sat(responses, tuple(one[1] for one in people.values()), tuple(one[2] for one in people.values()))


def _twins(items: Sequence[UUID]) -> dict[UUID, str]:
    rows = db.session.execute(select(Item.id, Item.twin_id).where(Item.id.in_(items)))
    return {key: min(key.hex, twin.hex) if twin else key.hex for key, twin in rows}


def classes_of(papers: Sequence[str], path: str) -> dict[str, str]:
    """The class in which a pupil was given the test."""
    rows = db.session.execute(
        select(ClassMembership.person_id, ClassMembership.class_id)
        .join(SittingTarget, SittingTarget.class_id == ClassMembership.class_id)
        .join(Sitting, Sitting.id == SittingTarget.sitting_id)
        .join(PaperVersion, PaperVersion.id == Sitting.version_id)
        .where(PaperVersion.paper_id.in_([UUID(one) for one in papers]), Sitting.path.between(path, path[:-1] + "0"))
        .distinct()
    )  # fmt: skip
    return {person.hex: row.hex for person, row in rows}


@dataclass(frozen=True)
class Kept:
    """What is known of a school: in a city or not, its way of teaching, its district."""

    city: bool
    model: str
    district: str


def schools_of(keys: Sequence[str]) -> dict[str, Kept]:
    places: dict[UUID, Any] = {
        key: (above, city, level) for key, above, city, level in
        db.session.execute(select(Place.id, Place.parent_id, Place.is_city, Place.level).where(Place.level != "school"))
    }  # fmt: skip
    rows = db.session.execute(
        select(Place.id, Place.parent_id, School.kind)
        .join(School, School.place_id == Place.id)
        .where(Place.id.in_([UUID(one) for one in keys]))
    )
    return {key.hex: _kept(above, kind, places) for key, above, kind in rows}


def _kept(above: UUID | None, kind: str, places: dict[UUID, Any]) -> Kept:
    city, district = False, ""
    while above is not None and above in places:
        key = above
        above, is_city, level = places[key]
        city = city or is_city
        district = district or (key.hex if level == "district" else "")
    return Kept(city, kind, district)
