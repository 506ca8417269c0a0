"""Roles: given below one's own, at one's places, for a time; never from a form field that was not asked."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people import service
from lms.people.models import Person, RoleHolding
from tests.cast import Browser, Cast, read_afresh


def gives(browser: Browser, person: Person, role: str, cast: Cast, until: str = "", place: str = "") -> int:
    data = {
        "role": role,
        "place_id": place or str(cast.school.id),
        "since": clock.today().isoformat(),
        "until": until,
    }
    return browser.post(f"/people/{person.id}/roles", data).status_code


def held(person: Person) -> set[str]:
    read_afresh()
    return set(db.session.scalars(select(RoleHolding.role).where(RoleHolding.person_id == person.id)))


def test_a_director_gives_roles_of_staff_in_the_own_school(cast: Cast) -> None:
    teacher, director = cast.person("teacher"), cast.signed_in("director")
    assert gives(director, teacher, "deputy_director", cast) == 303
    assert held(teacher) == {"teacher", "deputy_director"}
    for role in ("director", "administrator", "republic_officer"):
        assert gives(director, teacher, role, cast) == 422, role
    assert gives(director, teacher, "teacher", cast, place=str(cast.school_elsewhere.id)) == 422
    assert held(teacher) == {"teacher", "deputy_director"}


def test_an_administrator_gives_every_role_that_fits_the_place(cast: Cast) -> None:
    teacher, administrator = cast.person("teacher"), cast.signed_in("administrator")
    assert gives(administrator, teacher, "director", cast) == 303
    assert gives(administrator, teacher, "oblast_officer", cast) in (403, 422)
    assert held(teacher) == {"teacher", "director"}


def test_nobody_gives_themselves_anything(cast: Cast) -> None:
    director = cast.signed_in("director")
    assert gives(director, cast.person("director"), "deputy_director", cast) == 403


def test_teachers_and_pupils_give_nothing(cast: Cast) -> None:
    pupil = cast.pupil(cast.school_class(5))
    for role in ("teacher", "student", "guardian", "methodologist"):
        assert gives(cast.signed_in(role), pupil, "teacher", cast) == 403, role


def test_a_role_for_a_time_counts_for_that_time(cast: Cast) -> None:
    person = cast.person("student")
    today = clock.today()
    with edge():
        service.give_role(
            person, "teacher", cast.school, today - timedelta(days=9), today - timedelta(days=1)
        )
    browser = cast.signed_in("student")
    assert browser.get("/people").status_code == 403


def test_dates_that_do_not_fit_and_doubles_are_refused(cast: Cast) -> None:
    teacher, director = cast.person("teacher"), cast.signed_in("director")
    assert gives(director, teacher, "deputy_director", cast, until="2001-01-01") == 409
    assert gives(director, teacher, "teacher", cast) == 409


def test_a_role_is_taken_back_and_stays_on_record(cast: Cast) -> None:
    teacher, director = cast.person("teacher"), cast.signed_in("director")
    with edge():
        holding = db.session.scalar(select(RoleHolding).where(RoleHolding.person_id == teacher.id))
        assert holding
        holding.since = date(2024, 9, 1)
    browser = cast.signed_in("teacher")
    assert director.post(f"/people/roles/{holding.id}/take").status_code == 303
    read_afresh()
    assert db.session.get_one(RoleHolding, holding.id).until == clock.today() - timedelta(days=1)
    assert browser.get("/people").status_code == 403
    deputy = cast.signed_in("deputy_director")
    own = db.session.scalar(select(RoleHolding.id).where(RoleHolding.role == "director"))
    assert deputy.post(f"/people/roles/{own}/take").status_code == 403
