"""What a pupil does with a course: events are appended, progress is derived from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core import clock, ids
from lms.core.db import begin_writing, db, insert_once
from lms.courses import marking
from lms.courses.activities import ActivityResult, activity_kind
from lms.courses.blocks import kind_of
from lms.courses.models import CourseEvent, CourseNote, CourseProgress, GivenCourse
from lms.courses.models.taking import EVENTS
from lms.courses.outline import course_share, is_done, lessons_of

LONGEST_STEP = 120  # seconds between two signs of life that count as work
FROM_BROWSERS = frozenset({"opened", "seen", "time"})


@dataclass(frozen=True)
class Happened:
    """Something a pupil did. `mark` is unique on their device, so that what comes twice counts once."""

    kind: str
    lesson: UUID
    block: UUID | None = None
    value: Mapping[str, Any] | None = None
    language: str = ""
    mark: str = ""


def record(given: GivenCourse, person_id: UUID, events: Sequence[Happened]) -> CourseProgress:
    begin_writing()
    progress = _progress(given, person_id)
    fresh = [one for one in events if one.kind in EVENTS and _kept(given, person_id, one)]
    _apply(progress, given.edition.outline, fresh)
    db.session.flush()
    return progress


def _kept(given: GivenCourse, person_id: UUID, one: Happened) -> bool:
    values = {
        "id": ids.new_id(), "created_at": clock.now(), "given_id": given.id, "person_id": person_id,
        "lesson_id": one.lesson, "block_id": one.block, "kind": one.kind, "value": dict(one.value or {}),
        "language": one.language[:2], "mark": f"{person_id.hex}:{one.mark or ids.new_id().hex}"[:110],
        "received_at": clock.now(),
    }  # fmt: skip
    return insert_once(CourseEvent, values, "mark")


def _progress(given: GivenCourse, person_id: UUID) -> CourseProgress:
    row = db.session.scalar(
        select(CourseProgress)
        .where(CourseProgress.given_id == given.id, CourseProgress.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        row = CourseProgress(given_id=given.id, person_id=person_id, lessons={}, done=0, seconds=0)
        db.session.add(row)
        db.session.flush()
    return row


def _apply(progress: CourseProgress, outline: Mapping[str, Any], events: Sequence[Happened]) -> None:
    records = {key: dict(one) for key, one in progress.lessons.items()}
    now = clock.now()
    for one in events:
        _one(records.setdefault(str(one.lesson), {}), one, now)
        progress.at_lesson = one.lesson
    _settle(progress, outline, records, now)
    progress.seen_at = now


def _one(entry: dict[str, Any], one: Happened, now: datetime) -> None:
    value = dict(one.value or {})
    if one.kind == "opened":
        entry.setdefault("opened", now.isoformat())
    elif one.kind == "seen":
        entry["seen"] = sorted({*entry.get("seen", ()), str(one.block)})
    elif one.kind == "time":
        entry["seconds"] = entry.get("seconds", 0) + min(max(int(value.get("seconds", 0)), 0), LONGEST_STEP)
    elif one.kind in ("answered", "replied"):
        answers = dict(entry.get("answers", {}))
        before = answers.get(str(one.block), {})
        best = max(float(value.get("share", 0)), float(before.get("share", 0)))
        answers[str(one.block)] = {**value, "share": best, "tries": before.get("tries", 0) + 1}
        entry["answers"] = answers
        entry["seen"] = sorted({*entry.get("seen", ()), str(one.block)})
        entry.setdefault("opened", now.isoformat())


def _settle(
    progress: CourseProgress, outline: Mapping[str, Any], records: dict[str, Any], now: datetime
) -> None:
    """What follows from the records: lessons done, the score, the end."""
    lessons = lessons_of(outline)
    for lesson in lessons:
        entry = records.get(lesson["id"])
        if entry is not None and not entry.get("done") and is_done(lesson, entry):
            entry["done"] = now.isoformat()
    progress.lessons = records
    progress.done = sum(bool(records.get(lesson["id"], {}).get("done")) for lesson in lessons)
    progress.score = course_share(outline, records)
    progress.seconds = sum(int(entry.get("seconds", 0)) for entry in records.values())
    if lessons and progress.done == len(lessons) and progress.finished_at is None:
        progress.finished_at = now


def answer(
    given: GivenCourse, person_id: UUID, lesson: UUID, block: Mapping[str, Any], form: Any, language: str
) -> dict[str, Any]:  # fmt: skip
    """Marks the answers to a block of questions, or keeps what was written."""
    kind = kind_of(block["kind"])
    content = block.get(language) or block.get("kk") or block.get("ru") or {}
    questions = kind.questions(content) if hasattr(kind, "questions") else []
    if questions:
        names = (f"a-{block['id']}-{number}" for number in range(len(questions)))
        replies = [[str(text)[:200] for text in form.getlist(name)][:20] for name in names]
        right = [marking.mark(one["answers"], reply) for one, reply in zip(questions, replies, strict=True)]
        value: dict[str, Any] = {"given": replies, "right": right, "share": sum(right) / len(right)}
        what = "answered"
    else:
        value, what = {"text": form.get("reply", "").replace("\0", "").strip()[:5000]}, "replied"
    record(given, person_id, [Happened(what, lesson, UUID(block["id"]), value, language)])
    return value


def read_whole(
    given: GivenCourse, person_id: UUID, lesson: Mapping[str, Any], language: str
) -> CourseProgress:
    """The button at the end of a lesson: without script this is how a page is marked as read."""
    key = UUID(lesson["id"])
    seen = [Happened("seen", key, UUID(block), None, language) for block in lesson["blocks"]]
    return record(given, person_id, [Happened("opened", key, None, None, language), *seen])


def take_over_activities(given: GivenCourse, rows: Sequence[CourseProgress]) -> None:
    """What packages and tests say of these pupils: one question to each kind of activity the course has."""
    outline = given.edition.outline
    lessons = [one for one in lessons_of(outline) if one["activity"] and one["id"] in given.activities]
    for code in {one["activity"] for one in lessons}:
        kind = activity_kind(code)
        keys = {one["id"]: UUID(given.activities[one["id"]]) for one in lessons if one["activity"] == code}
        found = kind.results([row.person_id for row in rows], list(keys.values())) if kind and rows else {}
        for row in rows:
            _take_over(
                row, outline, {lesson: found.get((row.person_id, key)) for lesson, key in keys.items()}
            )


def _take_over(
    progress: CourseProgress, outline: Mapping[str, Any], found: Mapping[str, ActivityResult | None]
) -> None:
    records = {key: dict(one) for key, one in progress.lessons.items()}
    changed = False
    for lesson, result in found.items():
        if result is None:
            continue
        entry = records.setdefault(lesson, {})
        told = {"activity_done": result.done, "activity_share": result.share, "seconds": result.seconds}
        if any(entry.get(name) != value for name, value in told.items()):
            entry.update(told)
            entry.setdefault("opened", clock.now().isoformat())
            changed = True
    if changed:
        _settle(progress, outline, records, clock.now())


def rebuild(given: GivenCourse, person_id: UUID) -> CourseProgress:
    """The same progress once more, from the events and from what its activities say."""
    progress = _progress(given, person_id)
    progress.lessons, progress.finished_at = {}, None
    rows = db.session.scalars(
        select(CourseEvent)
        .where(CourseEvent.given_id == given.id, CourseEvent.person_id == person_id)
        .order_by(CourseEvent.received_at, CourseEvent.id)
    )
    told = [Happened(row.kind, row.lesson_id, row.block_id, row.value, row.language) for row in rows]
    _apply(progress, given.edition.outline, told)
    take_over_activities(given, [progress])
    db.session.flush()
    return progress


def note(given: GivenCourse, person_id: UUID, lesson: UUID, text: str, bookmark: bool) -> None:
    row = db.session.scalar(
        select(CourseNote).where(
            CourseNote.given_id == given.id, CourseNote.person_id == person_id, CourseNote.lesson_id == lesson
        )
    )
    if row is None:
        row = CourseNote(given_id=given.id, person_id=person_id, lesson_id=lesson)
        db.session.add(row)
    row.text, row.bookmark = text, bookmark
    db.session.flush()
