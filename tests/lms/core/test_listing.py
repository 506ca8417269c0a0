"""Lists: in a firm order, however many share a value, and with whatever the address bar brings."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from lms.core.db import edge
from lms.core.listing import PER_PAGE, Listing, listing
from lms.places import service as places
from lms.places.models import Place
from tests.cast import Cast


@pytest.fixture
def many(cast: Cast) -> Cast:
    with edge():
        for number in range(PER_PAGE + 20):
            places.found_place(
                "settlement", "Бірлік", "Бирлик", cast.district, code=f"c{number}" if number % 2 else None
            )
    return cast


def listed(cast: Cast, query: str) -> Listing:
    with cast.app.test_request_context(f"/?{query}"):
        statement = select(Place).where(Place.level == "settlement")
        filters = {"name": lambda text: func.lower(Place.name_kk).contains(text.lower(), autoescape=True)}
        return listing(statement, {"name": Place.sort_kk, "code": Place.code}, filters)


def test_rows_of_one_name_are_on_one_page_each(many: Cast) -> None:
    seen = [row.id for page in (1, 2) for row in listed(many, f"page={page}").rows]
    assert len(seen) == len(set(seen)) == PER_PAGE + 20


@pytest.mark.parametrize("sort", ["code", "-code"])
def test_empty_values_come_last_whichever_way_one_sorts(many: Cast, sort: str) -> None:
    codes = [row.code for page in (1, 2) for row in listed(many, f"sort={sort}&page={page}").rows]
    assert all(codes[:35]) and not any(codes[35:])


@pytest.mark.parametrize(
    "query", ["page=-1", "page=99999999999999999999", "page=x", "sort=password", "sort=--name", "name=%00"]
)
def test_a_strange_address_is_still_a_list(many: Cast, query: str) -> None:
    assert listed(many, query).rows
