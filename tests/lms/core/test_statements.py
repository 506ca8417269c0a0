"""No page asks the database more the longer its list is."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from lms.core.db import edge
from lms.places import service as places
from tests.cast import Cast

Statements = Callable[[], AbstractContextManager[list[str]]]


def test_the_list_of_schools_takes_as_many_statements_for_thirty_as_for_one(
    cast: Cast, statements: Statements
) -> None:
    director = cast.signed_in("district_officer", cast.school.parent)
    with statements() as for_one:
        assert director.get("/places/schools").status_code == 200
    with edge():
        for number in range(30):
            places.found_school(cast.district, f"№ {number} мектеп", f"Школа № {number}")
    with statements() as for_many:
        assert "№ 29 мектеп" in director.get("/places/schools").text
    assert len(for_one) == len(for_many) <= 8


def test_statements_outside_the_block_are_not_counted(cast: Cast, statements: Statements) -> None:
    browser = cast.visitor()
    with statements() as sent:
        pass
    browser.get("/readyz")
    assert sent == []
    with statements() as sent:
        browser.get("/readyz")
    assert sent == ["SELECT version_num FROM alembic_version"]
