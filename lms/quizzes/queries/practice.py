"""What a pupil may practise, what is due, and how ready they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import contains_eager

from lms.core import clock
from lms.core.db import db
from lms.core.permissions import actor
from lms.people.models import Person
from lms.quizzes.models import Item, Practice
from lms.quizzes.queries.bank import prefixes

NOT_PRACTISED = ("context", "essay", "file", "audio", "drawing")
KNOWN_BOX = 3  # from here on a question counts as known


def _open(language: str = "") -> list[Any]:
    """Questions open for self-study at one's school or above it, in one's language."""
    above = {path for one in actor().grants for path in prefixes(one.path)}
    found = [
        Item.practice, Item.archived_at.is_(None), Item.path.in_(sorted(above)), Item.kind.not_in(NOT_PRACTISED),
        Item.context_id.is_(None),
    ]  # fmt: skip
    return [*found, Item.language == language] if language else found


def _language(person_id: UUID) -> str:
    return (
        actor().language if actor().person_id == person_id else db.session.get_one(Person, person_id).language
    )


@dataclass(frozen=True)
class Theme:
    """One subject: how many questions there are, how many were met, how many are due today."""

    subject: str
    all: int
    met: int
    due: int


def themes(person_id: UUID) -> list[Theme]:
    due = (Practice.due_on <= clock.today()) & Practice.id.is_not(None)
    rows = db.session.execute(
        select(Item.subject, func.count(), func.count(Practice.id), func.sum(case((due, 1), else_=0)))
        .outerjoin(Practice, (Practice.item_id == Item.id) & (Practice.person_id == person_id))
        .where(*_open(_language(person_id)))
        .group_by(Item.subject)
        .order_by(Item.subject)
    )
    return [Theme(row[0], row[1], row[2], row[3] or 0) for row in rows]


def mistakes(person_id: UUID, limit: int = 50) -> Sequence[Practice]:
    """The notebook: what was wrong last time."""
    return db.session.scalars(
        select(Practice)
        .join(Practice.item)
        .options(contains_eager(Practice.item))
        .where(Practice.person_id == person_id, Practice.box == 0, Item.archived_at.is_(None))
        .order_by(Practice.last_at.desc())
        .limit(limit)
    ).all()


@dataclass(frozen=True)
class Readiness:
    """One learning objective: which share of its questions the pupil knows by now."""

    name: str
    all: int
    known: int

    @property
    def share(self) -> float:
        return self.known / self.all if self.all else 0.0


def readiness(person_id: UUID) -> list[Readiness]:
    known = case((Practice.box >= KNOWN_BOX, 1), else_=0)
    rows = db.session.execute(
        select(Item.objective, Item.section, func.count(), func.sum(known), func.count(Practice.id))
        .outerjoin(Practice, (Practice.item_id == Item.id) & (Practice.person_id == person_id))
        .where(*_open(_language(person_id)))
        .group_by(Item.objective, Item.section)
        .order_by(Item.section, Item.objective)
    )
    return [
        Readiness(" · ".join(filter(None, (row[0], row[1]))) or "–", row[2], row[3] or 0)
        for row in rows
        if row[4]
    ]


def next_item(person_id: UUID, subject: str, only: str) -> Item | None:
    """Due ones first, the oldest debt before; then what was never met, easier levels before harder ones."""
    wanted: Select[Any] = (
        select(Item)
        .outerjoin(Practice, (Practice.item_id == Item.id) & (Practice.person_id == person_id))
        .where(*_open(_language(person_id)))
        .where(or_(Practice.id.is_(None), Practice.due_on <= clock.today()))
    )
    if subject:
        wanted = wanted.where(Item.subject == subject)
    if only == "mistakes":
        wanted = wanted.where(Practice.box == 0)
    order = (Practice.id.is_(None), Practice.due_on, Practice.last_at, Item.level, Item.id)
    found: Item | None = db.session.scalar(wanted.order_by(*order).limit(1))
    return found


def open_item(item_id: UUID) -> Item | None:
    """Whoever asks for one by name may have it in the other language, too."""
    return db.session.scalar(select(Item).where(Item.id == item_id, *_open()))
