"""A teacher gives a lesson, a pupil of the class plays it, the teacher sees what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from lms.core import clock
from lms.core.audit import AuditEntry
from lms.core.db import db, edge
from lms.core.errors import Refused
from lms.people.models import ClassMembership, Person, SchoolClass
from lms.player.models import Assignment, PackageVersion, Registration, ScreenTime
from lms.player.queries import results
from lms.player.service import giving, log
from tests.cast import Browser, Cast
from tests.lms.player.conftest import Player, fresh_registration

Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def third(cast: Cast, pupil: Person) -> SchoolClass:
    row = cast.school_class(3)
    with edge():
        db.session.add(ClassMembership(class_id=row.id, person_id=pupil.id, since=clock.today()))
    return row


@pytest.fixture
def given(cast: Cast, physics: PackageVersion, third: SchoolClass) -> UUID:
    with edge():
        row = giving.give(physics, cast.school, cast.person("teacher").id, [third.id], attempts=2)
    return row.id


def begins(browser: Browser, assignment: UUID, **more: str) -> UUID:
    answer = browser.post(f"/given/{assignment}/begin", more)
    assert answer.status_code == 303, answer.text
    return UUID(answer.location.rsplit("/", 1)[1])


def test_a_teacher_gives_and_the_class_has_it(
    cast: Cast, physics: PackageVersion, third: SchoolClass
) -> None:
    teacher = cast.signed_in("teacher")
    assert "Қысым" in teacher.get("/given/new").text
    sent = {"package": str(physics.package_id), "classes": str(third.id), "attempts": "0", "counting": "best"}
    assert teacher.post("/given/new", sent).status_code == 303
    assert "Қысым" in cast.signed_in("student").get("/lessons").text
    assert "Қысым" in cast.signed_in("student").get("/").text
    assert db.session.scalar(select(AuditEntry).where(AuditEntry.action == "assignment.given"))


def test_a_lesson_for_nobody_is_refused(cast: Cast, physics: PackageVersion, third: SchoolClass) -> None:
    sent = {"package": str(physics.package_id), "attempts": "0", "counting": "best"}
    assert cast.signed_in("teacher").post("/given/new", sent).status_code == 422


def test_what_is_given_to_others_is_not_there(cast: Cast, given: UUID) -> None:
    stranger = cast.signed_in("student", cast.school_elsewhere)
    assert stranger.post(f"/given/{given}/begin").status_code == 404
    assert "Қысым" not in stranger.get("/lessons").text


def test_dates_and_the_number_of_attempts_hold(cast: Cast, given: UUID, pupil: Person) -> None:
    browser = cast.signed_in("student")
    first = begins(browser, given)
    assert begins(browser, given, anew="yes") == first  # it has not been finished
    with edge():
        fresh_registration(first).finished_at = clock.now()
    second = begins(browser, given, anew="yes")
    assert second != first
    with edge():
        fresh_registration(second).finished_at = clock.now()
    assert browser.post(f"/given/{given}/begin", {"anew": "yes"}).status_code == 409
    with edge():
        db.session.get_one(Assignment, given).opens_at = clock.now() + timedelta(days=1)
    assert browser.post(f"/given/{given}/begin").status_code == 409


def test_a_launch_needs_the_pupil_themselves(cast: Cast, given: UUID) -> None:
    key = begins(cast.signed_in("student"), given)
    assert cast.signed_in("student").post("/launch", {"registration": str(key)}).status_code == 200
    assert cast.signed_in("teacher").post("/launch", {"registration": str(key)}).status_code == 404
    assert cast.signed_in("guardian").get(f"/play/{key}").status_code == 404


def test_the_page_around_the_player_has_the_headers_that_let_unload_through(cast: Cast, given: UUID) -> None:
    browser = cast.signed_in("student")
    head = browser.get(f"/play/{begins(browser, given)}").headers
    assert 'unload=(self "http://content.localhost:8000")' in head["Permissions-Policy"]
    assert "frame-src 'self' http://content.localhost:8000" in head["Content-Security-Policy"]
    assert head["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"


def test_the_player_page_is_bound_to_its_site(app: Flask) -> None:
    path = "/player/kk/00000000-0000-0000-0000-000000000000"
    answer = app.test_client().get(path, base_url="http://content.localhost:8000")
    assert "frame-ancestors http://localhost:8000" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Origin-Agent-Cluster"] == "?1" and "Set-Cookie" not in answer.headers
    assert "Мектепте сақталды" in answer.text
    assert app.test_client().get(path, base_url="http://localhost:8000").status_code == 404


def test_the_teacher_sees_scores_and_why_it_is_not_complete(
    app: Flask, cast: Cast, given: UUID, statements: Statements
) -> None:
    key = begins(cast.signed_in("student"), given)
    player = Player(app, key)
    player.enters()
    player.sends({"cmi.success_status": "failed", "cmi.score.scaled": "0.25", "cmi.interactions.0.id": "q1",
                  "cmi.interactions.0.type": "true-false", "cmi.interactions.0.learner_response": "false",
                  "cmi.interactions.0.result": "incorrect"})  # fmt: skip
    teacher = cast.signed_in("teacher", language="ru")
    with statements() as sent:
        page = teacher.get(f"/given/{given}").text
    assert "Сейіт" in page and len(sent) <= 12, len(sent)
    attempt = teacher.get(f"/attempts/{key}").text
    assert "Чтобы завершить:" in attempt and "cmi.completion_status" in attempt
    assert "q1" in teacher.get(f"/given/{given}/questions").text
    assert "cmi.score.scaled" in teacher.get(f"/attempts/{key}/log").text
    assert "Входной тест" in teacher.get(f"/given/{given}/results.csv").text
    assert teacher.get(f"/given/{given}/results.xlsx").data[:2] == b"PK"
    assert cast.signed_in("student").get(f"/attempts/{key}").status_code == 200
    assert cast.signed_in("teacher", cast.school_elsewhere).get(f"/attempts/{key}").status_code == 404


def test_a_result_faster_than_reading_is_marked(cast: Cast, given: UUID) -> None:
    key = begins(cast.signed_in("student"), given)
    with edge():
        row = fresh_registration(key)
        row.finished_at = row.created_at + timedelta(seconds=5)
    assert results.hasty(fresh_registration(key))
    with edge():
        row = fresh_registration(key)
        row.finished_at = row.created_at + timedelta(minutes=20)
    assert not results.hasty(fresh_registration(key))


@pytest.mark.parametrize(
    "counting, score", [("best", 0.9), ("first", 0.4), ("last", 0.6), ("average", 0.6333)]
)
def test_which_attempt_counts(counting: str, score: float, pupil: Person) -> None:
    attempts = [
        Registration(number=number, score=found, success="unknown", completion="completed")
        for number, found in enumerate((0.4, 0.9, 0.6), start=1)
    ]
    assert results.Line(pupil, attempts, counting).score == pytest.approx(score, abs=1e-3)


def test_a_review_changes_nothing_of_the_attempt(app: Flask, cast: Cast, given: UUID) -> None:
    key = begins(cast.signed_in("student"), given)
    player = Player(app, key)
    player.enters()
    player.sends({"cmi.success_status": "passed", "cmi.score.scaled": "1"}, finish=True)
    before = fresh_registration(key).state
    answer = cast.signed_in("teacher").post(f"/attempts/{key}/review")
    copy = Player(app, UUID(answer.location.rsplit("/", 1)[1]))
    begun = copy.enters()
    assert begun["mode"] == "review" and begun["given"]["store"]["values"]["cmi.mode"] == "review"
    copy.sends({"adl.nav.request": "continue"}, finish=True)
    assert fresh_registration(key).state == before
    with app.test_request_context(base_url="http://localhost:8000"):
        assert len(results.attempts_of(given)) == 1


def test_moves_carry_the_last_values_and_overrule_the_content(app: Flask, cast: Cast, given: UUID) -> None:
    player = Player(app, begins(cast.signed_in("student"), given))
    player.enters()
    body = {"adl.nav.request": "exitAll", "cmi.success_status": "failed", "cmi.exit": "suspend"}
    answer = player.post("/rt/commit", player.entry(1, body, move="continue", finish=True)).json or {}
    assert answer["moved"]["deliver"] == "solid" and answer["given"]["version"] == "2004"
    assert answer["ways"]["done"]["pretest"] == "failed"


def test_withdrawing_ends_the_players_that_are_open(app: Flask, cast: Cast, given: UUID) -> None:
    player = Player(app, begins(cast.signed_in("student"), given))
    player.enters()
    assert cast.signed_in("teacher").post(f"/given/{given}/withdraw").status_code == 303
    assert player.sends().status_code == 401


def test_signing_out_ends_the_token(app: Flask, cast: Cast, given: UUID) -> None:
    browser = cast.signed_in("student")
    key = begins(browser, given)
    url = browser.post("/launch", {"registration": str(key)}).json["url"]  # type: ignore[index]
    player = Player(app, key)
    player.token = player.post("/rt/exchange", {"code": url.partition("#")[2]}).json["token"]  # type: ignore[index]
    with edge():
        fresh_registration(key).epoch -= 1  # as if the other launch had not been
    assert player.post("/rt/begin", {}).status_code == 200
    browser.post("/sign-out")
    assert player.post("/rt/beat", {"seconds": 5}).status_code == 401


def test_time_before_the_screen_is_counted_by_grade(
    app: Flask, cast: Cast, given: UUID, pupil: Person
) -> None:
    player = Player(app, begins(cast.signed_in("student"), given))
    assert player.enters()["screen_minutes"] == 20
    player.post("/rt/beat", {"seconds": 60, "pause": "prompted"})
    player.post("/rt/beat", {"seconds": 30, "pause": "overridden"})
    db.session.rollback()
    row = db.session.get_one(ScreenTime, (pupil.id, clock.today()))
    assert (row.seconds, row.prompts, row.overrides) == (90, 1, 1)
    page = cast.signed_in("teacher", language="ru").get(f"/attempts/{player.registration}").text
    assert "Просьб отдохнуть: 1, из них не выполнено: 1" in page


def test_an_attempt_whose_package_says_nothing_yet_is_in_progress(
    app: Flask, cast: Cast, given: UUID
) -> None:
    player = Player(app, begins(cast.signed_in("student"), given))
    teacher = cast.signed_in("teacher", language="ru")
    assert "<dd>Не начато</dd>" in teacher.get(f"/attempts/{player.registration}").text
    player.enters()
    assert "<dd>Выполняется</dd>" in teacher.get(f"/attempts/{player.registration}").text
    assert "Выполняется" in teacher.get(f"/given/{given}/results.csv").text


def test_attempts_stay_on_the_version_they_began_with(
    cast: Cast, given: UUID, fractions: PackageVersion
) -> None:
    key = begins(cast.signed_in("student"), given)
    with edge():
        giving.move_to(db.session.get_one(Assignment, given), fractions)
    row = fresh_registration(key)
    assert row.version_id != fractions.id


def test_nothing_is_given_backwards(cast: Cast, physics: PackageVersion, third: SchoolClass) -> None:
    now = clock.now()
    with pytest.raises(Refused), cast.app.test_request_context():
        giving.give(physics, cast.school, cast.person("teacher").id, [third.id], opens_at=now, closes_at=now)


def test_a_package_is_told_the_language_its_pupil_reads(
    app: Flask, cast: Cast, given: UUID, pupil: Person
) -> None:
    """RTE 4.2.13: a bilingual package opens in it. Chosen anew later, it counts for the next attempt."""
    student = cast.signed_in("student")
    with edge():
        db.session.get_one(Person, pupil.id).language = "ru"
    key = begins(student, given)
    found = Player(app, key).enters()["given"]["store"]["values"]
    assert found["cmi.learner_preference.language"] == "ru"
    with edge():
        db.session.get_one(Person, pupil.id).language = "kk"
    with edge():
        assert log.rebuild(fresh_registration(key)), "the log gives the same state as before"
