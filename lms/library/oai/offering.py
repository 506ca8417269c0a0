"""Which resources are offered to harvesters, in which sets, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from lms.core.db import db
from lms.library.labels import KINDS, LANGUAGES, SUBJECTS
from lms.library.models import Resource
from lms.library.oai.asking import OaiError, Selection

SETS = {"subject": (Resource.subject, SUBJECTS), "kind": (Resource.kind, KINDS), "language": (Resource.language, LANGUAGES)}  # fmt: skip
PAGE = {"ListRecords": 100, "ListIdentifiers": 500}


def _offered() -> ColumnElement[bool]:
    """Everybody may see it, or could until it was taken down; it was born here."""
    gone = and_(Resource.state == "withdrawn", Resource.mark.is_not(None))
    return and_(Resource.origin == "", or_(Resource.state == "published", gone))


def is_deleted(resource: Resource) -> bool:
    return resource.state != "published"


def earliest() -> datetime | None:
    return db.session.scalar(select(func.min(Resource.changed_at)).where(_offered()))


def by_key(key: UUID) -> Resource | None:
    statement = select(Resource).where(Resource.id == key, _offered())
    return db.session.scalar(statement.options(selectinload(Resource.objectives)))


def page(wanted: Selection, verb: str) -> tuple[Sequence[Resource], int, bool]:
    """(records, how many there are in all, whether more follow). Two statements and one for the objectives."""
    chosen = _chosen(wanted)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    if wanted.after:
        at, key = wanted.after[0], UUID(wanted.after[1])
        later = or_(Resource.changed_at > at, and_(Resource.changed_at == at, Resource.id > key))
        chosen = chosen.where(later)
    rows = db.session.scalars(
        chosen.options(selectinload(Resource.objectives))
        .order_by(Resource.changed_at, Resource.id)
        .limit(PAGE[verb] + 1)
    ).all()
    return rows[: PAGE[verb]], total, len(rows) > PAGE[verb]


def _chosen(wanted: Selection) -> Select[Resource]:
    chosen = select(Resource).where(_offered())
    if wanted.since:
        chosen = chosen.where(Resource.changed_at >= wanted.since)
    if wanted.before:
        chosen = chosen.where(Resource.changed_at < wanted.before)
    return chosen.where(_in_set(wanted.set_)) if wanted.set_ else chosen


def _in_set(name: str) -> ColumnElement[bool]:
    top, _, value = name.partition(":")
    if top not in SETS or (value and value not in SETS[top][1]):
        raise OaiError("noRecordsMatch", "There is no such set.")
    column = SETS[top][0]
    return column == value if value else column != ""


def sets_of(resource: Resource) -> list[str]:
    values = {"subject": resource.subject, "kind": resource.kind, "language": resource.language}
    return [f"{top}:{value}" for top, value in values.items() if value]
