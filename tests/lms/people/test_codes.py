"""One-time codes from paper: first passwords, forgotten ones, becoming a guardian."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from lms.core import clock
from lms.core.audit import AuditEntry
from lms.core.db import db, edge
from lms.people.models import Guardianship, OneTimeCode, Person, RoleHolding
from lms.people.service import codes
from tests.cast import Browser, Cast, read_afresh

NEW = "өзен жағасында қайың"


def issued(person: Person, purpose: str = codes.PASSWORD) -> str:
    with edge():
        return codes.issue_code(db.session.get_one(Person, person.id), purpose, None)


def uses(browser: Browser, code: str, password: str = NEW) -> int:
    data = {"code": code, "password": password, "again": password}
    return browser.post("/sign-in/code", data).status_code


def test_a_code_gives_a_first_password_once(cast: Cast) -> None:
    pupil = cast.pupil(cast.school_class(5), login="gani")
    code = issued(pupil)
    browser = cast.visitor()
    assert uses(browser, codes.shown(code)) == 303
    assert "gani" in browser.get("/").text
    assert uses(cast.visitor(), code) == 422
    assert cast.visitor().signs_in("gani", NEW).status_code == 302


@pytest.mark.parametrize("typed", ["small", "spaces", "cyrillic"])
def test_a_code_may_be_typed_as_children_type(typed: str, cast: Cast) -> None:
    code = issued(cast.pupil(cast.school_class(5), login="gani"))
    cyrillic = code.translate(str.maketrans("ABEKMHPCTYX", "АВЕКМНРСТУХ"))
    ways = {"small": code.lower(), "spaces": f" {code[:4]} {code[4:]} ", "cyrillic": cyrillic}
    assert uses(cast.visitor(), ways[typed]) == 303


def test_a_code_runs_out_and_a_newer_one_ends_it(cast: Cast) -> None:
    pupil = cast.pupil(cast.school_class(5), login="gani")
    first, second = issued(pupil), issued(pupil)
    assert uses(cast.visitor(), first) == 422
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert uses(cast.visitor(), second) == 422


def test_a_weak_password_does_not_use_the_code_up(cast: Cast) -> None:
    code = issued(cast.pupil(cast.school_class(5), login="gani"))
    assert uses(cast.visitor(), code, "12345678") == 422
    assert uses(cast.visitor(), code) == 303


def test_only_a_digest_of_the_code_is_kept(cast: Cast) -> None:
    code = issued(cast.pupil(cast.school_class(5), login="gani"))
    row = db.session.scalar(select(OneTimeCode))
    assert row and code not in row.digest


def test_a_teacher_helps_a_pupil_and_not_the_director(cast: Cast) -> None:
    pupil, director = cast.pupil(cast.school_class(5), login="gani"), cast.person("director")
    teacher = cast.signed_in("teacher")
    page = teacher.post(f"/people/{pupil.id}/code").text
    found = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", page)
    assert found and uses(cast.visitor(), found[0]) == 303
    assert teacher.post(f"/people/{director.id}/code").status_code == 403


def test_a_parent_without_an_account_gets_one_with_the_schools_code(cast: Cast) -> None:
    pupil = cast.pupil(cast.school_class(2))
    code = issued(pupil, codes.GUARDIAN)
    browser = cast.visitor("ru")
    data = {
        "code": code,
        "first_name": "Бақыт",
        "surname": "Әлиев",
        "password": NEW,
        "again": NEW,
        "relation": "parent",
    }
    assert browser.post("/join", data).status_code == 303
    assert "Әлиев Ғани" in browser.get("/children").text
    read_afresh()
    parent = db.session.scalar(select(Person).where(Person.login == "baqyt.aliev"))
    assert parent
    held = db.session.scalars(select(RoleHolding).where(RoleHolding.person_id == parent.id)).all()
    assert [(one.role, one.place_id) for one in held] == [("guardian", cast.school.id)]
    assert "guardian.linked" in db.session.scalars(select(AuditEntry.action)).all()
    assert cast.visitor().post("/join", data).status_code == 422


def test_somebody_signed_in_enters_the_code_of_a_second_child(cast: Cast) -> None:
    row = cast.school_class(2)
    parent = cast.signed_in("guardian")
    for name in ("Ғани", "Дана"):
        code = issued(cast.pupil(row, name), codes.GUARDIAN)
        assert parent.post("/join", {"code": code, "relation": "relative"}).status_code == 303
    assert db.session.scalars(select(Guardianship.relation)).all() == ["relative", "relative"]
    page = parent.get("/children").text
    assert "Ғани" in page and "Дана" in page


def test_the_school_revokes_codes_and_ends_links(cast: Cast) -> None:
    pupil = cast.pupil(cast.school_class(2))
    director = cast.signed_in("director")
    code = issued(pupil, codes.GUARDIAN)
    assert director.post(f"/people/{pupil.id}/guardian-code/revoke").status_code == 303
    parent = cast.signed_in("guardian")
    assert parent.post("/join", {"code": code}).status_code == 422
    assert parent.post("/join", {"code": issued(pupil, codes.GUARDIAN)}).status_code == 303
    assert "Ғани" in parent.get("/children").text
    read_afresh()
    link = db.session.scalar(select(Guardianship.id))
    assert director.post(f"/people/guardianship/{link}/end").status_code == 303
    assert "Ғани" not in parent.get("/children").text
