"""What came of it: for the pupil by question and objective, for the teacher as a matrix of class and questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, within
from lms.people.models import ClassMembership, Person, SchoolClass
from lms.quizzes.models import (
    AnswerEntry,
    Appeal,
    GivenAnswer,
    Item,
    ItemVersion,
    QuizAttempt,
    SealedPaper,
    Sitting,
    SittingEvent,
    SittingTarget,
)
from lms.quizzes.queries.taking import Drawn, answers_of, drawn


def sittings(permission: str) -> Listing:
    return listing(
        select(Sitting)
        .join(Sitting.giver)
        .options(
            contains_eager(Sitting.giver),
            selectinload(Sitting.targets).joinedload(SittingTarget.school_class),
            selectinload(Sitting.targets).joinedload(SittingTarget.person),
        )
        .where(within(Sitting.path, permission), mine_or_overseen(), Sitting.withdrawn_at.is_(None)),
        sorts={"when": Sitting.created_at, "title": Sitting.title, "who": Person.sort_key, "closes": Sitting.closes_at},
        filters={"q": lambda text: func.lower(Sitting.title).contains(text.lower(), autoescape=True),
                 "mode": lambda mode: Sitting.mode == mode},
        default="-when",
    )  # fmt: skip


def to_mark_second() -> Sequence[Sitting]:
    """Tests whose long answers one marks for the second time."""
    return db.session.scalars(
        select(Sitting)
        .where(
            Sitting.second_marker_id == actor().person_id, Sitting.published_at.is_(None), Sitting.withdrawn_at.is_(None)
        )
        .order_by(Sitting.created_at.desc())
        .limit(20)
    ).all()  # fmt: skip


def mine_or_overseen() -> ColumnElement[bool]:
    """A teacher sees the tests they gave and those of the class they lead; leaders see all of their places."""
    me = actor().person_id
    led = (
        select(SittingTarget.sitting_id)
        .join(SchoolClass, SchoolClass.id == SittingTarget.class_id)
        .where(SchoolClass.teacher_id == me)
    )
    return or_(Sitting.given_by == me, Sitting.id.in_(led), within(Sitting.path, "test.oversee"))


def _sees(sitting: Sitting, permission: str) -> bool:
    if not may(permission, sitting.path):
        return False
    if sitting.given_by == actor().person_id or may("test.oversee", sitting.path):
        return True
    return (
        db.session.scalar(select(Sitting.id).where(Sitting.id == sitting.id, mine_or_overseen())) is not None
    )


def sitting_or_404(sitting_id: UUID, permission: str) -> Sitting:
    row = db.session.get(
        Sitting, sitting_id,
        options=[
            joinedload(Sitting.version), joinedload(Sitting.giver), joinedload(Sitting.second_marker),
            selectinload(Sitting.targets).joinedload(SittingTarget.school_class),
        ],
    )  # fmt: skip
    if row is None or not _sees(row, permission):
        raise NotYours
    return row


def attempt_or_404(attempt_id: UUID, permission: str, *, second: bool = False) -> QuizAttempt:
    """`second`: the second marker may see it, too."""
    row = db.session.get(
        QuizAttempt, attempt_id,
        options=[joinedload(QuizAttempt.person), joinedload(QuizAttempt.sitting).joinedload(Sitting.version)],
    )  # fmt: skip
    if (
        row is not None
        and second
        and row.sitting.second_marker_id == actor().person_id
        and may(permission, row.path)
    ):
        return row
    if row is None or not _sees(row.sitting, permission):
        raise NotYours
    return row


@dataclass
class Line:
    """One pupil of a test: their attempt that counts, and its answers by question of the paper."""

    person: Person
    attempt: QuizAttempt | None = None
    answered: int = 0
    cells: dict[str, GivenAnswer] = field(default_factory=dict)  # by the item's key

    @property
    def share(self) -> float | None:
        attempt = self.attempt
        return (
            attempt.points / attempt.most if attempt and attempt.points is not None and attempt.most else None
        )


def pupils_of(sitting: Sitting) -> Sequence[Person]:
    classes = [one.class_id for one in sitting.targets if one.class_id]
    persons = [one.person_id for one in sitting.targets if one.person_id]
    today = clock.today()
    inside = select(ClassMembership.person_id).where(
        ClassMembership.class_id.in_(classes), ClassMembership.since <= today,
        or_(ClassMembership.until.is_(None), ClassMembership.until > today),
    )  # fmt: skip
    sat = select(QuizAttempt.person_id).where(QuizAttempt.sitting_id == sitting.id)
    return db.session.scalars(
        select(Person)
        .where(or_(Person.id.in_(inside), Person.id.in_(persons), Person.id.in_(sat)))
        .order_by(Person.sort_key)
    ).all()


def fetched(sitting: Sitting) -> int:
    """How many computers hold the sealed paper."""
    wanted = select(func.count()).select_from(SealedPaper)
    return (
        db.session.scalar(
            wanted.where(SealedPaper.sitting_id == sitting.id, SealedPaper.fetched_at.is_not(None))
        )
        or 0
    )


def board(sitting: Sitting) -> list[Line]:
    """Three statements: who, their newest attempts, how much they have answered."""
    lines = {person.id: Line(person) for person in pupils_of(sitting)}
    attempts = _attempts(sitting)
    for attempt in attempts:
        lines[attempt.person_id].attempt = attempt
    counts = db.session.execute(
        select(GivenAnswer.attempt_id, func.count())
        .where(GivenAnswer.attempt_id.in_([one.id for one in attempts]), GivenAnswer.rank > 0)
        .group_by(GivenAnswer.attempt_id)
    )
    numbers: dict[UUID, int] = dict(counts.all())
    for line in lines.values():
        line.answered = numbers.get(line.attempt.id, 0) if line.attempt else 0
    return list(lines.values())


def _attempts(sitting: Sitting) -> Sequence[QuizAttempt]:
    """The oldest first, so that the newest of each pupil stays."""
    return db.session.scalars(
        select(QuizAttempt).where(QuizAttempt.sitting_id == sitting.id).order_by(QuizAttempt.number)
    ).all()


@dataclass
class Column:
    """One question of the matrix, over everybody who had it."""

    item_id: UUID
    version: ItemVersion
    answered: list[GivenAnswer] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        done = [one for one in self.answered if one.points is not None and one.most]
        return sum((one.points or 0) / (one.most or 1) for one in done) / len(done) if done else None


@dataclass
class Matrix:
    lines: list[Line]
    columns: list[Column]
    waiting: int

    @property
    def average(self) -> float | None:
        shares = [line.share for line in self.lines if line.share is not None]
        return sum(shares) / len(shares) if shares else None


def matrix(sitting: Sitting) -> Matrix:
    """Five statements however large the class: who, attempts, answers, versions with their items."""
    lines = {person.id: Line(person) for person in pupils_of(sitting)}
    attempts = {one.id: one for one in _attempts(sitting)}
    for attempt in attempts.values():
        lines[attempt.person_id].attempt = attempt
    counted = {line.attempt.id for line in lines.values() if line.attempt}
    rows = db.session.execute(
        select(GivenAnswer, ItemVersion)
        .join(ItemVersion, ItemVersion.id == GivenAnswer.version_id)
        .options(contains_eager(GivenAnswer.version).joinedload(ItemVersion.item))
        .where(GivenAnswer.attempt_id.in_(counted))
        .order_by(GivenAnswer.number)
    ).all()
    columns: dict[UUID, Column] = {}
    for answer, version in rows:
        column = columns.setdefault(version.item_id, Column(version.item_id, version))
        column.answered.append(answer)
        lines[attempts[answer.attempt_id].person_id].cells[version.item_id.hex] = answer
    order = _paper_order(sitting)
    found = sorted(columns.values(), key=lambda one: (order.get(one.item_id.hex, 999), one.item_id))
    return Matrix(
        list(lines.values()), found, sum(one.to_mark for one in attempts.values() if one.id in counted)
    )


def _paper_order(sitting: Sitting) -> dict[str, int]:
    units = [unit for section in sitting.version.body["sections"] for unit in section["units"]]
    keys = [one["item"] for unit in units for one in [unit, *unit.get("about", [])]]
    return {key: place for place, key in enumerate(keys)}


@dataclass
class Objective:
    """How somebody stands with one learning objective, or one section where no objective is named."""

    name: str
    points: float = 0.0
    most: float = 0.0

    @property
    def share(self) -> float:
        return self.points / self.most if self.most else 0.0


def by_objective(questions: Sequence[Drawn]) -> list[Objective]:
    found: dict[str, Objective] = {}
    for one in questions:
        item: Item = one.version.item
        name = " · ".join(filter(None, (item.objective, item.section)))
        if one.answer is not None and name:
            row = found.setdefault(name, Objective(name))
            row.points += one.answer.points or 0
            row.most += one.answer.most or 0
    return sorted(found.values(), key=lambda one: one.share)


def review(attempt: QuizAttempt) -> dict[str, Any]:
    """Everything about one attempt, for its owner and for their teacher."""
    questions = drawn(attempt.questions, attempt.sitting.version.body, answers_of(attempt))
    return {
        "attempt": attempt, "sitting": attempt.sitting, "questions": questions, "objectives": by_objective(questions),
        "appeals": appeals_of(attempt), "now": clock.now(),
    }  # fmt: skip


def appeals_of(attempt: QuizAttempt) -> dict[int, Appeal]:
    rows = db.session.scalars(select(Appeal).where(Appeal.attempt_id == attempt.id))
    return {row.number: row for row in rows}


def appeals_about(sitting: Sitting) -> Sequence[Appeal]:
    return db.session.scalars(
        select(Appeal)
        .join(Appeal.attempt)
        .options(contains_eager(Appeal.attempt).joinedload(QuizAttempt.person))
        .where(QuizAttempt.sitting_id == sitting.id)
        .order_by(Appeal.state != "open", Appeal.id)
    ).all()


def appeal_or_404(appeal_id: UUID, permission: str) -> Appeal:
    row = db.session.get(
        Appeal, appeal_id, options=[joinedload(Appeal.attempt).joinedload(QuizAttempt.sitting)]
    )
    if row is None or not _sees(row.attempt.sitting, permission):
        raise NotYours
    return row


def events_of(attempt: QuizAttempt) -> Sequence[SittingEvent]:
    return db.session.scalars(
        select(SittingEvent).where(SittingEvent.attempt_id == attempt.id).order_by(SittingEvent.id)
    ).all()


def waiting(sitting: Sitting) -> Sequence[GivenAnswer]:
    """Answers that wait for a person, question by question: one marks more justly that way."""
    return db.session.scalars(
        select(GivenAnswer)
        .join(QuizAttempt, QuizAttempt.id == GivenAnswer.attempt_id)
        .where(QuizAttempt.sitting_id == sitting.id, GivenAnswer.waiting)
        .order_by(GivenAnswer.version_id, GivenAnswer.attempt_id)
    ).all()


def next_seq(attempt: QuizAttempt) -> int:
    last = db.session.scalar(
        select(func.max(AnswerEntry.seq)).where(
            AnswerEntry.attempt_id == attempt.id, AnswerEntry.epoch == attempt.epoch
        )
    )
    return (last or 0) + 1
