"""The search page: what was asked, what was found, and where in it the words stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import request
from sqlalchemy import func, or_, select

from lms.core.db import db
from lms.core.findable import Given
from lms.core.i18n import in_language
from lms.library.engine import engine
from lms.library.labels import FACETS, ORDERS
from lms.library.marking import Piece, best_piece, marked
from lms.library.models import Resource, ResourceText, ResourceVersion
from lms.library.records import Found
from lms.library.seeing import given_facet, given_to_reader, shown_to_reader, works_with

PER_PAGE = 20
LAST_PAGE = 50
LONGEST = 10_000
PARTS_EACH = 4  # pages of one resource that are looked through for the best piece


@dataclass(frozen=True)
class Asked:
    """What stands in the URL."""

    typed: str
    chosen: Mapping[str, list[str]]
    order: str
    page: int

    def url(self, **change: Any) -> str:
        now: dict[str, Any] = {"q": self.typed, **self.chosen, "sort": self.order, **change}
        return "?" + urlencode(
            {name: value for name, value in now.items() if value not in ("", [], 1)}, doseq=True
        )

    def toggled(self, facet: str, value: str) -> str:
        now = list(self.chosen.get(facet, []))
        now = [one for one in now if one != value] if value in now else [*now, value]
        return self.url(**{facet: now})


@dataclass(frozen=True)
class Result:
    resource: Resource
    title: list[Piece]
    piece: list[Piece]
    unit: str = ""
    place: int = 0
    given: Given | None = None  # to the reader, who learns with it

    @property
    def link(self) -> str:
        """Of a course or a package: into its own room."""
        return self.given.link if self.given else self.resource.link


@dataclass(frozen=True)
class Results:
    rows: Sequence[Result]
    total: int
    page: int
    pages: int
    facets: Mapping[str, Counter[str]]
    read_as: tuple[tuple[str, str], ...]


def asked() -> Asked:
    chosen = {name: _values(name, 20) for name in FACETS}
    chosen["objective"] = _values("objective", 5)
    order = request.args.get("sort", "")
    page = request.args.get("page", 1, type=int)
    return Asked(
        request.args.get("q", "")[:LONGEST],
        {name: values for name, values in chosen.items() if values},
        order if order in ORDERS else "",
        min(max(page, 1), LAST_PAGE),
    )


def _values(name: str, most: int) -> list[str]:
    """PostgreSQL keeps no zero byte in a text; nobody means one."""
    return [one[:60] for one in request.args.getlist(name) if one and "\0" not in one][:most]


def results(wanted: Asked) -> Results:
    given = given_to_reader()
    found = _found(wanted, given)
    notes = _rows([UUID(one) for one in found.ids])
    places = _places(list(notes), found.keys)
    shown = [_shown(row, found.keys, places, _given(row, note, given)) for row, note in notes.items()]
    facets = {name: counts for name, counts in found.facets.items() if name in FACETS}
    pages = min(LAST_PAGE, max(1, -(-found.total // PER_PAGE)))
    return Results(shown, found.total, wanted.page, pages, facets, found.read_as)


def _found(wanted: Asked, given: Mapping[str, Given]) -> Found:
    """Nobody is told of what they may not see, by its absence or by the time it takes: the index leaves it out."""
    chosen = {**wanted.chosen, "seen": [*shown_to_reader(), *given]}
    offset = (wanted.page - 1) * PER_PAGE
    if wanted.typed.strip():
        return engine().search(wanted.typed, PER_PAGE, offset, chosen, wanted.order)
    return engine().browse(PER_PAGE, offset, chosen, wanted.order or "new")


def _rows(keys: Sequence[UUID]) -> dict[Resource, str]:
    """In the order of the keys, each with the note of its version."""
    statement = (
        select(Resource, ResourceVersion.note)
        .outerjoin(ResourceVersion, ResourceVersion.id == Resource.current_id)
        .where(Resource.id.in_(keys))
    )
    rows = {row.id: (row, note or "") for row, note in db.session.execute(statement)}
    return dict(rows[key] for key in keys if key in rows)


def _given(row: Resource, note: str, given: Mapping[str, Given]) -> Given | None:
    """Teachers open a course in the workshop, whoever learns with it in their own lessons."""
    if row.state != "mirror" or works_with(row.path):
        return None
    return given.get(given_facet(note))


def _places(rows: Sequence[Resource], keys: frozenset[str]) -> dict[UUID, list[ResourceText]]:
    """A few pages of each resource that hold the beginning of a word asked for: one statement."""
    beginnings = sorted({one for key in keys if (one := _beginning(key))})[:40]
    versions = [row.current_id for row in rows if row.current_id]
    if not beginnings or not versions:
        return {}
    holds = or_(
        *(ResourceText.words.contains(one, autoescape=True) for one in beginnings),
        *(ResourceText.words.contains(one.capitalize(), autoescape=True) for one in beginnings),
    )
    number = func.row_number().over(partition_by=ResourceText.version_id, order_by=ResourceText.number)
    inner = (
        select(ResourceText.version_id, ResourceText.number, number.label("rank"))
        .where(ResourceText.version_id.in_(versions), holds)
        .subquery()
    )
    found: dict[UUID, list[ResourceText]] = {}
    for text in db.session.scalars(
        select(ResourceText)
        .join(
            inner, (inner.c.version_id == ResourceText.version_id) & (inner.c.number == ResourceText.number)
        )
        .where(inner.c.rank <= PARTS_EACH)
        .order_by(ResourceText.version_id, ResourceText.number)
    ):
        found.setdefault(text.version_id, []).append(text)
    return found


def _beginning(key: str) -> str:
    """What forms of a word have in common at their front: enough to look for, the analysis decides."""
    word = key.partition(":")[2] if key[1:2] == ":" else key
    word = word.rstrip("-~^")
    return word[: max(3, len(word) - 2)] if len(word) > 2 else word


def _shown(
    row: Resource, keys: frozenset[str], places: Mapping[UUID, list[ResourceText]], given: Given | None
) -> Result:
    title = marked(in_language(row, "title"), keys)
    best: tuple[int, list[Piece], str, int] = (0, [], "", 0)
    for text in places.get(row.current_id, []) if row.current_id else []:
        if given and (text.unit != "lesson" or text.place not in given.open):
            continue  # a question, or a lesson that waits for others
        piece = best_piece(text.words, keys, None)
        count = len({one.text.lower() for one in piece if one.marked})
        if count > best[0]:
            best = (count, piece, text.unit, text.place)
    if best[0]:
        return Result(row, title, best[1], best[2], best[3], given)
    about = in_language(row, "about")
    return Result(row, title, best_piece(about, keys) or [Piece(_shortened(about))], given=given)


def _shortened(text: str, most: int = 220) -> str:
    return text if len(text) <= most else text[: text.rfind(" ", 0, most)] + " …"


def suggestions(typed: str) -> list[str]:
    return engine().suggestions(typed[:200], 8)
