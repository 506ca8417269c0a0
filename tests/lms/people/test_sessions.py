"""Sessions: seen and ended by their owner, ended for the disabled; pauses after wrong tries."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people import service
from lms.people.models import Person, SignInPause, SignInSession
from tests.cast import PASSWORD, Cast, read_afresh


def sessions(person: Person) -> list[SignInSession]:
    read_afresh()
    return list(db.session.scalars(select(SignInSession).where(SignInSession.person_id == person.id)))


def test_the_owner_sees_and_ends_another_session(cast: Cast) -> None:
    at_school, at_home = cast.signed_in("teacher"), cast.signed_in("teacher")
    page = at_home.get("/account").text
    assert page.count("/account/sessions/") == 2  # the other one, and the button for all
    other = next(one for one in sessions(cast.person("teacher")) if str(one.id) in page)
    assert at_home.post(f"/account/sessions/{other.id}/end").status_code == 303
    assert at_school.get("/").status_code == 302
    assert at_home.get("/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(cast: Cast) -> None:
    director, teacher = cast.signed_in("director"), cast.signed_in("teacher")
    foreign = sessions(cast.person("director"))[0]
    assert teacher.post(f"/account/sessions/{foreign.id}/end").status_code == 404
    assert director.get("/").status_code == 200


def test_all_others_are_ended_at_once(cast: Cast) -> None:
    first, second, third = (cast.signed_in("teacher") for _number in range(3))
    assert third.post("/account/sessions/end-others").status_code == 303
    assert [one.get("/").status_code for one in (first, second, third)] == [302, 302, 200]


def test_a_new_password_ends_the_other_sessions(cast: Cast) -> None:
    first, second = cast.signed_in("teacher"), cast.signed_in("teacher")
    new = "өзен жағасында қайың"
    data = {"old": PASSWORD, "password": new, "again": new}
    assert second.post("/account/password", data).status_code == 303
    assert [first.get("/").status_code, second.get("/").status_code] == [302, 200]
    login = str(cast.person("teacher").login)
    assert cast.visitor().signs_in(login, PASSWORD).status_code == 422
    assert cast.visitor().signs_in(login, new).status_code == 302


def test_a_password_change_asks_for_the_old_one_and_teaches(cast: Cast) -> None:
    browser = cast.signed_in("teacher")
    for data in (
        {"old": "wrong", "password": "өзен жағасында қайың", "again": "өзен жағасында қайың"},
        {"old": PASSWORD, "password": "өзен жағасында қайың", "again": "өзен жағасында терек"},
        {"old": PASSWORD, "password": "қысқа", "again": "қысқа"},
    ):
        answer = browser.post("/account/password", data)
        assert answer.status_code == 422
        assert "field-error" in answer.text


def test_a_disabled_person_is_out_at_once(cast: Cast) -> None:
    browser, person = cast.signed_in("teacher"), cast.person("teacher")
    with edge():
        service.disable_person(db.session.get_one(Person, person.id))
    assert browser.get("/").status_code == 302
    assert cast.visitor().signs_in(str(person.login)).status_code == 422
    assert all(one.ended_at for one in sessions(person))


def test_a_session_is_touched_while_reading_and_dies_unused(cast: Cast) -> None:
    browser, person = cast.signed_in("teacher"), cast.person("teacher")
    now = clock.now()
    with time_machine.travel(now + timedelta(minutes=6), tick=False):
        assert browser.get("/").status_code == 200
    assert sessions(person)[0].last_seen_at == now + timedelta(minutes=6)
    with time_machine.travel(now + timedelta(hours=13), tick=False):
        assert browser.get("/").status_code == 302


def test_pauses_double_up_to_fifteen_minutes(cast: Cast) -> None:
    login, now = str(cast.person("teacher").login), clock.now()
    lengths = []
    for _number in range(4):
        with time_machine.travel(now, tick=False):
            for _try in range(5):
                assert cast.visitor().signs_in(login, "wrong").status_code == 422
            assert cast.visitor().signs_in(login).status_code == 429
        read_afresh()
        until = db.session.scalar(select(SignInPause.paused_until))
        assert until
        lengths.append((until - now).total_seconds() // 60)
        now = until + timedelta(seconds=1)
        cast.app.extensions["tries"].storage.reset()
    assert lengths == [5, 10, 15, 15]


def test_a_classmate_cannot_shut_the_owner_out_of_a_known_browser(cast: Cast) -> None:
    known = cast.signed_in("teacher")
    assert known.post("/sign-out").status_code == 302
    login = str(cast.person("teacher").login)
    for _try in range(5):
        cast.visitor().signs_in(login, "wrong")
    assert cast.visitor().signs_in(login).status_code == 429
    assert known.signs_in(login).status_code == 302


def test_after_a_hundred_wrong_tries_in_a_row_only_a_code_helps(cast: Cast) -> None:
    person = cast.person("teacher")
    with edge():
        db.session.get_one(Person, person.id).failed_in_row = 100
    answer = cast.visitor("ru").signs_in(str(person.login))
    assert answer.status_code == 422
    assert "одноразовый код" in answer.text


def test_one_browser_guesses_thirty_times_at_most(cast: Cast) -> None:
    browser = cast.visitor()
    answers = [browser.signs_in(f"nobody{number}", "x").status_code for number in range(31)]
    assert answers == [422] * 30 + [429]
