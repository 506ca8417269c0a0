"""What has come of it: per class and pupil, one attempt, and which answers were given by how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from lms.core import clock
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may
from lms.people.models import Person
from lms.player import engine
from lms.player.models import Assignment, CommitEntry, Launch, Registration, ScreenTime
from lms.player.models.playing import WITHOUT_STATE
from lms.player.queries.giving import pupils_of

# Nobody reads a lesson and answers its test faster than this.
SHORTEST = timedelta(seconds=45)


@dataclass(frozen=True)
class Line:
    """One pupil of an assignment: the attempt that counts, and what there is besides."""

    person: Person
    attempts: Sequence[Registration]
    counting: str
    places: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> Registration | None:
        return counting(self.attempts, self.counting) if self.attempts else None

    @property
    def score(self) -> float | None:
        if self.counting != "average":
            return self.counts.score if self.counts else None
        scores = [one.score for one in self.attempts if one.score is not None]
        return sum(scores) / len(scores) if scores else None

    @property
    def seconds(self) -> float:
        return sum(one.seconds for one in self.attempts)

    @property
    def last_seen_at(self) -> datetime | None:
        return max((one.last_seen_at for one in self.attempts), default=None)

    @property
    def stuck_at(self) -> str:
        """The activity on the screen of an attempt that goes on, or the one at which it was left."""
        now = self.attempts[-1] if self.attempts else None
        return self.places.get(now.place, "") if now and now.finished_at is None else ""

    @property
    def hasty(self) -> bool:
        return any(hasty(one) for one in self.attempts)


def counting(attempts: Sequence[Registration], which: str) -> Registration:
    """The one that is shown; of an average it is the last."""
    if which == "first":
        return attempts[0]
    if which in ("last", "average"):
        return attempts[-1]
    return max(attempts, key=_rank)


def _rank(one: Registration) -> tuple[bool, float, bool, int]:
    return (one.success == "passed", one.score or 0.0, one.completion == "completed", one.number)


def hasty(one: Registration) -> bool:
    """Finished faster than anybody can read, or with more reported time than has passed."""
    if one.finished_at is None:
        return False
    passed = one.finished_at - one.created_at
    return passed < SHORTEST or one.seconds > 1.5 * passed.total_seconds() + 60


def lines(assignment: Assignment) -> list[Line]:
    """Every pupil it is given to, in the order of names: two statements."""
    people = {one.person.id: one.person for one in assignment.targets if one.person is not None}
    classes = [one.class_id for one in assignment.targets if one.class_id is not None]
    people |= {person.id: person for person, _class in pupils_of(classes)}
    done = attempts_of(assignment.id, *WITHOUT_STATE)
    places = titles(assignment)
    return [
        Line(person, [one for one in done if one.person_id == person.id], assignment.counting, places)
        for person in sorted(people.values(), key=lambda one: one.sort_key)
    ]


def attempts_of(assignment_id: UUID, *options: ExecutableOption) -> Sequence[Registration]:
    return db.session.scalars(
        select(Registration)
        .options(*options)
        .where(Registration.assignment_id == assignment_id, Registration.mode == "normal")
        .order_by(Registration.number)
    ).all()


def titles(assignment: Assignment) -> dict[str, str]:
    """By activity; read from the manifest, which is in memory after the first time."""
    root = engine.manifest_of(assignment.version.manifest).organization().root
    return {item.identifier: item.title for item in root.walk()}


def registration_or_404(key: UUID, permission: str) -> Registration:
    """One's own attempt, or one of a pupil of one's school."""
    row = db.session.scalar(
        select(Registration)
        .options(
            joinedload(Registration.person),
            joinedload(Registration.version),
            joinedload(Registration.assignment).joinedload(Assignment.package),
        )
        .where(Registration.id == key)
    )
    if row is None or (row.person_id != actor().person_id and not may(permission, row.path)):
        raise NotYours
    return row


def screen_time(row: Registration) -> ScreenTime | None:
    """How long they looked at packages on the day they were last here, and whether they rested."""
    day = row.last_seen_at.astimezone(clock.KAZAKHSTAN).date()
    return db.session.get(ScreenTime, (row.person_id, day))


@dataclass(frozen=True)
class Part:
    """One activity of an attempt: where it stands, and the rules it has not met."""

    title: str
    depth: int
    leaf: bool
    status: str
    score: float | None
    attempts: int
    unmet: Sequence[dict[str, Any]]


def parts(row: Registration) -> list[Part]:
    """The whole tree of an attempt. Empty before it was opened."""
    if row.state is None:
        return []
    game = engine.played(row)
    facts, reasons = game.course.tracking(), engine.reasons(game)
    found = []
    for item in engine.contents(game):
        known = facts.get(item["id"], {})
        primary = (known.get("objectives") or [{}])[0]
        found.append(
            Part(
                item["title"],
                item["depth"],
                item["leaf"],
                engine.status_of(known),
                primary.get("measure"),
                known.get("attempt_count", 0),
                reasons.get(item["id"], []),
            )
        )
    return found


def log_of(row: Registration) -> Listing:
    """Every entry of every launch as it came, with what it was answered: the moderator's tool."""
    found: Any = (
        select(CommitEntry, Launch.epoch)
        .join(Launch, Launch.id == CommitEntry.launch_id)
        .where(CommitEntry.registration_id == row.id)
    )
    return listing(found, sorts={"when": CommitEntry.received_at}, default="-when")


@dataclass
class Question:
    """One interaction of the package, over all attempts that answered it."""

    key: str
    part: str  # the activity that asked it: two parts may number their questions alike
    text: str = ""
    right: int = 0
    answered: int = 0
    responses: Counter[str] = field(default_factory=Counter)


def questions(assignment_id: UUID) -> list[Question]:
    """Which answers were given, and by how many: the last answer of each attempt counts."""
    found: dict[tuple[str, str], Question] = {}
    for row in attempts_of(assignment_id):
        for (part, key), answer in records(row.state or {}, "cmi.interactions.").items():
            one = found.setdefault((part, key), Question(key, part))
            one.answered += 1
            one.right += answer.get("result") == "correct"
            one.text = answer.get("description", "") or one.text
            one.responses[answer.get("learner_response") or answer.get("student_response", "")] += 1
    return list(found.values())


def records(state: dict[str, Any], part: str) -> dict[tuple[str, str], dict[str, str]]:
    """Of a list of the data model, by activity and id; a later record of the same id replaces the earlier one."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for activity, values in _values(state).items():
        by_number: dict[int, dict[str, str]] = {}
        for element, value in values.items():
            if element.startswith(part):
                number, _, name = element.removeprefix(part).partition(".")
                by_number.setdefault(int(number), {})[name] = value
        for _number, record in sorted(by_number.items()):
            if record.get("id"):
                found[activity, record["id"]] = record
    return found


def _values(state: dict[str, Any]) -> dict[str, dict[str, str]]:
    """By activity: what the one on the screen says now stands above what its last session left."""
    found = {activity: kept["values"] for activity, kept in state.get("kept", {}).items()}
    if state.get("session"):
        found[state["screen"]["activity"] or ""] = state["session"]["store"]["values"]
    return {activity: values for activity, values in found.items() if values}


__all__ = [
    "Line", "Part", "Question", "attempts_of", "counting", "hasty", "lines", "log_of", "parts", "questions",
    "records", "registration_or_404", "screen_time", "titles",
]  # fmt: skip
