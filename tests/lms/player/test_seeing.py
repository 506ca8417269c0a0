"""What a teacher sees of a class: part by part, objectives, all classes of one package, and who plays right now."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.core.live.models import LiveEvent
from lms.people.models import ClassMembership, SchoolClass
from lms.player.models import PackageVersion
from lms.player.service import giving, news
from tests.cast import Cast
from tests.lms.player.conftest import Player

Statements = Callable[[], AbstractContextManager[list[str]]]
PUPILS = 12


@pytest.fixture
def third(cast: Cast) -> SchoolClass:
    row = cast.school_class(3)
    with edge():
        for number in range(PUPILS):
            person = cast.person("student", login=f"pupil-{number}")
            db.session.add(ClassMembership(class_id=row.id, person_id=person.id, since=clock.today()))
    return row


@pytest.fixture
def given(cast: Cast, physics: PackageVersion, third: SchoolClass) -> UUID:
    with edge():
        return giving.give(physics, cast.school, cast.person("teacher").id, [third.id]).id


def playing(app: Flask, cast: Cast, given: UUID, login: str) -> Player:
    browser = cast.visitor()
    browser.signs_in(login)
    key = UUID(browser.post(f"/given/{given}/begin").location.rsplit("/", 1)[1])
    player = Player(app, key)
    player.enters()
    return player


def heard(given: UUID) -> int:
    db.session.rollback()
    rows = db.session.scalars(select(LiveEvent).where(LiveEvent.channel == news.channel(given))).all()
    return len(rows)


def test_part_by_part_and_where_they_are(app: Flask, cast: Cast, given: UUID, statements: Statements) -> None:
    failed, there = (playing(app, cast, given, f"pupil-{number}") for number in (0, 1))
    failed.sends({"cmi.success_status": "failed", "cmi.score.scaled": "0.25",
                  "cmi.objectives.1.success_status": "failed",
                  "cmi.objectives.1.score.scaled": "0.5"}, finish=True)  # fmt: skip
    there.sends({"cmi.location": "2"})
    teacher = cast.signed_in("teacher", language="ru")
    with statements() as sent:
        page = teacher.get(f"/given/{given}/parts")
    assert page.status_code == 200 and "Входной тест" in page.text and "25 %" in page.text
    assert ">solid<" in page.text and "50 %" in page.text
    assert page.text.count("Сейіт") >= 1 and len(sent) <= 8, sent
    assert cast.signed_in("teacher", cast.school_elsewhere).get(f"/given/{given}/parts").status_code == 404
    assert cast.signed_in("student").get(f"/given/{given}/parts").status_code == 403


def test_a_class_and_its_questions_take_few_statements_however_many_play(
    app: Flask, cast: Cast, given: UUID, statements: Statements
) -> None:
    answer = {"cmi.interactions.0.id": "q1", "cmi.interactions.0.type": "true-false",
              "cmi.interactions.0.learner_response": "false", "cmi.interactions.0.result": "incorrect"}  # fmt: skip
    for number in range(PUPILS):
        playing(app, cast, given, f"pupil-{number}").sends(dict(answer))
    teacher = cast.signed_in("teacher")
    for path in ("", "/questions", "/parts", "/results.csv"):
        with statements() as sent:
            page = teacher.get(f"/given/{given}{path}")
        assert page.status_code == 200 and len(sent) <= 8, (path, sent)
    assert f"{PUPILS}" in teacher.get(f"/given/{given}/questions").text


def test_one_package_over_all_its_classes(
    app: Flask, cast: Cast, given: UUID, physics: PackageVersion, statements: Statements
) -> None:
    other = cast.school_class(4)
    with edge():
        giving.give(physics, cast.school, cast.person("teacher").id, [other.id])
    player = playing(app, cast, given, "pupil-0")
    player.moves("exitAll")
    address = f"/shelf/packages/{physics.package_id}/results"
    methodologist = cast.signed_in("methodologist", language="ru")
    with statements() as sent:
        page = methodologist.get(address).text
    assert page.count('<th scope="row">') == 2 and len(sent) <= 8, sent
    elsewhere = cast.signed_in("teacher", cast.school_elsewhere).get(address)
    assert elsewhere.status_code == 404 or "3" not in elsewhere.text


def test_a_class_that_plays_is_heard_of_but_not_with_every_commit(
    app: Flask, cast: Cast, given: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(news.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(news, "_told", type(news._told)())
    player = playing(app, cast, given, "pupil-0")
    assert heard(given) == 1  # begun
    now[0] += 0.5
    player.sends({"cmi.location": "1"})
    assert heard(given) == 1
    now[0] += 0.6
    player.sends({"cmi.success_status": "passed"})
    assert heard(given) == 2
    now[0] += 5
    player.sends({"cmi.location": "2"})
    assert heard(given) == 2  # nothing that a page shows
    now[0] += 20
    player.sends({"cmi.location": "3"})
    assert heard(given) == 3


def test_the_page_of_results_says_where_it_hears(cast: Cast, given: UUID) -> None:
    page = cast.signed_in("teacher").get(f"/given/{given}").text
    assert 'data-module="live" data-live=' in page and 'id="class-results"' in page
