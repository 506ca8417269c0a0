"""Questions of the bank one may see: those of one's places, and those of the places above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.listing import Listing, listing
from lms.core.permissions import actor, may, permission_map, within
from lms.core.text import search_key
from lms.places.models import Place
from lms.quizzes.models import Item, ItemExposure, ItemVersion, QuestionFile


def prefixes(path: str) -> list[str]:
    """The paths of all places above a place, and its own."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]


def shared_with_me(column: InstrumentedAttribute[str], permission: str) -> ColumnElement[bool]:
    """Within one's places, or kept by a place above them for everybody below."""
    roles = permission_map()[permission]
    above = {path for one in actor().grants if one.role in roles for path in prefixes(one.path)}
    return or_(within(column, permission), column.in_(sorted(above)))


def sees(path: str, permission: str) -> bool:
    roles = permission_map()[permission]
    return may(permission, path) or any(
        one.role in roles and one.path.startswith(path) for one in actor().grants
    )


def items(permission: str = "item.see") -> Listing:
    statement = (
        select(Item)
        .options(joinedload(Item.author))
        .where(shared_with_me(Item.path, permission), Item.context_id.is_(None))
    )
    return listing(
        statement,
        sorts={"when": Item.created_at, "title": Item.search, "objective": Item.objective, "grade": Item.grade},
        filters={
            "q": lambda text: Item.search.contains(search_key(text), autoescape=True),
            "kind": lambda kind: Item.kind == kind,
            "subject": lambda code: Item.subject == code,
            "grade": lambda text: Item.grade == (int(text) if text.isdigit() else -1),
            "language": lambda code: Item.language == code,
            "level": lambda level: Item.level == level,
            "objective": lambda code: Item.objective.startswith(code, autoescape=True),
            "state": lambda state: Item.archived_at.is_not(None) if state == "archived" else Item.archived_at.is_(None),
        },
        default="-when",
    )  # fmt: skip


def item_or_404(item_id: UUID, permission: str) -> Item:
    row = db.session.get(Item, item_id, options=[joinedload(Item.author)])
    if (
        row is None
        or not sees(row.path, "item.see")
        or (permission != "item.see" and not may(permission, row.path))
    ):
        raise NotYours
    return row


def current(item: Item) -> ItemVersion:
    return db.session.get_one(ItemVersion, item.current_id)


def versions(item: Item) -> Sequence[ItemVersion]:
    return db.session.scalars(
        select(ItemVersion)
        .where(ItemVersion.item_id == item.id)
        .options(joinedload(ItemVersion.maker))
        .order_by(ItemVersion.number.desc())
    ).all()


def about(context: Item) -> Sequence[Item]:
    """The questions about a context, in the order they were written."""
    return db.session.scalars(
        select(Item).where(Item.context_id == context.id, Item.archived_at.is_(None)).order_by(Item.id)
    ).all()


def current_versions(item_ids: Iterable[UUID]) -> dict[UUID, ItemVersion]:
    """By item; with each context its questions too."""
    wanted = list(item_ids)
    rows = db.session.scalars(
        select(ItemVersion)
        .join(Item, Item.current_id == ItemVersion.id)
        .where(or_(Item.id.in_(wanted), Item.context_id.in_(wanted)), Item.archived_at.is_(None))
        .options(joinedload(ItemVersion.item))
        .order_by(Item.id)
    )
    return {row.item_id: row for row in rows}


def versions_by_id(keys: Iterable[UUID]) -> dict[UUID, ItemVersion]:
    rows = db.session.scalars(
        select(ItemVersion).where(ItemVersion.id.in_(set(keys))).options(joinedload(ItemVersion.item))
    )
    return {row.id: row for row in rows}


def matching(rule: dict[str, Any], path: str) -> list[ColumnElement[bool]]:
    """Conditions for the questions a rule draws from, at a place with this path."""
    found: list[ColumnElement[bool]] = [
        Item.path.in_(prefixes(path)), Item.archived_at.is_(None), Item.context_id.is_(None),
    ]  # fmt: skip
    for name in ("subject", "grade", "language", "section"):
        if rule.get(name) not in (None, ""):
            found.append(getattr(Item, name) == rule[name])
    if rule.get("objective"):
        found.append(Item.objective.startswith(rule["objective"], autoescape=True))
    found.append(Item.kind.in_(rule["kinds"]) if rule.get("kinds") else Item.kind != "context")
    return found


def pool(rule: dict[str, Any], path: str) -> Sequence[Item]:
    return db.session.scalars(select(Item).where(*matching(rule, path)).order_by(Item.id)).all()


def pools(rules: Sequence[dict[str, Any]], path: str) -> list[list[tuple[UUID, str]]]:
    """(item, level) of what each rule draws from; one statement for all rules."""
    found: list[list[tuple[UUID, str]]] = [[] for _rule in rules]
    if rules:
        parts = (
            select(literal(place), Item.id, Item.level).where(*matching(rule, path))
            for place, rule in enumerate(rules)
        )
        for place, item, level in db.session.execute(union_all(*parts)):
            found[place].append((item, level))
    return found


def exposures(items: Iterable[UUID]) -> dict[UUID, int]:
    """How many pupils have had these questions drawn for them; who was never drawn is not in it."""
    rows = db.session.execute(
        select(ItemExposure.item_id, func.count())
        .where(ItemExposure.item_id.in_(set(items)))
        .group_by(ItemExposure.item_id)
    )
    found: dict[UUID, int] = dict(rows.all())
    return found


def places_to_keep_in(permission: str) -> Sequence[Place]:
    """Schools and offices where one may add: the tops of one's reach first."""
    return db.session.scalars(
        select(Place)
        .where(within(Place.path, permission), Place.closed_on.is_(None))
        .order_by(func.length(Place.path), Place.sort_kk)
        .limit(50)
    ).all()


def known_file(digest: str) -> QuestionFile | None:
    return db.session.scalar(select(QuestionFile).where(QuestionFile.file == digest))
