"""From answers to points: at the end of an attempt, by a person, and again when a key changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import audit, clock
from lms.core.db import db
from lms.core.errors import Refused
from lms.quizzes.models import GivenAnswer, ItemVersion, KeyChange, QuizAttempt
from lms.quizzes.queries.bank import versions_by_id
from lms.quizzes.questions import Mark, kind_of
from lms.quizzes.service import certifying, news, seconding

PAPER = "paper"  # what ended an attempt that came on a sheet
GRACE = timedelta(seconds=60)  # for a line that is slow, not for more answers
WHOLE = timedelta(seconds=2)  # a page counts in whole seconds


def hand_in(attempt: QuizAttempt) -> None:
    """By the pupil, or by their page because time was up: then it was the clock that ended it."""
    over = attempt.deadline is not None and clock.now() >= attempt.deadline - WHOLE
    end(attempt, "clock" if over else "pupil")


def end(attempt: QuizAttempt, by: str) -> None:
    """No more answers; what can be marked is marked. Ended by the clock, it ended when the clock said."""
    if attempt.ended_at is None:
        # Answers that are being written are written first: the marks must not miss them.
        db.session.execute(select(QuizAttempt.id).where(QuizAttempt.id == attempt.id).with_for_update())
        over = attempt.deadline if by == "clock" and attempt.deadline else clock.now()
        attempt.ended_at, attempt.ended_by = over, by
    mark_attempt(attempt)


def mark_attempt(attempt: QuizAttempt) -> None:
    """Every question gets its row, the empty ones too. Marks given by hand stay."""
    asked = [one for one in attempt.questions if one["n"]]
    changes = changes_of(attempt.sitting_id)
    known = versions_by_id(
        [UUID(one["v"]) for one in asked] + [one.new_id for one in changes.values() if one.new_id]
    )
    rows = _rows(attempt.id)
    for one in asked:
        row = rows.get(one["n"])
        if row is None:
            row = GivenAnswer(attempt_id=attempt.id, number=one["n"], fields={})
            db.session.add(row)
            rows[one["n"]] = row
        row.version_id = UUID(one["v"])
        _mark(row, known, changes.get(row.version_id), one["s"], attempt.ended_by == PAPER)
    db.session.flush()
    add_up(attempt, rows.values())


def _mark(
    row: GivenAnswer, known: dict[UUID, ItemVersion], change: KeyChange | None, seed: int, on_paper: bool
) -> None:
    assert row.version_id is not None
    version = known[row.version_id]
    kind = kind_of(version.item.kind)
    answer = kind.answer(version.content, seed, row.fields)
    row.most = kind.most(version.content)
    if change is not None and change.new_id is None:
        row.points, row.mistakes, row.waiting = row.most, 0, False
        return
    written = on_paper and not kind.sheet  # in a pupil's hand, beside the bubbles
    if row.marked_by is not None and (written or (kind.by_hand and answer is not None)):
        return  # a person has decided
    if written:
        row.points, row.mistakes, row.waiting = None, 0, True
        return
    mark = kind.mark(
        known[change.new_id].content if change and change.new_id else version.content, answer, seed
    )
    row.points, row.mistakes, row.waiting = _points(mark, row.most), mark.mistakes, mark.by_hand


def _points(mark: Mark, most: float) -> float | None:
    """A corrected key may be worth more or less by itself; the question keeps the points it was sat for."""
    return None if mark.by_hand else round(mark.share * most, 4)


def _rows(attempt_id: UUID) -> dict[int, GivenAnswer]:
    found = db.session.scalars(
        select(GivenAnswer)
        .where(GivenAnswer.attempt_id == attempt_id)
        .execution_options(populate_existing=True)
    )
    return {row.number: row for row in found}


def add_up(attempt: QuizAttempt, rows: Iterable[GivenAnswer] | None = None) -> None:
    found = list(_rows(attempt.id).values() if rows is None else rows)
    attempt.points = round(sum(row.points or 0 for row in found), 2)
    attempt.most = round(sum(row.most or 0 for row in found), 2)
    attempt.to_mark = sum(row.waiting for row in found)


def changes_of(sitting_id: UUID) -> dict[UUID, KeyChange]:
    """By the version whose key was changed; a later change replaces an earlier one."""
    rows = db.session.scalars(
        select(KeyChange).where(KeyChange.sitting_id == sitting_id).order_by(KeyChange.id)
    )
    return {row.old_id: row for row in rows}


def mark_by_hand(
    attempt: QuizAttempt,
    row: GivenAnswer,
    person_id: UUID,
    points: float,
    levels: list[float] | None,
    comment: str,
) -> None:
    """A person decides; the points lie between nothing and the most of the question."""
    if not 0 <= points <= (row.most or 0):
        raise Refused(_("Give between 0 and %(most)s points.", most=row.most or 0))
    decided, before = row.marked_by is not None, attempt.points
    row.points, row.levels, row.comment = points, levels, comment[:2000]
    row.waiting, row.marked_by, row.marked_at = False, person_id, clock.now()
    if decided:  # given once more, with both marks in sight
        seconding.settle(attempt, row.number)
    db.session.flush()
    add_up(attempt)
    if attempt.sitting.published_at is not None and attempt.points != before:
        news.changed([attempt])
        certifying.look_again(attempt.sitting)
    audit.record("answer.marked", attempt, path=attempt.path, number=row.number, points=points)


def change_key(
    sitting: Any, old: ItemVersion, new: ItemVersion | None, person_id: UUID, reason: str
) -> KeyChange:
    """Marks again exactly the attempts that had this question, and keeps what they had before."""
    change = KeyChange(sitting_id=sitting.id, old_id=old.id, new_id=new.id if new else None, reason=reason[:500], made_by=person_id)  # fmt: skip
    db.session.add(change)
    db.session.flush()
    attempts = db.session.scalars(
        select(QuizAttempt)
        .join(GivenAnswer, GivenAnswer.attempt_id == QuizAttempt.id)
        .where(
            QuizAttempt.sitting_id == sitting.id,
            QuizAttempt.ended_at.is_not(None),
            GivenAnswer.version_id == old.id,
        )
        .order_by(QuizAttempt.id)
    ).all()
    touched, other = [], []
    for attempt in attempts:
        before = attempt.points
        mark_attempt(attempt)
        touched.append([attempt.id.hex, before, attempt.points])
        other += [attempt] if attempt.points != before else []
    change.touched = touched
    if sitting.published_at is not None:
        news.changed(other)
        certifying.look_again(sitting)
    audit.record("test.key_changed", sitting, path=sitting.path, reason=reason[:200], rows=len(touched))
    return change
