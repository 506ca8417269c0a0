"""A list with search, filters, sorting and paging kept in the URL. components/table.html draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select, func, inspect, select

from lms.core.db import db

PER_PAGE = 50


@dataclass(frozen=True)
class Listing:
    """Two statements however long the list is: one counts, one reads a page."""

    rows: Sequence[Any]
    total: int
    page: int
    sort: str
    descending: bool
    wanted: Mapping[str, str]  # what stands in the URL besides page and sort

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def filtered(self) -> bool:
        return any(self.wanted.values())

    def url(self, **change: Any) -> str:
        """This list with something changed; the page starts anew unless it is what changes."""
        now = {**self.wanted, "sort": ("-" if self.descending else "") + self.sort, **change}
        return "?" + urlencode({key: value for key, value in now.items() if value not in ("", None, 1)})

    def sorted_url(self, column: str) -> str:
        return self.url(sort=f"-{column}" if column == self.sort and not self.descending else column)


def listing(
    statement: Select[Any],
    sorts: Mapping[str, Any],
    filters: Mapping[str, Any] | None = None,
    default: str = "",
) -> Listing:
    """`sorts` and `filters` by their names in the URL; a filter is a function from its text to a condition.

    Without a wish the first sort counts, or `default`: "-when" puts the newest first.
    """
    wanted = {name: request.args.get(name, "").replace("\0", "").strip()[:200] for name in filters or {}}
    for name, condition in (filters or {}).items():
        if wanted[name]:
            statement = statement.where(condition(wanted[name]))
    given = request.args.get("sort", "") or default
    sort, descending = given.lstrip("-"), given.startswith("-")
    if sort not in sorts:
        sort, descending = next(iter(sorts)), False
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    page = min(max(request.args.get("page", 1, type=int), 1), max(1, -(-total // PER_PAGE)))
    order = sorts[sort].desc() if descending else sorts[sort].asc()
    # Empty values come last on both databases, and equal ones keep their order from page to page.
    ordered = statement.order_by(order.nulls_last(), *_keys(statement))
    rows = db.session.execute(ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).unique()
    found = [row[0] if len(row) == 1 else row for row in rows.all()]
    return Listing(found, total, page, sort, descending, wanted)


def _keys(statement: Select[Any]) -> list[Any]:
    """The primary key of the rows that are listed, when whole rows are."""
    first = statement.column_descriptions[0]
    return list(inspect(first["entity"]).primary_key) if first["expr"] is first.get("entity") else []
