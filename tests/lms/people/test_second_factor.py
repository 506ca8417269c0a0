"""The second factor of staff: asked for, set up, passed once per digits, replaced by recovery codes."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import Person
from lms.people.service import second_factor
from tests.cast import PASSWORD, Browser, Cast, read_afresh

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def digits(secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(clock.now())


def has_one(cast: Cast, role: str = "administrator") -> tuple[Browser, list[str]]:
    """A browser that has given the password, and the recovery codes."""
    person = cast.person(role)
    with edge():
        codes = second_factor.enrol(db.session.get_one(Person, person.id), SECRET)
    browser = cast.visitor()
    assert browser.signs_in(str(person.login)).status_code == 302
    return browser, codes


@pytest.mark.parametrize("role", ["administrator", "methodologist"])
def test_some_roles_see_nothing_before_they_have_set_it_up(role: str, cast: Cast) -> None:
    browser = cast.visitor()
    assert browser.signs_in(str(cast.person(role).login)).status_code == 302
    answer = browser.get("/")
    assert answer.status_code == 302 and answer.location.endswith("/second-factor")
    assert browser.get("/second-factor").location.endswith("/second-factor/set-up")
    page = browser.get("/second-factor/set-up").text
    found = re.search(r"((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})", page)
    assert found and "data:image/svg+xml" in page
    secret = found[1].replace(" ", "")
    assert browser.post("/second-factor/set-up", {"code": "000000"}).status_code == 422
    done = browser.post("/second-factor/set-up", {"code": digits(secret)})
    assert len(re.findall(r"<code>", done.text)) == 10
    assert browser.get("/").status_code == 200
    assert cast.visitor().get("/second-factor").status_code == 302


def test_teachers_are_not_asked_unless_they_want_to(cast: Cast) -> None:
    assert cast.signed_in("teacher").get("/").status_code == 200
    browser, _codes = has_one(cast, "teacher")
    assert browser.get("/").status_code == 302
    assert browser.post("/second-factor", {"code": digits()}).status_code == 303
    assert browser.get("/").status_code == 200


def test_the_same_digits_pass_once(cast: Cast) -> None:
    with time_machine.travel(clock.now(), tick=False):
        browser, _codes = has_one(cast)
        assert browser.post("/second-factor", {"code": digits()}).status_code == 303
        again = cast.visitor()
        again.signs_in(str(cast.person("administrator").login))
        assert again.post("/second-factor", {"code": digits()}).status_code == 422


def test_digits_of_five_minutes_ago_do_not_pass(cast: Cast) -> None:
    browser, _codes = has_one(cast)
    old = pyotp.TOTP(SECRET).at(clock.now() - timedelta(minutes=5))
    assert browser.post("/second-factor", {"code": old}).status_code == 422


def test_a_recovery_code_stands_in_once(cast: Cast) -> None:
    browser, codes = has_one(cast)
    assert (
        browser.post("/second-factor", {"code": f"{codes[0][:5]}-{codes[0][5:].lower()}"}).status_code == 303
    )
    again = cast.visitor()
    again.signs_in(str(cast.person("administrator").login))
    assert again.post("/second-factor", {"code": codes[0]}).status_code == 422
    assert again.post("/second-factor", {"code": codes[1]}).status_code == 303


def test_whoever_has_the_password_alone_cannot_put_a_new_one_in_its_place(cast: Cast) -> None:
    browser, _codes = has_one(cast)
    assert browser.get("/second-factor/set-up").status_code == 403
    assert browser.post("/second-factor/set-up", {"code": "123456"}).status_code == 403
    assert browser.post("/account/second-factor/drop", {"password": PASSWORD}).status_code == 302
    assert db.session.get_one(Person, cast.person("administrator").id).totp_sealed


def test_guessing_is_paused(cast: Cast) -> None:
    browser, _codes = has_one(cast)
    for _try in range(5):
        assert browser.post("/second-factor", {"code": "000000"}).status_code == 422
    assert browser.post("/second-factor", {"code": digits()}).status_code == 429


def test_dropping_it_asks_for_the_password(cast: Cast) -> None:
    browser, _codes = has_one(cast, "teacher")
    browser.post("/second-factor", {"code": digits()})
    assert browser.post("/account/second-factor/drop", {"password": "wrong"}).status_code == 303
    read_afresh()
    assert db.session.get_one(Person, cast.person("teacher").id).totp_sealed
    assert browser.post("/account/second-factor/drop", {"password": PASSWORD}).status_code == 303
    read_afresh()
    assert db.session.get_one(Person, cast.person("teacher").id).totp_sealed is None


def test_the_secret_is_kept_sealed(cast: Cast) -> None:
    has_one(cast)
    kept = db.session.get_one(Person, cast.person("administrator").id).totp_sealed
    assert kept and SECRET.encode() not in kept
