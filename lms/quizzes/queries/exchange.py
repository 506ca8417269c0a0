"""Which questions go out, as docs/questions.md describes them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any

from sqlalchemy import select

from lms.core import storage
from lms.core.db import db
from lms.quizzes.models import Item, QuestionFile
from lms.quizzes.queries.bank import current_versions, shared_with_me

MOST = 2000
FACTS = ("subject", "grade", "section", "objective", "language", "level")


def chosen(wish: Mapping[str, str]) -> list[dict[str, Any]]:
    """By subject, grade, language and level; with each text the questions about it. Two statements."""
    statement = select(Item).where(
        shared_with_me(Item.path, "item.see"), Item.context_id.is_(None), Item.archived_at.is_(None)
    )
    for name in ("subject", "language", "level"):
        if wish.get(name):
            statement = statement.where(getattr(Item, name) == wish[name])
    if wish.get("grade", "").isdigit():
        statement = statement.where(Item.grade == int(wish["grade"]))
    rows = db.session.scalars(statement.order_by(Item.section, Item.id).limit(MOST)).all()
    versions = current_versions(one.id for one in rows)
    inside: dict[Any, list[dict[str, Any]]] = {}
    for version in versions.values():
        if version.item.context_id:
            inside.setdefault(version.item.context_id, []).append(_question(version.item, version.content))
    found = []
    for row in rows:
        if row.id in versions:
            question = _question(row, versions[row.id].content)
            found.append({**question, "items": inside[row.id]} if row.id in inside else question)
    return found


def _question(item: Item, content: dict[str, Any]) -> dict[str, Any]:
    facts = {name: getattr(item, name) for name in FACTS if getattr(item, name) not in (None, "")}
    return {"kind": item.kind, **facts, "content": content}


def kinds_of_files() -> dict[str, str]:
    return dict(db.session.execute(select(QuestionFile.file, QuestionFile.media_type)).all())


def loader() -> Any:
    """hash → bytes and kind; None for a file that is not there."""
    kinds = kinds_of_files()

    def load(digest: str) -> tuple[bytes, str] | None:
        if digest not in kinds:
            return None
        try:
            with closing(storage.open_blob(digest)) as stream:
                return stream.read(), kinds[digest]
        except storage.BlobMissing:
            return None

    return load
