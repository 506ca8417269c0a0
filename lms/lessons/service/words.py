"""What may be said in the live room: by whom, and what it means. Each word is kept once, whoever sends it twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lms.core import clock, ids
from lms.core.db import insert_once
from lms.core.live import publish
from lms.lessons.models import StreamedEvent, StreamedLesson
from lms.lessons.tickets import Seat

LATE = timedelta(hours=24)  # a journal that waited on a device for the line is still taken
LONGEST_TEXT = 300
BEFOREHAND = frozenset({"ready"})  # slides are brought the evening before, and the plan shows who has them


class Unsaid(Exception):
    """`code` is a key of labels.REFUSALS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Gathered:
    """What words from many devices want to have written, until it is written in one go."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    seen: list[tuple[UUID, UUID, UUID, UUID, datetime]] = field(default_factory=list)
    stirred: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Word:
    """One word on its way: what is said, from which seat, when by the device's own counting of seconds."""

    lesson: StreamedLesson
    seat: Seat
    key: str
    kind: str
    data: dict[str, Any]
    at: datetime
    gathered: Gathered | None = None

    def whole(self, name: str, lowest: int, highest: int) -> int:
        value = self.data.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise Unsaid("unclear")
        return value

    def text(self, name: str) -> str:
        value = self.data.get(name, "")
        found = (
            " ".join(str(value).replace("\0", "").split())[:LONGEST_TEXT] if isinstance(value, str) else ""
        )
        if not found:
            raise Unsaid("unclear")
        return found

    def uuid(self, name: str) -> UUID:
        try:
            return UUID(str(self.data.get(name)))
        except ValueError:
            raise Unsaid("unclear") from None


Meaning = Callable[[Word], None]
WORDS: dict[str, tuple[frozenset[str], Meaning]] = {}


def word(kind: str, *roles: str) -> Callable[[Meaning], Meaning]:
    def keep(meaning: Meaning) -> Meaning:
        WORDS[kind] = (frozenset(roles), meaning)
        return meaning

    return keep


def say(
    lesson: StreamedLesson, seat: Seat, key: str, kind: str, data: Any, ago: float, into: Gathered | None = None
) -> None:  # fmt: skip
    """Raises Unsaid when it cannot be; nothing of it is kept then."""
    roles, meaning = WORDS.get(kind, (frozenset[str](), None))
    if meaning is None or seat.role not in roles or not isinstance(data, dict):
        raise Unsaid("not-allowed")
    meaning(Word(lesson, seat, key, kind, data, _moment(lesson, kind, ago), into))


def _moment(lesson: StreamedLesson, kind: str, ago: float) -> datetime:
    """Words of the lesson that come late count for when they were said; other late words are refused."""
    now = clock.now()
    at = now - timedelta(seconds=min(max(ago, 0.0), LATE.total_seconds()))
    if lesson.state == "planned" and kind in BEFOREHAND:
        return at
    if lesson.state == "live":
        return max(at, lesson.began_at or at)
    if lesson.state == "ended" and lesson.ended_at and at <= lesson.ended_at and now - lesson.ended_at < LATE:
        return max(at, lesson.began_at or at)
    raise Unsaid("not-live")


def keep(one: Word, **more: Any) -> bool:
    """The row of a word. False when it was here before; what is gathered is told apart when it is written."""
    seat = one.seat
    values = {
        "id": ids.new_id(), "lesson_id": one.lesson.id, "key": one.key, "kind": one.kind, "happened_at": one.at,
        "school_id": seat.school_id, "class_id": seat.class_id, "by_id": seat.person_id,
        "person_id": seat.person_id if seat.role == "pupil" else None, "question_id": None, "slide": None, "data": {},
        **more,
    }  # fmt: skip
    if one.gathered is not None:
        one.gathered.rows.append(values)
        return True
    return insert_once(StreamedEvent, values, "key")


def everybody(lesson: StreamedLesson) -> str:
    return f"streamed:{lesson.id}"


def desk(lesson_id: UUID) -> str:
    """Heard by the hub teacher alone."""
    return f"streamed:{lesson_id}:desk"


def stills(lesson: StreamedLesson) -> str:
    """Heard by the screens of the classes only: a pupil's own device takes no picture."""
    return f"streamed:{lesson.id}:stills"


def staff_room(lesson_id: UUID, school_id: UUID) -> str:
    """Heard by the teachers who sit with the pupils of one school."""
    return f"streamed:{lesson_id}:{school_id}"


def show(lesson: StreamedLesson, **change: Any) -> None:
    """What every screen shows now. One writer: the hub teacher."""
    lesson.now = {**lesson.now, **change}


def stir(one: Word) -> None:
    """Something for the teachers' boards; they look for themselves what it is."""
    channels = {desk(one.lesson.id)}
    if one.seat.school_id:
        channels.add(staff_room(one.lesson.id, one.seat.school_id))
    if one.gathered is not None:
        one.gathered.stirred |= channels
        return
    for channel in sorted(channels):
        publish(channel, "stir")
