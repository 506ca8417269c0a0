"""Words from pupils' own devices: three thousand answers within seconds are written in some hundred transactions.

A pupil's word changes nothing that another word builds upon, so those that come while others are being written are
written together: the lessons, the sign-ins, the rows, the presences, one flush to the disk. What fails here has kept
nothing and goes the long way, word by word (`words.say` without `Gathered`). Both ways write the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lms.core import clock, ids
from lms.core.db import commit, db, edge
from lms.core.db.desk import Desk
from lms.core.live import publish
from lms.lessons.models import StreamedEvent, StreamedLesson, StreamedPresence
from lms.lessons.service.attending import GAP
from lms.lessons.service.words import Gathered, Unsaid, say
from lms.lessons.tickets import Seat
from lms.people.models import SignInSession

notes = structlog.get_logger()
_event: Any = StreamedEvent.__table__
_presence: Any = StreamedPresence.__table__
_lesson: Any = StreamedLesson.__table__
_session: Any = SignInSession.__table__

# Built once: building a statement costs more than running it.
LESSONS = select(_lesson.c["id", "state", "began_at", "ended_at", "now"]).where(
    _lesson.c.id.in_(bindparam("lessons", expanding=True))
)
SIGN_INS = select(_session.c.id).where(
    _session.c.id.in_(bindparam("sessions", expanding=True)),
    _session.c.ended_at.is_(None),
    _session.c.expires_at > bindparam("now"),
)
ONCE = {
    kind.dialect.name: kind.insert(_event).on_conflict_do_nothing(index_elements=["key"])
    for kind in (sqlite, postgresql)
}


@dataclass(frozen=True)
class Said:
    """A word as it came over the line."""

    number: int
    kind: str
    data: Any
    ago: float


@dataclass(eq=False)
class Message:
    """What one device sent at once. `answer` says which numbers are done and why others are not."""

    seat: Seat
    device: str
    said: Sequence[Said]
    done: bool = False
    answer: dict[str, Any] | None = None

    def heard_by(self, lesson: StreamedLesson, into: Gathered | None = None) -> dict[str, Any]:
        start = f"{lesson.id.hex}.{self.seat.person_id.hex}.{self.device}"
        done, refused = [], {}
        for one in self.said:
            try:
                say(lesson, self.seat, f"{start}.{one.number}", one.kind, one.data, one.ago, into)
                done.append(one.number)
            except Unsaid as error:
                refused[str(one.number)] = error.code
        return {"done": done, "not": refused}


def receive(message: Message) -> dict[str, Any] | None:
    """The answer to a pupil's message, or None where the long way must judge it."""
    commit()  # nobody waits at the desk with the database's lock in their hand
    desk.hand_in(message)
    return message.answer


def _write_together(messages: list[Message]) -> None:
    gathered, answers = Gathered(), []
    with edge():
        lessons, signed_in = _lessons(messages), _signed_in(messages)
        for one in messages:
            lesson = lessons.get(one.seat.lesson_id)
            if lesson is not None and one.seat.session_id in signed_in:
                answers.append((one, one.heard_by(lesson, gathered)))
        _keep(gathered.rows)
        _see(gathered.seen)
        for channel in sorted(gathered.stirred):
            publish(channel, "stir")
    for one, answer in answers:
        one.answer = answer


def _failed(messages: list[Message]) -> None:
    """Nothing of it is kept: each goes the long way, where the one at fault is told apart."""
    notes.exception("words together")
    for one in messages:
        one.answer = None


desk: Desk[Message] = Desk(lambda messages: _write_together(messages), _failed, id)


def _lessons(messages: Sequence[Message]) -> dict[UUID, Any]:
    """Of a lesson what a pupil's word asks about, without the rest of the row."""
    asked = {"lessons": list({one.seat.lesson_id for one in messages})}
    return {row.id: row for row in db.session.connection().execute(LESSONS, asked)}


def _signed_in(messages: Sequence[Message]) -> set[UUID]:
    asked = [one.seat.session_id for one in messages if one.seat.session_id]
    found = db.session.connection().execute(SIGN_INS, {"sessions": asked, "now": clock.now()})
    return set(found.scalars())


def _keep(rows: list[dict[str, Any]]) -> None:
    """In the order of their keys, so that two processes with the same words never wait for each other."""
    if rows:
        connection = db.session.connection()
        connection.execute(ONCE[connection.dialect.name], sorted(rows, key=lambda one: str(one["key"])))


def _see(seen: Sequence[tuple[UUID, UUID, UUID, UUID, datetime]]) -> None:
    """As `attending` does for one: what follows closely is prolonged, what lies within is known, else a new spell."""
    if not seen:
        return
    known, fresh = _spells(seen), []
    changed: dict[UUID, datetime] = {}
    for lesson, person, group, school, at in seen:
        spells = known.setdefault((lesson, person), [])
        near = [one for one in spells if one["until"] > at - GAP and one["since"] <= at + GAP]
        for one in near:
            if one["until"] < at:
                one["until"] = at
                changed[one["id"]] = at
        if not any(one["since"] <= at <= one["until"] for one in spells):
            row = {"id": ids.new_id(), "lesson_id": lesson, "person_id": person, "class_id": group,
                   "school_id": school, "since": at, "until": at, "later": False}  # fmt: skip
            spells.append(row)
            fresh.append(row)
    connection = db.session.connection()
    if fresh:
        connection.execute(insert(_presence), fresh)
    old = [
        {"key": key, "at": at}
        for key, at in sorted(changed.items())
        if key not in {one["id"] for one in fresh}
    ]
    if old:
        connection.execute(
            update(_presence).where(_presence.c.id == bindparam("key")).values(until=bindparam("at")), old
        )


def _spells(
    seen: Sequence[tuple[UUID, UUID, UUID, UUID, datetime]],
) -> dict[tuple[UUID, UUID], list[dict[str, Any]]]:
    row, found = StreamedPresence, dict[tuple[UUID, UUID], list[dict[str, Any]]]()
    for key, lesson, person, since, until in db.session.execute(
        select(row.id, row.lesson_id, row.person_id, row.since, row.until).where(
            row.lesson_id.in_({one[0] for one in seen}), row.person_id.in_({one[1] for one in seen}),
            row.later.is_(False),
        )
    ):  # fmt: skip
        found.setdefault((lesson, person), []).append({"id": key, "since": since, "until": until})
    return found
