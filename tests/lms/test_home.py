"""The home page says what there is to do, to each in their own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from lms.core.db import db, edge
from lms.core.imports.models import ImportRun
from lms.people.models import Guardianship
from lms.people.models.persons import ROLES
from lms.places import service as places
from tests.cast import Cast


@pytest.mark.parametrize(
    "language, said", [("kk", "2026 жылғы 20 қараша, жұма"), ("ru", "пятница, 20 ноября 2026 года")]
)
def test_the_day_is_said_in_words(cast: Cast, language: str, said: str) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 6, tzinfo=UTC), tick=False):
        page = cast.signed_in("teacher", language=language).get("/").text
    assert said in page


def test_a_teacher_sees_her_school_and_the_way_to_help(cast: Cast) -> None:
    page = cast.signed_in("teacher").get("/").text
    assert "Менің мектебім" in page and "Тарбағатай орта мектебі" in page
    assert "Мектепті табу" in page


def test_who_looks_after_many_schools_sees_their_number_and_the_first_few(cast: Cast) -> None:
    browser = cast.signed_in("district_officer")
    with edge():
        for number in range(1, 9):
            places.found_school(cast.district, f"№ {number} мектеп", f"Школа № {number}")
    page = browser.get("/").text
    assert page.count("мектеп</a>") == 5
    assert "Барлық мектепті көрсету" in page


def test_a_guardian_without_schools_to_see_is_not_shown_a_card_about_them(cast: Cast) -> None:
    page = cast.signed_in("guardian").get("/").text
    assert "Менің мектебім" not in page
    assert "Көмектің барлық тақырыбы" in page


def test_a_class_teacher_sees_her_class_and_its_size(cast: Cast) -> None:
    row = cast.school_class(3)
    cast.pupil(row)
    with edge():
        row.teacher_id = cast.person("teacher").id
    page = cast.signed_in("teacher").get("/").text
    assert "Менің сыныптарым" in page and "1 оқушы" in page


def test_a_guardian_is_shown_the_children_or_the_way_to_link_one(cast: Cast) -> None:
    browser = cast.signed_in("guardian")
    assert 'href="/join"' in browser.get("/").text
    pupil = cast.pupil(cast.school_class(3))
    with edge():
        db.session.add(Guardianship(guardian_id=cast.person("guardian").id, child_id=pupil.id))
    assert pupil.full_name in browser.get("/").text


def test_an_import_that_waits_comes_first(cast: Cast) -> None:
    director = cast.person("director")
    with edge():
        db.session.add(
            ImportRun(
                kind="pupils", file_name="pupils.xlsx", asked_by_id=director.id, place_path=cast.school.path
            )
        )
    page = cast.signed_in("director").get("/").text
    assert page.index("pupils.xlsx") < page.index("Менің мектебім")


def test_the_home_page_asks_the_database_at_most_eight_times(
    cast: Cast, statements: Callable[[], Any]
) -> None:
    for role in ROLES:
        browser = cast.signed_in(role)
        with statements() as sent:
            assert browser.get("/").status_code == 200
        assert len(sent) <= 8, f"{role}: {sent}"
