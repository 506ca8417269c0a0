"""What remains of a lesson: minutes, answers, hands and turns of each pupil, the line of each school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db
from lms.lessons import guard, judging
from lms.lessons.models import StreamedEvent, StreamedLesson, StreamedPresence, StreamedQuestion
from lms.lessons.queries.board import counted
from lms.lessons.queries.room import Group, Pupil, questions, roster


@dataclass
class PupilRecord:
    pupil: Pupil
    minutes: float = 0.0
    answers: dict[UUID, list[str]] = field(default_factory=dict)
    right: int = 0
    judged: int = 0
    hands: int = 0
    turns: int = 0
    notes: int = 0
    later: bool = False

    @property
    def attended(self) -> str:
        if self.minutes >= 1 or self.answers:
            return "there"
        return "later" if self.later else "absent"


@dataclass
class SchoolRecord:
    name_kk: str
    name_ru: str
    pupils: list[PupilRecord] = field(default_factory=list)
    rtts: list[int] = field(default_factory=list)
    drops: int = 0
    alone: int = 0
    helps: int = 0

    @property
    def there(self) -> int:
        return sum(one.attended == "there" for one in self.pupils)

    @property
    def minutes(self) -> float:
        return sum(one.minutes for one in self.pupils if one.attended == "there") / max(self.there, 1)

    @property
    def answered(self) -> int:
        return sum(len(one.answers) for one in self.pupils)

    @property
    def share_right(self) -> int | None:
        judged = sum(one.judged for one in self.pupils)
        return round(100 * sum(one.right for one in self.pupils) / judged) if judged else None

    @property
    def turns(self) -> int:
        return sum(one.turns for one in self.pupils)

    @property
    def rtt(self) -> int | None:
        return round(median(self.rtts)) if self.rtts else None


@dataclass(frozen=True)
class Together:
    """One task for pairs of pupils, and what each pair has written last."""

    task: str
    pairs: list[tuple[list[tuple[str, list[str]]], str]]  # (name, school in both languages) of each; the text


@dataclass(frozen=True)
class Record:
    schools: list[SchoolRecord]
    questions: list[tuple[StreamedQuestion, list[tuple[str, int, bool]], list[tuple[str, int, int]], int]]
    screen: guard.ScreenTime
    overrides: list[str]
    minutes: float
    events: int
    together: list[Together]


def devices_ready(lesson_id: UUID) -> dict[UUID, tuple[int, datetime]]:
    """By school: on how many devices all slides lie, and since when."""
    found: dict[UUID, tuple[set[str], datetime]] = {}
    for school, key, at in db.session.execute(
        select(StreamedEvent.school_id, StreamedEvent.key, StreamedEvent.happened_at).where(
            StreamedEvent.lesson_id == lesson_id, StreamedEvent.kind == "ready"
        )
    ):
        if school is None:
            continue
        devices, newest = found.get(school, (set(), at))
        found[school] = (devices | {key.split(".")[2]}, max(newest, at))
    return {school: (len(devices), newest) for school, (devices, newest) in found.items()}


def record_of(lesson: StreamedLesson, table: str) -> Record:
    groups = roster(lesson.id)
    asked = {one.id: one for one in questions(lesson.id)}
    events = _events(lesson.id)
    schools, pupils = _schools(groups)
    _add_minutes(lesson, pupils)
    _add_events(events, schools, pupils)
    for row in pupils.values():
        verdicts = [
            judging.right(asked[key].kind, asked[key].key, said)
            for key, said in row.answers.items()
            if key in asked
        ]
        row.right, row.judged = sum(one is True for one in verdicts), sum(one is not None for one in verdicts)
    opened = {one.question_id for one in events if one.kind == "opened"}
    until = lesson.ended_at or clock.now()
    breaks = [(one.kind, one.happened_at) for one in events if one.kind in ("away", "back")]
    limit = guard.limit_for((group.school_class.grade for group in groups), table)
    return Record(
        list(schools.values()),
        [
            _question(one, pupils.values())
            for key, one in asked.items()
            if key.hex in lesson.now.get("asked", []) or key in opened
        ],
        guard.screen_time(limit, lesson.began_at, breaks, until),
        [str(one.data.get("why", "")) for one in events if one.kind == "override"],
        (until - lesson.began_at).total_seconds() / 60 if lesson.began_at else 0.0,
        len(events),
        _together(events),
    )


def _events(lesson_id: UUID) -> Sequence[Any]:
    row = StreamedEvent
    return db.session.execute(
        select(row.kind, row.person_id, row.school_id, row.question_id, row.happened_at, row.data)
        .where(row.lesson_id == lesson_id, row.kind.not_in(("ink", "wipe", "page")))
        .order_by(row.id)
    ).all()


def _schools(groups: Sequence[Group]) -> tuple[dict[UUID, SchoolRecord], dict[UUID, PupilRecord]]:
    schools: dict[UUID, SchoolRecord] = {}
    pupils: dict[UUID, PupilRecord] = {}
    for group in groups:
        school = schools.setdefault(group.school.id, SchoolRecord(group.school.name_kk, group.school.name_ru))
        for one in group.pupils:
            pupils[one.id] = PupilRecord(one)
            school.pupils.append(pupils[one.id])
    return schools, pupils


def _add_minutes(lesson: StreamedLesson, pupils: dict[UUID, PupilRecord]) -> None:
    row = StreamedPresence
    spells: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for person, since, until in db.session.execute(
        select(row.person_id, row.since, row.until).where(row.lesson_id == lesson.id, row.later.is_(False))
    ):
        spells[person].append((since, until))
    for person, found in spells.items():
        if person in pupils:
            pupils[person].minutes = covered_minutes(found)


def covered_minutes(spells: Sequence[tuple[datetime, datetime]]) -> float:
    """Two devices at once are one pupil: what overlaps counts once."""
    total, last = 0.0, None
    for since, until in sorted(spells):
        begin = max(since, last) if last else since
        if until > begin:
            total += (until - begin).total_seconds()
        last = max(last, until) if last else until
    return total / 60


def _add_events(
    events: Sequence[Any], schools: dict[UUID, SchoolRecord], pupils: dict[UUID, PupilRecord]
) -> None:
    for one in events:
        pupil, school = pupils.get(one.person_id), schools.get(one.school_id)
        if pupil:
            if one.kind == "answer":
                pupil.answers[one.question_id] = one.data["a"]
            pupil.hands += one.kind == "hand"
            pupil.turns += one.kind in ("call", "draw")
            pupil.notes += one.kind == "note"
            pupil.later = pupil.later or one.kind == "later"
        if school:
            if one.kind == "link":
                school.rtts += filter(None, [one.data.get("r", 0)])  # the first sign of life has none to tell
                school.drops += one.data.get("x", 0)
            school.alone += one.data.get("n", 0) if one.kind == "own" else 0
            school.helps += one.kind == "help"


def _together(events: Sequence[Any]) -> list[Together]:
    said = {(one.data["n"], one.data["g"]): one.data["t"] for one in events if one.kind == "pair"}
    return [
        Together(one.data["t"], [
            ([(name, one.data["s"][school]) for _key, name, school in group], said.get((one.data["n"], number), ""))
            for number, group in enumerate(one.data.get("g", ()))
        ])
        for one in events if one.kind == "pairs"
    ]  # fmt: skip


def _question(question: StreamedQuestion, pupils: Any) -> Any:
    given = [row.answers[question.id] for row in pupils if question.id in row.answers]
    words = judging.cloud(said[0] for said in given) if question.kind == "cloud" else []
    return question, counted(question, given), words, len(given)
