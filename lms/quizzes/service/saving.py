"""Answers on their way in: numbered, written once, a handful of plain statements whatever the class does.

An entry is `{"seq", "number", "fields", "beacon", "since"}`: the server's own signed time the page knew last, and the
milliseconds since. Its moment is therefore measured by the server's clock and the page's stop-watch, never by
the wall clock of the computer. An entry written before the deadline counts though it comes later – the same computer,
within a day – and the teacher is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from lms.core import clock
from lms.core.db import begin_writing, db
from lms.quizzes.models import AnswerEntry, AnswerFile, GivenAnswer, QuizAttempt, Sitting, SittingEvent
from lms.quizzes.service.marking import GRACE
from lms.quizzes.service.messages import RANK

LATE = timedelta(days=1)


@dataclass(frozen=True)
class Saved:
    """What the page is told. `state`: open, ended, superseded (another computer took over)."""

    state: str
    seqs: list[int]
    left: float | None
    beacon: str
    pause: float = 0.0  # seconds of a break that are left


def beacon(attempt_id: UUID, now: datetime | None = None) -> str:
    return str(_signer().dumps([attempt_id.hex, round((now or clock.now()).timestamp() * 1000)]))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="exam beacon")


def save(attempt_id: UUID, person_id: UUID, epoch: int, entries: list[dict[str, Any]], away: int = 0, pasted: int = 0) -> Saved | None:  # fmt: skip
    """None when the attempt is not theirs. One look, the journal, what stands now, when they were seen."""
    begin_writing()  # nobody ends the attempt between the look and what is written
    attempt = db.session.execute(
        select(
            QuizAttempt.epoch,
            QuizAttempt.deadline,
            QuizAttempt.ended_at,
            QuizAttempt.ended_by,
            QuizAttempt.break_until,
            Sitting.published_at,
        )
        .join(Sitting, Sitting.id == QuizAttempt.sitting_id)
        .where(
            QuizAttempt.id == attempt_id, QuizAttempt.person_id == person_id, Sitting.withdrawn_at.is_(None)
        )
        .with_for_update(of=QuizAttempt, key_share=True)
    ).first()
    if attempt is None or epoch > attempt.epoch:
        return None
    now = clock.now()
    rows = [row_of(attempt_id, epoch, entry, attempt, now) for entry in entries]
    if rows:
        journal(rows)
        stand([row for row in rows if row["counts"]])
    _seen(attempt_id, now, rows, away, pasted, attempt)
    return told(attempt, epoch, rows, now, attempt_id)


def told(
    attempt: Any, epoch: int, rows: list[dict[str, Any]], now: datetime, key: UUID | None = None
) -> Saved:
    return Saved(
        _state(attempt, epoch),
        [row["seq"] for row in rows],
        _left(attempt, now),
        beacon(key or attempt.id, now),
        max(0.0, (attempt.break_until - now).total_seconds()) if attempt.break_until else 0.0,
    )


def _state(attempt: Any, epoch: int) -> str:
    if attempt.ended_at is not None:
        return "ended"
    return "open" if epoch == attempt.epoch else "superseded"


def _left(attempt: Any, now: datetime) -> float | None:
    return None if attempt.deadline is None else max(0.0, (attempt.deadline - now).total_seconds())


def row_of(
    attempt_id: UUID, epoch: int, entry: dict[str, Any], attempt: Any, now: datetime
) -> dict[str, Any]:
    seq, number, fields = entry["seq"], entry["number"], entry["fields"]
    written = min(now, _written(attempt_id, entry) or now)
    return {
        "attempt_id": attempt_id, "epoch": epoch, "seq": seq, "number": number, "fields": fields,
        "received_at": now, "written_at": written, "counts": _counts(attempt, written, now),
    }  # fmt: skip


def _written(attempt_id: UUID, entry: dict[str, Any]) -> datetime | None:
    try:
        key, stamp = _signer().loads(entry.get("beacon", ""))
    except (BadData, ValueError, TypeError):
        return None
    if key != attempt_id.hex:
        return None
    return datetime.fromtimestamp((stamp + entry["since"]) / 1000, UTC)


def _counts(attempt: Any, written: datetime, now: datetime) -> bool:
    """In time by the server's clock; after a pupil or a teacher ended it nothing counts that was written later."""
    if attempt.published_at is not None:
        return False
    if attempt.ended_at is not None and attempt.ended_by != "clock" and written > attempt.ended_at:
        return False
    if attempt.deadline is None:
        return attempt.ended_at is None or written <= attempt.ended_at
    return bool(written <= attempt.deadline + GRACE and now <= attempt.deadline + LATE)


@cache
def _statements(dialect: str) -> tuple[Any, Any]:
    """Put together once: what goes into the journal, and what stands."""
    insert = (sqlite if dialect == "sqlite" else postgresql).insert
    journal = insert(AnswerEntry.__table__).on_conflict_do_nothing(
        index_elements=["attempt_id", "epoch", "seq"]
    )
    stand = insert(GivenAnswer.__table__)
    fresh = stand.excluded
    return journal, stand.on_conflict_do_update(
        index_elements=["attempt_id", "number"],
        set_={"fields": fresh.fields, "rank": fresh.rank},
        where=GivenAnswer.__table__.c.rank < fresh.rank,
    )


def journal(rows: list[dict[str, Any]]) -> None:
    """A number that is there already stays as it was: a repeated message changes nothing."""
    unique = {(row["attempt_id"], row["epoch"], row["seq"]): row for row in reversed(rows)}
    connection = db.session.connection()
    connection.execute(_statements(connection.dialect.name)[0], list(unique.values()))


def stand(rows: list[dict[str, Any]]) -> None:
    """The newest entry of each question; an older one that comes late changes nothing."""
    newest: dict[tuple[UUID, int], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda one: one["seq"]):
        newest[row["attempt_id"], row["number"]] = {
            "attempt_id": row["attempt_id"], "number": row["number"], "fields": row["fields"],
            "rank": row["epoch"] * RANK + row["seq"],
            "mistakes": 0, "waiting": False, "comment": "",
        }  # fmt: skip
    if not newest:
        return
    connection = db.session.connection()
    connection.execute(_statements(connection.dialect.name)[1], [newest[key] for key in sorted(newest)])


def _seen(
    attempt_id: UUID, now: datetime, rows: list[dict[str, Any]], away: int, pasted: int, attempt: Any
) -> None:
    table: Any = QuizAttempt.__table__
    db.session.connection().execute(
        update(table).where(table.c.id == attempt_id).values(last_seen_at=now, away=table.c.away + away)
    )
    late = attempt.ended_at is not None and any(row["counts"] for row in rows)
    told = (
        [("away", str(away))] * bool(away)
        + [("paste", str(pasted))] * bool(pasted)
        + [("late", str(len(rows)))] * late
        + [("parallel", str(len(rows)))] * bool(rows and rows[0]["epoch"] < attempt.epoch)
    )
    db.session.add_all([SittingEvent(attempt_id=attempt_id, kind=kind, detail=text) for kind, text in told])


def keep_file(attempt_id: UUID, digest: str) -> None:
    """The file is needed as long as the attempt is kept."""
    if db.session.get(AnswerFile, (attempt_id, digest)) is None:
        db.session.add(AnswerFile(attempt_id=attempt_id, file=digest))
