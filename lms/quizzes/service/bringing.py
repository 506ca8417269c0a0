"""Questions from a file into the bank, and a paper's questions out again."""

from __future__ import annotations

import io
from contextlib import closing
from typing import Any
from uuid import UUID

from lms.core import audit, storage
from lms.core.db import db
from lms.core.storage import Blob
from lms.places.models import Place
from lms.quizzes.exchange.formats import WRITTEN, Format
from lms.quizzes.exchange.reading import Reading
from lms.quizzes.models import Item, ItemVersion
from lms.quizzes.service import bank

MOST_BYTES = 20 * 1024 * 1024


def bring_in(place: Place, author_id: UUID, reading: Reading, facts: dict[str, Any]) -> int:
    """What the file says of a question counts before what was chosen for all of them. How many came."""
    for data, _kind in reading.files.kept.values():
        bank.keep_media(place, author_id, io.BytesIO(data))
    number = 0
    for question in reading.questions:
        context = _add(place, author_id, question, facts)
        number += 1
        for inside in question.get("items") or []:
            _add(place, author_id, inside, facts, context)
            number += 1
    audit.record("items.brought", path=place.path, rows=number)
    return number


def _add(
    place: Place,
    author_id: UUID,
    question: dict[str, Any],
    facts: dict[str, Any],
    context: Item | None = None,
) -> Item:
    own = {name: question[name] for name in facts if question.get(name) not in (None, "")}
    return bank.add_item(
        place, author_id, question["kind"], question["content"], context=context, **{**facts, **own}
    )


def taken_along(rows: list[ItemVersion], name: str) -> tuple[Format, bytes]:
    """The questions of a paper in a format of other programs; those about a context stand with it."""
    found: list[dict[str, Any]] = []
    contexts: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        question = _question(row)
        inside = contexts.get(row.item.context_id) if row.item.context_id else None
        if inside is not None:
            inside.setdefault("items", []).append(question)
            continue
        found.append(question)
        if row.item.kind == "context":
            contexts[row.item_id] = question
    data, _notes = WRITTEN[name].write(found, _file)
    return WRITTEN[name], data


def _question(row: ItemVersion) -> dict[str, Any]:
    item = row.item
    return {
        "kind": item.kind, "language": item.language, "subject": item.subject, "grade": item.grade,
        "section": item.section, "objective": item.objective, "level": item.level, "content": row.content,
    }  # fmt: skip


def _file(digest: str) -> tuple[bytes, str] | None:
    blob = db.session.get(Blob, digest)
    if blob is None:
        return None
    with closing(storage.open_blob(digest)) as file:
        return file.read(), blob.media_type
