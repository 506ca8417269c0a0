"""Small pupils sign in with pictures on the school's computers, and with cards; such sessions are limited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people import pictures
from lms.people.models import Person, SignInTrouble
from lms.people.service import cards
from tests.cast import Browser, Cast, read_afresh


def at_school(cast: Cast) -> Browser:
    """The browser of a registered computer, with nobody signed in."""
    browser = cast.signed_in("teacher")
    assert (
        browser.post("/devices", {"school_id": str(cast.school.id), "name": "12-кабинет"}).status_code == 303
    )
    assert browser.post("/sign-out").status_code == 302
    return browser


def with_pictures(cast: Cast) -> Person:
    pupil = cast.pupil(cast.school_class(1))
    with edge():
        db.session.get_one(Person, pupil.id).pictures = [3, 7, 1]
    return pupil


def page_of(cast: Cast, pupil: Person) -> str:
    return f"/sign-in/pictures/{cast.school_class(1).id}/{pupil.id}"


def test_names_are_shown_on_registered_computers_only(cast: Cast) -> None:
    pupil, row = with_pictures(cast), cast.school_class(1)
    stranger = cast.visitor()
    assert row.name not in stranger.get("/sign-in/pictures").text
    assert stranger.get(f"/sign-in/pictures/{row.id}").status_code == 404
    assert stranger.post(page_of(cast, pupil), {"p": ["3", "7", "1"]}).status_code == 404
    browser = at_school(cast)
    assert row.name in browser.get("/sign-in/pictures").text
    assert "Ғани" in browser.get(f"/sign-in/pictures/{row.id}").text


def test_three_pictures_in_order_open_a_limited_session(cast: Cast) -> None:
    pupil, browser = with_pictures(cast), at_school(cast)
    first = browser.post(page_of(cast, pupil), {"p": ["3"]})
    assert first.status_code == 200 and 'value="3"' in first.text
    assert browser.post(page_of(cast, pupil), {"p": ["3", "7", "1"]}).status_code == 302
    assert browser.get("/").status_code == 200
    for path in ("/account", "/children", "/people", "/account/password"):
        assert browser.get(path).status_code == 403, path
    with time_machine.travel(clock.now() + timedelta(hours=5), tick=False):
        assert browser.get("/").status_code == 302


def test_five_errors_pause_that_name_on_that_computer_and_tell_the_teacher(cast: Cast) -> None:
    pupil, browser, other = with_pictures(cast), at_school(cast), at_school(cast)
    for _try in range(5):
        assert browser.post(page_of(cast, pupil), {"p": ["1", "7", "3"]}).status_code == 422
    assert browser.post(page_of(cast, pupil), {"p": ["3", "7", "1"]}).status_code == 429
    assert other.post(page_of(cast, pupil), {"p": ["3", "7", "1"]}).status_code == 302
    read_afresh()  # what the requests wrote
    assert db.session.scalar(select(SignInTrouble.device_name)) == "12-кабинет"
    assert "12-кабинет" in cast.signed_in("teacher").get(f"/classes/{cast.school_class(1).id}").text


def test_classes_above_the_fourth_and_revoked_computers_have_no_pictures(cast: Cast) -> None:
    browser, older = at_school(cast), cast.school_class(5)
    assert browser.get(f"/sign-in/pictures/{older.id}").status_code == 404
    row = cast.school_class(1)
    teacher = cast.signed_in("teacher")
    page = teacher.get("/devices").text
    key = page.split("/devices/")[1].split("/")[0]
    assert teacher.post(f"/devices/{key}/revoke").status_code == 303
    assert browser.get(f"/sign-in/pictures/{row.id}").status_code == 404


def test_the_teacher_draws_pictures_by_lot_and_prints_them(cast: Cast) -> None:
    row = cast.school_class(1)
    cast.pupil(row)
    teacher = cast.signed_in("teacher")
    assert teacher.post(f"/classes/{row.id}/pictures").status_code == 303
    read_afresh()
    drawn = db.session.scalar(
        select(Person.pictures).where(Person.pictures.is_not(None), Person.first_name == "Ғани")
    )
    assert drawn and len(set(drawn)) == pictures.HOW_MANY
    assert teacher.get(f"/classes/{row.id}/pictures").text.count("<svg") >= 3


def test_there_are_twelve_pictures_and_every_order_can_be_drawn() -> None:
    assert len(pictures.PICTURES) == 12
    assert len({tuple(pictures.drawn()) for _number in range(200)}) > 100


def carded(cast: Cast) -> tuple[Person, str, str]:
    pupil = cast.pupil(cast.school_class(3))
    with edge():
        token, short = cards.issue_card(db.session.get_one(Person, pupil.id), None)
    return pupil, token, short


def test_a_card_opens_by_its_token_and_by_its_short_code(cast: Cast) -> None:
    _pupil, token, short = carded(cast)
    for text in (token, short, short.lower(), f"{short[:5]}-{short[5:10]}-{short[10:]}"):
        browser = cast.visitor()
        assert browser.post("/sign-in/card", {"card": text}).status_code == 302
        assert browser.get("/account").status_code == 403


def test_a_lost_card_is_revoked_and_a_new_one_replaces_it(cast: Cast) -> None:
    pupil, token, _short = carded(cast)
    teacher = cast.signed_in("teacher")
    assert teacher.post(f"/people/{pupil.id}/card/revoke").status_code == 303
    assert cast.visitor().post("/sign-in/card", {"card": token}).status_code == 422
    with edge():
        first, _code = cards.issue_card(db.session.get_one(Person, pupil.id), None)
        second, _code = cards.issue_card(db.session.get_one(Person, pupil.id), None)
    assert cast.visitor().post("/sign-in/card", {"card": first}).status_code == 422
    assert cast.visitor().post("/sign-in/card", {"card": second}).status_code == 302


def test_a_card_never_opens_the_account_of_staff(cast: Cast) -> None:
    teacher = cast.person("teacher")
    with edge():
        token, _short = cards.issue_card(db.session.get_one(Person, teacher.id), None)
    assert cast.visitor().post("/sign-in/card", {"card": token}).status_code == 422


def test_the_pages_of_small_pupils_stay_within_their_statements(
    cast: Cast, statements: Callable[[], object]
) -> None:
    row = cast.school_class(1)
    for number in range(30):
        cast.pupil(row, f"Оқушы {number}")
    browser = at_school(cast)
    with statements() as sent:  # type: ignore[attr-defined]
        assert browser.get(f"/sign-in/pictures/{row.id}").status_code == 200
    assert len(sent) <= 8
