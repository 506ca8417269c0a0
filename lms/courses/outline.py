"""The outline of an edition as a pupil goes through it: what is open, what is done, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

Lesson = Mapping[str, Any]


def lessons_of(outline: Mapping[str, Any]) -> list[Lesson]:
    return [lesson for module in outline["modules"] for lesson in module["lessons"]]


def title_in(row: Mapping[str, Any], language: str) -> str:
    other = "ru" if language == "kk" else "kk"
    found: str = row.get(f"title_{language}") or row.get(f"title_{other}") or ""
    return found


def is_done(lesson: Lesson, record: Mapping[str, Any]) -> bool:
    """By the lesson's own rule, from what is on record about it."""
    if lesson["rule"] == "opened":
        return bool(record.get("opened"))
    if lesson["rule"] == "score" and lesson["activity"]:
        return (record.get("activity_share") or 0.0) * 100 >= lesson["pass_score"] - 1e-9
    if lesson["rule"] == "score":
        return lesson_share(lesson, record) * 100 >= lesson["pass_score"] - 1e-9
    if lesson["rule"] == "activity":
        return bool(record.get("activity_done"))
    return set(lesson["blocks"]) <= set(record.get("seen", ())) and bool(record.get("opened"))


def lesson_share(lesson: Lesson, record: Mapping[str, Any]) -> float:
    """The mean of the best results of its checks; one that was not answered counts nothing."""
    if not lesson["scored"]:
        return 0.0
    answers = record.get("answers", {})
    return float(
        sum(answers.get(key, {}).get("share", 0.0) for key in lesson["scored"]) / len(lesson["scored"])
    )


def course_share(outline: Mapping[str, Any], records: Mapping[str, Any]) -> float | None:
    """The mean over all checks of the course; none as long as no check was answered."""
    shares = [
        records.get(lesson["id"], {}).get("answers", {}).get(key, {}).get("share")
        for lesson in lessons_of(outline)
        for key in lesson["scored"]
    ]
    if not any(one is not None for one in shares):
        return None
    return sum(one or 0.0 for one in shares) / len(shares)


@dataclass(frozen=True)
class Stop:
    """One lesson on the way."""

    lesson: Lesson
    number: int
    done: bool
    begun: bool
    open: bool
    share: float | None
    opens: datetime | None = None  # days of its own
    closes: datetime | None = None
    waits: tuple[Lesson, ...] = ()  # for these, which are not done yet

    @property
    def key(self) -> UUID:
        return UUID(self.lesson["id"])


def way(
    outline: Mapping[str, Any], records: Mapping[str, Any], dates: Mapping[str, Any], now: datetime
) -> list[Stop]:
    stops: list[Stop] = []
    lessons = lessons_of(outline)
    done = {one["id"] for one in lessons if records.get(one["id"], {}).get("done")}
    for number, lesson in enumerate(lessons, 1):
        record = records.get(lesson["id"], {})
        answered = any(key in record.get("answers", {}) for key in lesson["scored"])
        share = lesson_share(lesson, record) if answered else record.get("activity_share")
        opens, closes = (_moment(dates.get(lesson["id"], {}).get(one)) for one in ("opens", "closes"))
        waits = tuple(one for one in needed(lessons, number - 1) if one["id"] not in done)
        in_time = (opens is None or opens <= now) and (closes is None or now <= closes)
        stops.append(
            Stop(
                lesson, number, bool(record.get("done")), bool(record.get("opened")), in_time and not waits, share,
                opens, closes, waits,
            )
        )  # fmt: skip
    return stops


def needed(lessons: list[Lesson], place: int) -> list[Lesson]:
    """What must be done before the lesson at this place opens: the one before it, and those chosen."""
    lesson = lessons[place]
    before = lessons[place - 1]["id"] if lesson["in_order"] and place else ""
    return [one for one in lessons if one["id"] == before or one["id"] in lesson.get("after", ())]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def next_stop(stops: list[Stop]) -> Stop | None:
    """The first that is open and not done."""
    return next((one for one in stops if one.open and not one.done), None)
