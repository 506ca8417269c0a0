"""What a pupil meets: the tests given to them, one attempt with its questions drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import defer, joinedload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.people.models import ClassMembership
from lms.quizzes.models import GivenAnswer, ItemVersion, QuizAttempt, Sitting, SittingTarget
from lms.quizzes.queries.bank import versions_by_id
from lms.quizzes.questions import Kind, kind_of


@dataclass(frozen=True)
class Test:
    """One test as the pupil sees it, with their attempts, the newest first."""

    sitting: Sitting
    attempts: list[QuizAttempt]

    @property
    def newest(self) -> QuizAttempt | None:
        return self.attempts[0] if self.attempts else None

    @property
    def open(self) -> bool:
        now, one = clock.now(), self.sitting
        return (one.opens_at is None or one.opens_at <= now) and (
            one.closes_at is None or now <= one.closes_at
        )

    @property
    def going_on(self) -> bool:
        return self.newest is not None and self.newest.ended_at is None

    @property
    def may_begin(self) -> bool:
        wanted = self.sitting.attempts
        return self.open and not self.going_on and (wanted == 0 or len(self.attempts) < wanted)

    @property
    def to_come(self) -> bool:
        return self.sitting.opens_at is not None and clock.now() < self.sitting.opens_at

    @property
    def shown(self) -> bool:
        """May the pupil see how they did?"""
        return self.newest is not None and sees_results(self.newest, self.sitting)


def sees_results(attempt: QuizAttempt, sitting: Sitting) -> bool:
    return attempt.ended_at is not None and (sitting.mode == "self" or sitting.published_at is not None)


def tests_of(person_id: UUID, limit: int = 100) -> list[Test]:
    """What is given, and beside it what has been done of it: one statement, because the home page asks it too."""
    order = (Sitting.created_at.desc(), Sitting.id)
    first = (
        select(Sitting.id)
        .where(Sitting.withdrawn_at.is_(None), aimed_at(person_id))
        .order_by(*order)
        .limit(limit)
    )
    rows = db.session.execute(
        select(Sitting, QuizAttempt)
        .outerjoin(QuizAttempt, (QuizAttempt.sitting_id == Sitting.id) & (QuizAttempt.person_id == person_id))
        .options(defer(QuizAttempt.questions))
        .where(Sitting.id.in_(first))
        .order_by(*order, QuizAttempt.number.desc())
    ).all()
    found: dict[UUID, Test] = {}
    for sitting, attempt in rows:
        test = found.setdefault(sitting.id, Test(sitting, []))
        if attempt is not None:
            test.attempts.append(attempt)
    return list(found.values())


def test_or_404(sitting_id: UUID, person_id: UUID) -> Test:
    row = db.session.scalar(
        select(Sitting)
        .options(joinedload(Sitting.version))
        .where(Sitting.id == sitting_id, Sitting.withdrawn_at.is_(None), aimed_at(person_id))
    )
    if row is None:
        raise NotYours
    return Test(row, _attempts(person_id, [row.id]))


def _attempts(person_id: UUID, sittings: Sequence[UUID]) -> list[QuizAttempt]:
    return list(
        db.session.scalars(
            select(QuizAttempt)
            .options(defer(QuizAttempt.questions))
            .where(QuizAttempt.person_id == person_id, QuizAttempt.sitting_id.in_(sittings))
            .order_by(QuizAttempt.number.desc())
        )
    )


def aimed_at(person_id: UUID) -> ColumnElement[bool]:
    """Given to the person, or to a class they are in today."""
    today = clock.today()
    classes = select(ClassMembership.class_id).where(
        ClassMembership.person_id == person_id,
        ClassMembership.since <= today,
        or_(ClassMembership.until.is_(None), ClassMembership.until > today),
    )
    return Sitting.id.in_(
        select(SittingTarget.sitting_id).where(
            or_(SittingTarget.person_id == person_id, SittingTarget.class_id.in_(classes))
        )
    )


def own_attempt_or_404(attempt_id: UUID, person_id: UUID) -> QuizAttempt:
    row = db.session.get(
        QuizAttempt, attempt_id, options=[joinedload(QuizAttempt.sitting).joinedload(Sitting.version)]
    )
    if row is None or row.person_id != person_id or row.sitting.withdrawn_at is not None:
        raise NotYours
    return row


@dataclass(frozen=True)
class Drawn:
    """A question of an attempt: what is shown, and – behind the curtain – what it is."""

    number: int  # 0: a context
    section: str  # a heading, where a new section begins
    kind: Kind
    version: ItemVersion
    seed: int
    shown: dict[str, Any]
    context: str | None = None
    answer: GivenAnswer | None = None
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> list[str]:
        return self.kind.key(self.version.content, self.seed)

    @property
    def said(self) -> list[str]:
        answer = self.kind.answer(self.version.content, self.seed, self.given)
        return self.kind.said(self.version.content, answer, self.seed)


def drawn(
    questions: Sequence[dict[str, Any]],
    body: dict[str, Any],
    answers: Mapping[int, GivenAnswer] | None = None,
    known: Mapping[UUID, ItemVersion] | None = None,
) -> list[Drawn]:
    """One statement for all versions, none where they are known; every question as this attempt sees it."""
    if known is None:
        known = versions_by_id(UUID(one["v"]) for one in questions)
    found, section = [], -1
    for one in questions:
        version, answer = known[UUID(one["v"])], (answers or {}).get(one["n"]) if one["n"] else None
        kind = kind_of(version.item.kind)
        begins = one["section"] != section
        section = one["section"]
        found.append(
            Drawn(
                one["n"], body["sections"][section]["title"] if begins else "", kind, version, one["s"],
                kind.public(version.content, one["s"]), one.get("c"), answer, answer.fields if answer else {},
            )
        )  # fmt: skip
    return found


def answers_of(attempt: QuizAttempt) -> dict[int, GivenAnswer]:
    rows = db.session.scalars(select(GivenAnswer).where(GivenAnswer.attempt_id == attempt.id))
    return {row.number: row for row in rows}
