"""Verbs of the bank: write a question, correct it, put it away, join it with its twin."""

from __future__ import annotations

from typing import IO, Any
from uuid import UUID

from flask_babel import gettext as _
from PIL import Image, UnidentifiedImageError
from sqlalchemy import func, select

from lms.core import audit, clock, storage
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.html import plain
from lms.places.models import Place
from lms.quizzes.models import Item, ItemVersion, QuestionFile
from lms.quizzes.questions import Content, kind_of

LONGEST_TITLE = 160
MOST_PIXELS = 25_000_000
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}
# The first bytes of sounds that browsers play.
SOUNDS = ((b"ID3", "audio/mpeg"), (b"\xff\xfb", "audio/mpeg"), (b"OggS", "audio/ogg"), (b"RIFF", "audio/wav"))


def write_item(
    place: Place, author_id: UUID, kind: str, content: Content, *, context: Item | None = None, **facts: Any
) -> Item:
    """A new question. `facts`: subject, grade, section, objective, language, level, practice."""
    item = add_item(place, author_id, kind, content, context=context, **facts)
    audit.record("item.written", item, path=item.path, kind=kind)
    return item


def add_item(
    place: Place, author_id: UUID, kind: str, content: Content, *, context: Item | None = None, **facts: Any
) -> Item:
    """The same without a line on record: for many at once, of which one line tells."""
    refuse_broken(kind, content)
    item = Item(place_id=place.id, path=place.path, kind=kind, author_id=author_id,
                context_id=context.id if context else None)  # fmt: skip
    _describe(item, content, facts)
    db.session.add(item)
    db.session.flush()
    _add_version(item, content, author_id)
    return item


def correct_item(item: Item, author_id: UUID, content: Content, note: str = "", **facts: Any) -> Item:
    """A new version when the question itself changed; papers that are frozen keep the old one."""
    refuse_broken(item.kind, content)
    _describe(item, content, facts)
    if db.session.get_one(ItemVersion, item.current_id).content != content:
        _add_version(item, content, author_id, note)
        audit.record("item.corrected", item, path=item.path)
    db.session.flush()
    return item


def refuse_broken(kind: str, content: Content) -> None:
    problems = kind_of(kind).check(content)
    if problems:
        raise Refused(" ".join(str(one) for one in problems))


def _describe(item: Item, content: Content, facts: dict[str, Any]) -> None:
    item.title = (
        plain(content.get("stem", ""))[:LONGEST_TITLE] or plain(content.get("text", ""))[:LONGEST_TITLE]
    )
    for name, value in facts.items():
        setattr(item, name, value)


def _add_version(item: Item, content: Content, author_id: UUID, note: str = "") -> ItemVersion:
    last = db.session.scalar(select(func.max(ItemVersion.number)).where(ItemVersion.item_id == item.id)) or 0
    row = ItemVersion(item_id=item.id, number=last + 1, content=content, made_by=author_id, note=note)
    db.session.add(row)
    db.session.flush()
    item.current_id = row.id
    return row


def put_away(item: Item) -> None:
    """It is offered no more; papers that use it keep it."""
    item.archived_at = clock.now()
    audit.record("item.put_away", item, path=item.path)


def bring_back(item: Item) -> None:
    item.archived_at = None
    audit.record("item.brought_back", item, path=item.path)


def join_twins(item: Item, other: Item) -> None:
    """The same question in the other language."""
    if item.language == other.language or item.kind != other.kind:
        raise Refused(_("A twin is the same kind of question in the other language."))
    item.twin_id, other.twin_id = other.id, item.id


def keep_media(place: Place, person_id: UUID, stream: IO[bytes]) -> QuestionFile:
    """A picture or sound for a question; what it is, its bytes say."""
    kind = _kind_of(stream)
    stream.seek(0)
    digest = storage.keep(stream, kind).digest
    known = db.session.scalar(select(QuestionFile).where(QuestionFile.file == digest))
    row = known or QuestionFile(file=digest, place_id=place.id, brought_by=person_id, media_type=kind)
    db.session.add(row)
    db.session.flush()
    return row


def _kind_of(stream: IO[bytes]) -> str:
    head = stream.read(12)
    for start, kind in SOUNDS:
        if head.startswith(start) and (start != b"RIFF" or head[8:12] == b"WAVE"):
            return kind
    stream.seek(0)
    try:
        with Image.open(stream, formats=list(PICTURES)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(_("The picture is too large."))
            picture.verify()
            return PICTURES[str(picture.format)]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Refused(
            _("Only pictures (PNG, JPEG, WebP, GIF) and sounds (MP3, OGG, WAV) are taken.")
        ) from None
