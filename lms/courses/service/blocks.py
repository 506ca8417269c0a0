"""Writing blocks: adding, saving as one types, moving, removing, undoing, going back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from lms.core import clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.courses.blocks import KINDS, Content, kind_of
from lms.courses.models import BlockChange, CourseBlock, CourseLesson
from lms.courses.service.courses import renumber, touch
from lms.people.models import Person

ONE_STEP = timedelta(minutes=5)  # typing that goes on is one step of the history
MOST_BLOCKS = 300
LANGUAGES = ("kk", "ru")


@dataclass(frozen=True)
class Save:
    """One saving from one open page. `base` is the revision it began from."""

    language: str
    content: Content
    base: int
    page: str = ""
    number: int = 0


class Overtaken(Exception):
    """Somebody else has saved this block since; nothing was changed."""


def add_block(
    lesson: CourseLesson, kind: str, person: Person, language: str, content: Content | None = None,
    after: UUID | None = None,
) -> CourseBlock:  # fmt: skip
    if kind not in KINDS:
        raise Refused(_("There is no such kind of block."))
    if len(lesson.blocks) >= MOST_BLOCKS:
        raise Refused(_("This lesson is full. Split it into two."))
    block = CourseBlock(id=ids.new_id(), kind=kind, position=0)
    _write(block, language, kind_of(kind).clean(content))
    places = [one.id for one in lesson.blocks]
    lesson.blocks.insert(places.index(after) + 1 if after in places else len(places), block)
    renumber(lesson.blocks)
    _note(lesson, block, person, "add", language, None, _whole(block))
    touch(lesson.module.course, person)
    db.session.flush()
    return block


def save_block(block: CourseBlock, save: Save, person: Person) -> int:
    """The new revision. A saving that comes twice counts once; one from an old state changes nothing."""
    if save.page and block.saved_from == save.page and save.number <= block.saved_number:
        return block.revision(save.language)
    begun_elsewhere = not save.page or block.saved_from != save.page
    if begun_elsewhere and save.base != block.revision(save.language):
        raise Overtaken
    content = kind_of(block.kind).clean(save.content)
    before = block.content(save.language)
    block.saved_from, block.saved_number = save.page, save.number
    if content != before:
        # A translation made in several sittings is one step; only what begins a step can lead.
        begins = begun_elsewhere and not _goes_on(_last(block.id), save.language, person)
        _write(block, save.language, content, leads=begins and _leads(block, save.language))
        _note(block.lesson, block, person, "change", save.language, before, content)
        touch(block.lesson.module.course, person)
    db.session.flush()
    return block.revision(save.language)


def up_to_date(block: CourseBlock, language: str) -> None:
    """The other language changed, and this one needs nothing."""
    setattr(block, f"stale_{language}", False)


def move_block(block: CourseBlock, step: int, person: Person) -> None:
    rows = block.lesson.blocks
    place = rows.index(block)
    target = min(max(place + step, 0), len(rows) - 1)
    if target != place:
        rows.insert(target, rows.pop(place))
        renumber(rows)
        _note(block.lesson, block, person, "move", "", {"position": place + 1}, {"position": target + 1})
        touch(block.lesson.module.course, person)


def remove_block(block: CourseBlock, person: Person) -> None:
    lesson = block.lesson
    _note(lesson, block, person, "remove", "", _whole(block), None)
    lesson.blocks.remove(block)
    renumber(lesson.blocks)
    touch(lesson.module.course, person)


def undo(lesson: CourseLesson, change: BlockChange) -> None:
    """What was done last is as it was before. Doing it again undoes the step before that."""
    block = next((one for one in lesson.blocks if one.id == change.block_id), None)
    if change.deed == "add" and block:
        lesson.blocks.remove(block)
    elif change.deed == "remove" and not block and change.before:
        _bring_back(lesson, change, change.before)
    elif change.deed == "change" and block:
        _write(block, change.language, change.before)
    elif change.deed == "move" and block and change.before:
        lesson.blocks.remove(block)
        lesson.blocks.insert(change.before["position"] - 1, block)
    renumber(lesson.blocks)
    change.undone_at = clock.now()
    touch(lesson.module.course)


def restore(lesson: CourseLesson, change: BlockChange, person: Person) -> None:
    """The block as this step of the history left it, or as it was before it was removed."""
    block = next((one for one in lesson.blocks if one.id == change.block_id), None)
    whole = change.before if change.deed == "remove" else change.after
    if block is None and change.deed in ("remove", "add") and whole:
        block = _bring_back(lesson, change, whole)
        renumber(lesson.blocks)
        _note(lesson, block, person, "add", "", None, _whole(block))
    elif block is not None and change.deed == "change" and change.after is not None:
        before = block.content(change.language)
        _write(block, change.language, kind_of(block.kind).clean(change.after), leads=True)
        _note(lesson, block, person, "change", change.language, before, change.after)
    else:
        raise Refused(_("This step cannot be brought back any more."))
    touch(lesson.module.course, person)


def _bring_back(lesson: CourseLesson, change: BlockChange, whole: dict[str, Any]) -> CourseBlock:
    block = CourseBlock(id=change.block_id, kind=change.kind, position=0)
    for language in LANGUAGES:
        if whole.get(language) is not None:
            _write(block, language, kind_of(change.kind).clean(whole[language]))
    block.stale_kk, block.stale_ru = bool(whole.get("stale_kk")), bool(whole.get("stale_ru"))
    lesson.blocks.insert(max(int(whole.get("position", 1)) - 1, 0), block)
    return block


def _leads(block: CourseBlock, language: str) -> bool:
    """A first translation, or one that catches up, does not make the other language lag behind."""
    return block.content(language) is not None and not block.stale(language)


def _write(block: CourseBlock, language: str, content: Content | None, leads: bool = False) -> None:
    """Each writing raises the revision; when it leads, the other language lags behind from now on."""
    other = "ru" if language == "kk" else "kk"
    setattr(block, language, content)
    setattr(block, f"revision_{language}", (block.revision(language) or 0) + 1)
    setattr(block, f"stale_{language}", False)
    if leads and block.content(other) is not None:
        setattr(block, f"stale_{other}", True)


def _whole(block: CourseBlock) -> dict[str, Any]:
    return {
        "kk": block.kk, "ru": block.ru, "position": block.position,
        "stale_kk": bool(block.stale_kk), "stale_ru": bool(block.stale_ru),
    }  # fmt: skip


def _note(
    lesson: CourseLesson, block: CourseBlock, person: Person, deed: str, language: str,
    before: dict[str, Any] | None, after: dict[str, Any] | None,
) -> None:  # fmt: skip
    last = _last(block.id) if deed == "change" else None
    if last and _goes_on(last, language, person):
        last.after, last.ended_at = after, clock.now()
        return
    db.session.add(
        BlockChange(
            lesson_id=lesson.id, block_id=block.id, person_id=person.id, deed=deed, kind=block.kind,
            language=language, before=before, after=after,
        )
    )  # fmt: skip


def _goes_on(last: BlockChange | None, language: str, person: Person) -> bool:
    """The same person still writes the same text of the block."""
    return (
        last is not None
        and (last.deed, last.language, last.person_id, last.undone_at)
        == ("change", language, person.id, None)
        and last.ended_at > clock.now() - ONE_STEP
    )


def _last(block_id: UUID) -> BlockChange | None:
    return db.session.scalar(
        select(BlockChange).where(BlockChange.block_id == block_id).order_by(BlockChange.id.desc()).limit(1)
    )
