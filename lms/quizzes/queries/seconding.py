"""What the second marker still has to mark, and where the two marks differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from lms.core.db import db
from lms.quizzes.models import GivenAnswer, Item, ItemVersion, QuizAttempt, SecondMark, Sitting
from lms.quizzes.questions import KINDS

BY_HAND = [name for name, kind in KINDS.items() if kind.by_hand]
SAME = 0.001


def _answers(sitting: Sitting) -> Select[Any]:
    """Answers of attempts that have ended which only a person can mark; empty ones need nobody."""
    return (
        select(GivenAnswer)
        .join(QuizAttempt, QuizAttempt.id == GivenAnswer.attempt_id)
        .join(ItemVersion, ItemVersion.id == GivenAnswer.version_id)
        .join(Item, Item.id == ItemVersion.item_id)
        .where(
            QuizAttempt.sitting_id == sitting.id, QuizAttempt.ended_at.is_not(None), Item.kind.in_(BY_HAND),
            GivenAnswer.waiting | GivenAnswer.marked_by.is_not(None),
        )
        .order_by(GivenAnswer.version_id, GivenAnswer.attempt_id)
    )  # fmt: skip


def waiting_for_second(sitting: Sitting) -> Sequence[GivenAnswer]:
    known = (SecondMark.attempt_id == GivenAnswer.attempt_id) & (SecondMark.number == GivenAnswer.number)
    return db.session.scalars(
        _answers(sitting).outerjoin(SecondMark, known).where(SecondMark.attempt_id.is_(None))
    ).all()


@dataclass(frozen=True)
class Two:
    """Both marks of one answer."""

    answer: GivenAnswer
    second: SecondMark
    attempt: QuizAttempt

    @property
    def different(self) -> bool:
        return self.second.settled_at is None and abs((self.answer.points or 0) - self.second.points) > SAME


def both(sitting: Sitting) -> list[Two]:
    """Answers with a mark of each, those that differ first."""
    known = (SecondMark.attempt_id == GivenAnswer.attempt_id) & (SecondMark.number == GivenAnswer.number)
    rows = db.session.execute(
        _answers(sitting)
        .join(SecondMark, known)
        .add_columns(SecondMark, QuizAttempt)
        .where(~GivenAnswer.waiting)
    ).all()
    return sorted((Two(*row) for row in rows), key=lambda one: not one.different)


def outstanding(sitting: Sitting) -> tuple[int, int]:
    """(answers without a second mark, answers whose two marks differ)."""
    return len(waiting_for_second(sitting)), sum(one.different for one in both(sitting))
