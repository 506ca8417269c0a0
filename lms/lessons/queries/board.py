"""What the teachers' boards show: schools, hands in fair order, answers by school and pupil, notes, screen time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, or_, select

from lms.core import clock
from lms.core.db import db
from lms.lessons import fairness, guard, judging
from lms.lessons.models import StreamedEvent, StreamedLesson, StreamedPresence, StreamedQuestion
from lms.lessons.queries.room import Group, Pupil, roster
from lms.places.models import Place

FRESH = timedelta(seconds=150)
NOTES = 30
WATCHED = ("hand", "lower", "call", "draw", "quiet", "help", "note", "line", "link", "ready", "own", "away", "back", "step",
           "override", "pair")  # fmt: skip


@dataclass
class SchoolLine:
    """One school on the board."""

    school: Place
    pupils: int = 0
    here: set[UUID] = field(default_factory=set)
    answered: int = 0
    right: int = 0
    turns: int = 0
    devices_ready: int = 0
    rtt: int | None = None
    drops: int = 0
    step: str = ""  # what of voice and video its line carries
    alone: int = 0  # seconds it has taught itself while the line was gone
    seen_at: datetime | None = None

    @property
    def state(self) -> str:
        if self.seen_at is None:
            return "never"
        return "here" if self.seen_at > clock.now() - FRESH else "lost"


@dataclass(frozen=True)
class Answers:
    """The question that is open, and who has said what. The newest answer of each pupil counts."""

    question: StreamedQuestion
    of: dict[UUID, list[str]]
    counts: list[tuple[str, int, bool]]  # option, how many, is it in the key
    cloud: list[tuple[str, int, int]]
    right: int
    missing: list[Pupil]
    wrong: list[tuple[Pupil, str]]


@dataclass(frozen=True)
class Note:
    at: datetime
    kind: str
    text: str
    school: Place | None
    pupil: Pupil | None


@dataclass(frozen=True)
class Board:
    lesson: StreamedLesson
    groups: list[Group]
    schools: list[SchoolLine]
    hands: list[Pupil]
    present: set[UUID]
    answers: Answers | None
    notes: list[Note]
    screen: guard.ScreenTime
    away: bool
    pairs: list[tuple[list[tuple[str, list[str]]], str]]  # who with whom, and what they have written


def board(lesson: StreamedLesson, table: str, school_id: UUID | None = None) -> Board:
    """Four statements for any number of pupils. With a school, only what its own teachers may see."""
    groups = roster(lesson.id, school_id)
    pupils = {one.id: one for group in groups for one in group.pupils}
    events = _events(lesson, school_id)
    lines = _lines(groups, events)
    present = _presence(lesson, lines)
    answers = _answers(lesson, pupils, events, present, lines)
    breaks = [(one.kind, one.happened_at) for one in events if one.kind in ("away", "back")]
    limit = guard.limit_for((group.school_class.grade for group in groups), table)
    until = lesson.ended_at or clock.now()
    return Board(
        lesson, groups, list(lines.values()), _hands(events, pupils), present, answers,
        _notes(events, pupils, {key: line.school for key, line in lines.items()}),
        guard.screen_time(limit, lesson.began_at, breaks, until), bool(lesson.now.get("away")),
        _pairs(lesson, events),
    )  # fmt: skip


def _pairs(
    lesson: StreamedLesson, events: Sequence[Row[Any]]
) -> list[tuple[list[tuple[str, list[str]]], str]]:
    pairs = lesson.now.get("pairs") or {}
    said = {
        one.data["g"]: one.data["t"]
        for one in events
        if one.kind == "pair" and one.data["n"] == pairs.get("n")
    }
    return [
        ([(name, pairs["s"][school]) for _key, name, school in group], said.get(number, ""))
        for number, group in enumerate(pairs.get("g", ()))
    ]


def _events(lesson: StreamedLesson, school_id: UUID | None) -> Sequence[Row[Any]]:
    row, open_now = StreamedEvent, lesson.now.get("question") or ""
    about: ColumnElement[bool] = row.kind.in_(WATCHED)
    if open_now:
        about = or_(about, (row.kind == "answer") & (row.question_id == UUID(open_now)))
    wanted = select(
        row.kind, row.person_id, row.school_id, row.by_id, row.happened_at, row.data, row.key
    ).where(row.lesson_id == lesson.id, about)
    if school_id:
        wanted = wanted.where(or_(row.school_id == school_id, row.kind.in_(("away", "back"))))
    return db.session.execute(wanted.order_by(row.id)).all()


def _lines(groups: list[Group], events: Sequence[Row[Any]]) -> dict[UUID, SchoolLine]:
    lines: dict[UUID, SchoolLine] = {}
    for group in groups:
        lines.setdefault(group.school.id, SchoolLine(group.school)).pupils += len(group.pupils)
    ready: dict[UUID, set[str]] = {}
    for one in events:
        line = lines.get(one.school_id)
        if line is None:
            continue
        if one.kind in ("call", "draw"):
            line.turns += 1
        elif one.kind == "link":
            line.rtt, line.drops = one.data.get("r"), line.drops + one.data.get("x", 0)
            line.seen_at = one.happened_at
        elif one.kind == "step":
            line.step = one.data["k"]
        elif one.kind == "own":
            line.alone += one.data.get("n", 0)
        elif one.kind == "ready":
            ready.setdefault(one.school_id, set()).add(one.key.split(".")[2])
    for school, devices in ready.items():
        lines[school].devices_ready = len(devices)
    return lines


def _presence(lesson: StreamedLesson, lines: dict[UUID, SchoolLine]) -> set[UUID]:
    row, present = StreamedPresence, set()
    for person, school, until in db.session.execute(
        select(row.person_id, row.school_id, row.until).where(
            row.lesson_id == lesson.id, row.later.is_(False)
        )
    ):
        line = lines.get(school)
        if line is None:
            continue
        line.seen_at = max(line.seen_at, until) if line.seen_at else until
        if until > clock.now() - FRESH:
            line.here.add(person)
            present.add(person)
    return present


def _hands(events: Sequence[Row[Any]], pupils: dict[UUID, Pupil]) -> list[Pupil]:
    up: dict[UUID, fairness.Hand] = {}
    spoken: list[tuple[Any, Any]] = []
    for one in events:
        if one.kind == "hand" and one.person_id in pupils:
            school = pupils[one.person_id].school_id
            up.setdefault(one.person_id, fairness.Hand(one.person_id, school, one.happened_at.timestamp()))
        elif one.kind in ("lower", "call", "draw"):
            up.pop(one.person_id, None)
            if one.kind != "lower":
                spoken.append((one.person_id, one.school_id))
    return [pupils[hand.pupil] for hand in fairness.in_turn(up.values(), spoken)]  # type: ignore[index]


def _answers(
    lesson: StreamedLesson, pupils: dict[UUID, Pupil], events: Sequence[Row[Any]], present: set[UUID],
    lines: dict[UUID, SchoolLine],
) -> Answers | None:  # fmt: skip
    open_now = lesson.now.get("question") or ""
    question = db.session.get(StreamedQuestion, UUID(open_now)) if open_now else None
    if question is None:
        return None
    given = {
        one.person_id: one.data["a"] for one in events if one.kind == "answer" and one.person_id in pupils
    }
    verdicts = {key: judging.right(question.kind, question.key, said) for key, said in given.items()}
    for key in given:
        line = lines[pupils[key].school_id]
        line.answered, line.right = line.answered + 1, line.right + bool(verdicts[key])
    return Answers(
        question,
        given,
        counted(question, list(given.values())),
        judging.cloud(said[0] for said in given.values()) if question.kind == "cloud" else [],
        sum(bool(one) for one in verdicts.values()),
        [pupils[key] for key in pupils if key in present and key not in given],
        [(pupils[key], spoken(question, given[key])) for key in given if verdicts[key] is False],
    )


def counted(question: StreamedQuestion, given: list[list[str]]) -> list[tuple[str, int, bool]]:
    """Bars: for choices one for each option, for numbers and texts one for each different answer."""
    if question.kind == "cloud":
        return []
    counts = Counter(one for said in given for one in said)
    if question.kind in ("single", "multiple"):
        return [
            (text, counts[str(place)], str(place) in question.key)
            for place, text in enumerate(question.options)
        ]
    if question.parts:
        return [
            (
                f"{part.label}: {part.said(wanted)}",
                sum(judging.fits(wanted, said[place]) for said in _whole(question, given)),
                True,
            )
            for place, (part, wanted) in enumerate(zip(question.parts, question.key, strict=True))
        ]
    return [
        (text, times, judging.right(question.kind, question.key, [text]) is True)
        for text, times in counts.most_common(12)
    ]


def _whole(question: StreamedQuestion, given: list[list[str]]) -> list[list[str]]:
    """Answers with a word for every part."""
    return [said for said in given if len(said) == len(question.key)]


def spoken(question: StreamedQuestion, said: list[str]) -> str:
    """An answer in words: numbers of options become their texts."""
    if question.kind in ("single", "multiple"):
        places = [int(one) for one in said if one.isdigit()]
        return ", ".join(question.options[place] for place in places if place < len(question.options))
    if question.parts:
        return "; ".join(
            f"{part.label}: {part.said(one)}" for part, one in zip(question.parts, said, strict=False)
        )
    return ", ".join(said)


def _notes(events: Sequence[Row[Any]], pupils: dict[UUID, Pupil], schools: dict[UUID, Place]) -> list[Note]:
    found = [
        Note(one.happened_at, one.kind, one.data.get("t") or one.data.get("k") or one.data.get("why", ""),
             schools.get(one.school_id), pupils.get(one.person_id))
        for one in events if one.kind in ("note", "line", "help", "override")
    ]  # fmt: skip
    return found[-NOTES:][::-1]
