"""What is known of the sheets of a given test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.permissions import may
from lms.people.models import Person
from lms.quizzes.models import AnswerEntry, AnswerSheet, ItemVersion, QuizAttempt, SheetPhoto, Sitting
from lms.quizzes.queries.bank import versions_by_id
from lms.quizzes.queries.taking import Drawn, drawn
from lms.quizzes.sheets.layout import Row


def sheets_of(sitting_id: UUID) -> Sequence[AnswerSheet]:
    return db.session.scalars(
        select(AnswerSheet)
        .join(AnswerSheet.person)
        .options(contains_eager(AnswerSheet.person), joinedload(AnswerSheet.attempt))
        .where(AnswerSheet.sitting_id == sitting_id)
        .order_by(Person.sort_key, Person.id)
    ).all()


def photos_of(sitting_id: UUID, state: str = "") -> Sequence[SheetPhoto]:
    wanted = select(SheetPhoto).where(SheetPhoto.sitting_id == sitting_id).order_by(SheetPhoto.id.desc())
    return db.session.scalars(wanted.where(SheetPhoto.state == state) if state else wanted.limit(200)).all()


def sheet_or_404(sheet_id: UUID, permission: str) -> AnswerSheet:
    row = db.session.get(
        AnswerSheet, sheet_id,
        options=[joinedload(AnswerSheet.person), joinedload(AnswerSheet.sitting).joinedload(Sitting.version)],
    )  # fmt: skip
    if row is None or not may(permission, row.path):
        raise NotYours
    return row


def on_screen(sitting_id: UUID) -> set[UUID]:
    """Who has an attempt that did not come on paper."""
    return set(
        db.session.scalars(
            select(QuizAttempt.person_id)
            .outerjoin(AnswerSheet, AnswerSheet.attempt_id == QuizAttempt.id)
            .where(QuizAttempt.sitting_id == sitting_id, AnswerSheet.id.is_(None))
        )
    )


@dataclass(frozen=True)
class Line:
    """One line of bubbles of one sheet, and the question it belongs to."""

    question: Drawn
    row: Row


def lines_of(sheet: AnswerSheet, known: Mapping[UUID, ItemVersion] | None = None) -> list[Line]:
    return lines(drawn(sheet.questions, sheet.sitting.version.body, known=known))


def versions_on(sheets: Sequence[AnswerSheet]) -> dict[UUID, ItemVersion]:
    """Everything that is asked on any of them; one statement, also where each pupil has a paper of their own."""
    return versions_by_id({UUID(one["v"]) for sheet in sheets for one in sheet.questions})


def lines(questions: Sequence[Drawn]) -> list[Line]:
    found = []
    for one in questions:
        made = one.kind.sheet_lines(one.version.content) if one.number else []
        for place, (options, many) in enumerate(made, 1):
            label = str(one.number) if len(made) == 1 else f"{one.number}.{place}"
            found.append(Line(one, Row(label, options, many)))
    return found


def next_seq(attempt: QuizAttempt) -> int:
    last = db.session.scalar(
        select(func.max(AnswerEntry.seq)).where(
            AnswerEntry.attempt_id == attempt.id, AnswerEntry.epoch == attempt.epoch
        )
    )
    return (last or 0) + 1
