"""Keeping the search index up to date: in batches, by the job worker alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from lms.core import clock
from lms.core.db import db
from lms.core.jobs import Work, enqueue, job
from lms.library.engine import engine, settle
from lms.library.models import Resource, ResourceText, ResourceVersion
from lms.library.records import Record
from lms.library.seeing import facet_of, facets_of_readers
from lms.library.service.searches import notify_searchers

BATCH = 200
MB = 1024 * 1024


@job("library.index", daily=True)
def index_changes(work: Work) -> dict[str, Any]:
    """Everything that changed since the last time; what nobody may find is taken out."""
    count = 0
    before: list[tuple[UUID, datetime]] = []
    while rows := _stale():
        seen = [(row.id, row.changed_at) for row in rows]
        if seen == before:
            raise RuntimeError("the same changes came again")
        before = seen
        _write(rows)
        fresh = [row for row in rows if row.state == "published"]
        work.effects()
        _mark(seen)
        notify_searchers(fresh)
        work.keep({})
        count += len(rows)
    return {"records": count}


@job("library.unlist")
def unlist(work: Work) -> dict[str, Any]:
    """Rows that are gone as a whole: an import that was undone."""
    index, keys = engine(), list(work.payload["keys"])
    work.effects()
    index.remove(keys)
    settle(index)
    return {"records": len(keys)}


@job("library.rebuild-index")
def rebuild_index(work: Work) -> dict[str, Any]:
    """Beside the old one; readers notice nothing. What was changed meanwhile went into the old one: it is written again."""
    began = clock.now()
    count = engine().rebuild(all_records())
    work.effects()
    db.session.execute(
        update(Resource)
        .where(Resource.changed_at >= began)
        .values(stale=True)
        .execution_options(synchronize_session=False)
    )
    enqueue("library.index")
    return {"records": count}


def _stale() -> Sequence[Resource]:
    db.session.rollback()
    return db.session.scalars(
        select(Resource)
        .where(Resource.stale.is_(True))
        .options(selectinload(Resource.objectives))
        .order_by(Resource.id)
        .limit(BATCH)
        .execution_options(populate_existing=True)
    ).all()


def _write(rows: Sequence[Resource]) -> None:
    index = engine()
    shown = [row for row in rows if facet_of(row)]
    gone = [str(row.id) for row in rows if not facet_of(row)]
    texts, notes = texts_of(shown), notes_of(shown)
    if gone:
        index.remove(gone)
    if shown:
        index.add([_record(row, texts, notes) for row in shown])
    settle(index)


def _mark(seen: list[tuple[UUID, datetime]]) -> None:
    """Whoever was changed again meanwhile stays stale."""
    for key, at in seen:
        db.session.execute(
            update(Resource)
            .where(Resource.id == key, Resource.changed_at == at)
            .values(stale=False)
            .execution_options(synchronize_session=False)
        )


def all_records() -> Iterator[Record]:
    last: UUID | None = None
    while True:
        statement = (
            select(Resource).options(selectinload(Resource.objectives)).order_by(Resource.id).limit(BATCH)
        )
        rows = db.session.scalars(statement.where(Resource.id > last) if last else statement).all()
        if not rows:
            return
        texts, notes = texts_of(rows), notes_of(rows)
        yield from (_record(row, texts, notes) for row in rows if facet_of(row))
        last = rows[-1].id


def texts_of(rows: Sequence[Resource]) -> dict[UUID | None, str]:
    found: dict[UUID | None, list[str]] = {}
    texts = db.session.execute(
        select(ResourceText.version_id, ResourceText.words)
        .where(ResourceText.version_id.in_([row.current_id for row in rows]))
        .order_by(ResourceText.version_id, ResourceText.number)
    )
    for key, words in texts:
        found.setdefault(key, []).append(words)
    return {key: "\n".join(some) for key, some in found.items()}


def notes_of(rows: Sequence[Resource]) -> dict[UUID | None, str]:
    """Of mirrors: which edition their words are of."""
    keys = [row.current_id for row in rows if row.state == "mirror"]
    statement = select(ResourceVersion.id, ResourceVersion.note).where(ResourceVersion.id.in_(keys))
    return {row.id: row.note for row in db.session.execute(statement)} if keys else {}


def _record(row: Resource, texts: dict[UUID | None, str], notes: dict[UUID | None, str]) -> Record:
    return record_of(row, texts.get(row.current_id, ""), notes.get(row.current_id, ""))


def record_of(row: Resource, text: str, note: str = "") -> Record:
    titles = [row.title_kk, row.title_ru] if row.language != "ru" else [row.title_ru, row.title_kk]
    about = [row.about_kk, row.about_ru, row.section, ", ".join(row.authors)]
    about.append(" ".join(one.code for one in row.objectives))
    both = bool(row.title_kk and row.title_ru)
    return Record(
        str(row.id), "\n".join(filter(None, titles)), "\n".join(filter(None, [*about, text])),
        None if both or row.language not in ("kk", "ru") else row.language,
        facets_of(row, note),
        {
            "new": f"{4_000_000_000_000 - int((row.published_at or row.changed_at).timestamp() * 1000):013d}",
            "rating": f"{9 - weighed(row):.4f}",
            "title": row.sort_key,
        },
    )  # fmt: skip


def weighed(row: Resource) -> float:
    """Stars drawn towards the middle until enough teachers have given some: one voice makes nobody first."""
    return (row.stars + 5 * 3.0) / (row.voices + 5) + min(row.uses, 100) / 200


def facets_of(row: Resource, note: str = "") -> dict[str, tuple[str, ...]]:
    suits = [
        name
        for name, yes in (
            ("small", row.small_class),
            ("combined", row.combined_class),
            ("needs", row.accessible),
        )
        if yes
    ]
    found = {
        "seen": facets_of_readers(row, note),
        "subject": (row.subject,) if row.subject else (),
        "grade": tuple(map(str, row.grades)),
        "language": (row.language,),
        "kind": (row.kind,),
        "licence": (row.licence,),
        "mark": ("yes",) if row.marked else (),
        "offline": ("yes",) if row.offline else (),
        "suits": tuple(suits),
        "size": ("s" if row.size <= MB else "m" if row.size <= 20 * MB else "l",),
        "objective": tuple(one.code for one in row.objectives),
    }
    return {name: values for name, values in found.items() if values}
