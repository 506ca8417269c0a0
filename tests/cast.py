"""People we know, and clients whose methods are sentences. Tests speak of Aigul, not of user 7.

Two oblasts so that "foreign" means something: everyone here belongs to Abai oblast, except those whose
name ends in `_elsewhere`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from lms.core import clock
from lms.core.db import db, edge
from lms.people import service as people
from lms.people.models import Person, SchoolClass, SchoolYear, SignInSession
from lms.people.models.persons import ROLES
from lms.people.service import classes, years
from lms.places import service as places
from lms.places.models import Place, School

ABOVE_SCHOOLS = {"administrator", "district_officer", "oblast_officer", "republic_officer"}
SITE = "http://localhost:8000"
PASSWORD = "бұлақ-тау-17-жұлдыз"


def read_afresh() -> None:
    """What requests have written meanwhile is seen: neither an old snapshot nor rows read before stay."""
    db.session.rollback()
    db.session.expire_all()


class Browser:
    """A browser that keeps cookies, sends Origin and finds the CSRF token itself."""

    def __init__(self, app: Flask, language: str = "kk") -> None:
        self.client: FlaskClient = app.test_client()
        self.client.set_cookie("language", language, domain="localhost")

    def get(self, path: str, **more: Any) -> TestResponse:
        # Read to its end and closed: a file that is sent in pieces stays open otherwise.
        return self.client.get(path, base_url=SITE, **{"buffered": True, **more})

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        filled = {"csrf_token": self.csrf_token(), **(data or {})}
        headers = {"Origin": SITE, **more.pop("headers", {})}
        return self.client.post(path, data=filled, base_url=SITE, headers=headers, **more)

    def csrf_token(self) -> str:
        page = self.get("/sign-in", follow_redirects=True).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, page
        return found[1]

    def signs_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/sign-in", {"login": login, "password": password})


class Cast:
    def __init__(self, app: Flask) -> None:
        self.app = app

    @cached_property
    def republic(self) -> Place:
        return self._founded("republic", "Қазақстан Республикасы", "Республика Казахстан", None)

    @cached_property
    def oblast(self) -> Place:
        return self._founded("oblast", "Абай облысы", "область Абай", self.republic)

    @cached_property
    def district(self) -> Place:
        return self._founded("district", "Аягөз ауданы", "Аягозский район", self.oblast)

    @cached_property
    def school(self) -> Place:
        return self._school("Тарбағатай орта мектебі", "Тарбагатайская средняя школа", self.district)

    @cached_property
    def school_elsewhere(self) -> Place:
        oblast = self._founded("oblast", "Маңғыстау облысы", "Мангистауская область", self.republic)
        district = self._founded("district", "Бейнеу ауданы", "Бейнеуский район", oblast)
        return self._school("Бейнеу орта мектебі", "Бейнеуская средняя школа", district)

    def person(self, role: str, place: Place | None = None, login: str | None = None) -> Person:
        """Somebody with this role at the place: their school, or the district for officers and administrators."""
        place = place or (self.district if role in ABOVE_SCHOOLS else self.school)
        login = login or f"{role}-{place.code or place.id.hex[-6:]}"
        known = db.session.scalar(select(Person).where(Person.login == login))
        if known:
            return known
        with edge():
            person = people.enrol_person("Айгүл", "Сейітқызы", login=login)
            people.give_role(person, role, place)
            people.set_password(person, PASSWORD, by_person=True)
        return person

    def visitor(self, language: str = "kk") -> Browser:
        return Browser(self.app, language)

    def signed_in(self, role: str, place: Place | None = None, language: str = "kk") -> Browser:
        person = self.person(role, place)
        with edge():
            person.language = language
        browser = self.visitor(language)
        assert browser.signs_in(str(person.login)).status_code == 302
        with edge():
            # The second factor has been shown; how that goes is told in tests of its own.
            db.session.execute(
                update(SignInSession)
                .where(SignInSession.person_id == person.id)
                .values(second_factor_due=False)
            )
        return browser

    @cached_property
    def year(self) -> SchoolYear:
        """The school year that is running."""
        first = clock.today().year - (clock.today().month < 9)
        known = db.session.scalar(select(SchoolYear).where(SchoolYear.starts_on == date(first, 9, 1)))
        if known:
            return known
        with edge():
            return years.open_year(date(first, 9, 1), date(first + 1, 5, 25))

    def school_class(self, grade: int, letter: str = "А", school: Place | None = None) -> SchoolClass:
        """A class of the running year, made when it is not there yet."""
        school = school or self.school
        known = db.session.scalar(
            select(SchoolClass).where(
                SchoolClass.school_id == school.id,
                SchoolClass.year_id == self.year.id,
                SchoolClass.grade == grade,
                SchoolClass.letter == letter,
            )
        )
        if known:
            return known
        with edge():
            return classes.open_class(db.session.get_one(School, school.id), self.year, grade, letter)

    def pupil(
        self, row: SchoolClass, first_name: str = "Ғани", surname: str = "Әлиев", **facts: Any
    ) -> Person:
        """Somebody new in this class."""
        school = db.session.get_one(Place, row.school_id)
        with edge():
            person = people.enrol_person(first_name, surname, **facts)
            people.give_role(person, "student", school)
            classes.join_class(person, row, school.path)
        return person

    def everyone(self) -> dict[str, Browser]:
        """One signed-in browser for each role, at the school."""
        return {role: self.signed_in(role) for role in ROLES}

    def _founded(self, level: str, kk: str, ru: str, parent: Place | None) -> Place:
        with edge():
            return places.found_place(level, kk, ru, parent)

    def _school(self, kk: str, ru: str, parent: Place) -> Place:
        with edge():
            key: UUID = places.found_school(parent, kk, ru).place_id
        return db.session.get_one(Place, key)
