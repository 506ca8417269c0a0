"""Results reach the pupil, the guardian and the director; a certificate can be checked by whoever holds it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import Guardianship, Person, SchoolClass
from lms.quizzes.models import Certificate, GivenAnswer, Item, ItemVersion, QuizAttempt, ResultNotice, Sitting
from lms.quizzes.service import marking
from tests.cast import PASSWORD, Browser, Cast, read_afresh
from tests.lms.quizzes.conftest import Pupil, begins, given, paper_of, written

Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def mother(cast: Cast) -> Browser:
    with edge():
        parent, child = cast.person("guardian"), cast.person("student")
        db.session.add(Guardianship(guardian_id=parent.id, child_id=child.id, relation="parent"))
    return cast.signed_in("guardian")


@pytest.fixture
def short(cast: Cast, third: SchoolClass) -> UUID:
    """Two questions; a certificate is given from half the points."""
    items = [written(cast, "single", objective="7.1.1"), written(cast, "short_text", objective="7.2.2")]
    return given(cast, paper_of(cast, items), third, certificate_share=50)


@pytest.fixture
def done(cast: Cast, short: UUID) -> Pupil:
    pupil = begins(cast.signed_in("student"), short)
    pupil.ready()
    pupil.answers(1, **pupil.right(1))
    pupil.hands_in()
    return pupil


def publish(cast: Cast, sitting: UUID) -> None:
    assert cast.signed_in("teacher").post(f"/given-tests/{sitting}/publish").status_code == 303


def certificates() -> list[Certificate]:
    read_afresh()
    return list(db.session.scalars(select(Certificate)))


def test_a_guardian_sees_published_results_of_the_own_child_only(
    cast: Cast, mother: Browser, done: Pupil, short: UUID
) -> None:
    child = done.row().person_id
    assert f"/children/{child}/tests" in mother.get("/children").text
    early = mother.get(f"/children/results/{done.attempt}").text
    assert "KEYWORD" not in early and "Ньютон" not in early
    publish(cast, short)
    assert "Қысым" in mother.get(f"/children/{child}/tests").text
    page = mother.get(f"/children/results/{done.attempt}").text
    assert "KEYWORD" in page and "/appeals" not in page and "7.2.2" in page
    other = cast.signed_in("guardian", cast.school_elsewhere)
    assert other.get(f"/children/{child}/tests").status_code == 404
    assert other.get(f"/children/results/{done.attempt}").status_code == 404
    assert mother.get(f"/tests/results/{done.attempt}").status_code == 404, (
        "the pupil's own page stays the pupil's"
    )
    with edge():
        db.session.scalars(select(Guardianship)).one().ended_on = clock.today()
    assert mother.get(f"/children/{child}/tests").status_code == 404


def test_news_stand_on_the_home_page_until_they_are_read(
    cast: Cast, mother: Browser, done: Pupil, short: UUID
) -> None:
    link = f"/tests/results/{done.attempt}"
    assert link not in done.browser.get("/").text
    publish(cast, short)
    assert link in done.browser.get("/").text
    assert f"/children/results/{done.attempt}" in mother.get("/").text
    done.browser.get(link)
    assert (
        link not in done.browser.get("/").text and f"/children/results/{done.attempt}" in mother.get("/").text
    )
    mother.get(f"/children/results/{done.attempt}")
    assert f"/children/results/{done.attempt}" not in mother.get("/").text
    cast.signed_in("teacher").post(f"/given-tests/{short}/publish", {"back": "yes"})
    assert db.session.scalar(select(ResultNotice)) is None


def test_a_changed_key_is_news_for_whom_it_touches(
    cast: Cast, mother: Browser, done: Pupil, short: UUID
) -> None:
    publish(cast, short)
    done.browser.get(f"/tests/results/{done.attempt}")
    with edge():
        version = db.session.get_one(ItemVersion, UUID(done.row().questions[1]["v"]))
        marking.change_key(
            db.session.get_one(Sitting, short), version, None, cast.person("teacher").id, "Екі мағыналы"
        )
    kinds = set(db.session.scalars(select(ResultNotice.kind).where(ResultNotice.seen_at.is_(None))))
    assert kinds == {"published", "changed"}, "the mother has read neither, the pupil not the second"
    assert f"/tests/results/{done.attempt}" in done.browser.get("/").text


def test_the_pupil_is_told_what_to_repeat(cast: Cast, done: Pupil, short: UUID) -> None:
    publish(cast, short)
    page = done.browser.get(f"/tests/results/{done.attempt}").text
    repeat = page.split('id="repeat"')[1].split("</section>")[0]
    assert "7.2.2" in repeat and "7.1.1" not in repeat and "/practice/next" in repeat


def test_a_certificate_is_given_checked_and_withdrawn(cast: Cast, done: Pupil, short: UUID) -> None:
    assert certificates() == []
    publish(cast, short)
    row = certificates()[0]
    for language, word in (("kk", "Сертификат"), ("ru", "Сертификат")):
        answer = done.browser.get(f"/tests/results/{done.attempt}/certificate/{language}")
        assert answer.mimetype == "application/pdf"
        text = PdfReader(BytesIO(answer.get_data())).pages[0].extract_text()
        assert (
            done.row().person.full_name in text
            and word.upper() in text
            and f"/certificates/{row.code}" in text
        )
    visitor = cast.visitor()
    page = visitor.get(f"/certificates/{row.code}")
    assert page.status_code == 200 and done.row().person.full_name in page.text
    assert visitor.get(f"/certificates/{row.code[:4].lower()}-{row.code[4:]}").status_code == 200
    assert visitor.get("/certificates/AAAABBBBCCCC").status_code == 404
    stranger = cast.signed_in("student", cast.school_elsewhere)
    assert stranger.get(f"/tests/results/{done.attempt}/certificate/kk").status_code == 404
    with edge():
        attempt = db.session.get_one(QuizAttempt, done.attempt)
        given_answer = db.session.get_one(GivenAnswer, (done.attempt, 1))
        marking.mark_by_hand(attempt, given_answer, cast.person("teacher").id, 0, None, "")
    assert certificates()[0].revoked_at is not None
    withdrawn = visitor.get(f"/certificates/{row.code}").text
    assert done.row().person.full_name not in withdrawn
    assert done.browser.get(f"/tests/results/{done.attempt}/certificate/kk").status_code == 404


def test_below_the_line_there_is_none(cast: Cast, short: UUID) -> None:
    pupil = begins(cast.signed_in("student"), short)
    pupil.hands_in()
    publish(cast, short)
    assert certificates() == []
    assert "/certificate/" not in pupil.browser.get(f"/tests/results/{pupil.attempt}").text


def test_the_director_sees_classes_by_tests(
    cast: Cast, done: Pupil, short: UUID, third: SchoolClass, statements: Statements
) -> None:
    director = cast.signed_in("director")
    with statements() as sent:
        page = director.get("/given-tests/overview").text
    assert third.name in page and "50 %" in page.replace("\xa0", " ") and len(sent) <= 8
    assert "50 %" not in director.get("/given-tests/overview?subject=history").text.replace("\xa0", " ")
    assert cast.signed_in("teacher").get("/given-tests/overview").status_code == 403
    elsewhere = cast.signed_in("director", cast.school_elsewhere).get("/given-tests/overview").text
    assert "Қысым" not in elsewhere.split("<main")[1]


def test_a_teacher_sees_the_own_tests_and_those_of_the_class_they_lead(
    cast: Cast, done: Pupil, short: UUID, third: SchoolClass
) -> None:
    with edge():
        colleague = cast.person("teacher", login="colleague")
    browser = Browser(cast.app)
    assert browser.signs_in(colleague.login or "", PASSWORD).status_code in (302, 303)
    paths = (f"/given-tests/{short}", f"/given-tests/{short}/board", f"/given-tests/attempts/{done.attempt}")
    assert [browser.get(path).status_code for path in paths] == [404, 404, 404]
    assert str(short) not in browser.get("/given-tests").text
    with edge():
        db.session.get_one(SchoolClass, third.id).teacher_id = colleague.id
    assert [browser.get(path).status_code for path in paths] == [200, 200, 200]
    assert str(short) in browser.get("/given-tests").text
    assert cast.signed_in("director").get(paths[0]).status_code == 200


@pytest.fixture
def second(cast: Cast) -> Browser:
    with edge():
        cast.person("teacher", login="second")
    browser = Browser(cast.app)
    assert browser.signs_in("second", PASSWORD).status_code in (302, 303)
    return browser


def test_a_second_marker_marks_blind_and_what_differs_is_settled(
    cast: Cast, third: SchoolClass, second: Browser
) -> None:
    other = db.session.scalars(select(Person).where(Person.login == "second")).one()
    essay: Item = written(cast, "essay")
    sitting = given(cast, paper_of(cast, [essay]), third, second_marker_id=other.id)
    pupil = begins(cast.signed_in("student"), sitting)
    pupil.answers(1, text="Менің ойымша, қысым ауданға байланысты.")
    pupil.hands_in()
    teacher = cast.signed_in("teacher")
    way = f"/given-tests/attempts/{pupil.attempt}"
    assert (
        teacher.post(f"{way}/marks/1", {"level00": "2", "level01": "1", "comment": "Жақсы"}).status_code
        == 303
    )
    assert teacher.post(f"/given-tests/{sitting}/publish").status_code == 409, "the second mark is missing"
    assert second.get(f"/given-tests/{sitting}").status_code == 404, "results would show the first marks"
    assert str(sitting) in second.get("/given-tests").text
    page = second.get(f"/given-tests/{sitting}/second-marking").text
    assert "Менің ойымша" in page and "Жақсы" not in page and "checked" not in page.split("<main")[1]
    assert pupil.row().person.surname not in page.split("<main")[1]
    assert teacher.post(f"{way}/second-marks/1", {"level00": "2", "level01": "0"}).status_code == 404
    assert second.post(f"{way}/second-marks/1", {"level00": "9"}).status_code == 409
    assert second.post(f"{way}/second-marks/1", {"level00": "0", "level01": "1"}).status_code == 303
    assert pupil.row().points == 3, "a second mark alone changes nothing"
    assert teacher.post(f"/given-tests/{sitting}/publish").status_code == 409, "they differ"
    assert f"{way}/marks/1" in teacher.get(f"/given-tests/{sitting}/two-marks").text
    assert teacher.post(f"{way}/marks/1", {"level00": "2", "level01": "0"}).status_code == 303
    assert teacher.post(f"/given-tests/{sitting}/publish").status_code == 303
    assert pupil.row().points == 2
    assert second.get(f"/given-tests/{sitting}/second-marking").status_code == 404


def test_two_marks_that_agree_need_nobody(cast: Cast, third: SchoolClass, second: Browser) -> None:
    other = db.session.scalars(select(Person).where(Person.login == "second")).one()
    sitting = given(cast, paper_of(cast, [written(cast, "essay")]), third, second_marker_id=other.id)
    pupil = begins(cast.signed_in("student"), sitting)
    pupil.answers(1, text="Менің ойымша")
    pupil.hands_in()
    way = f"/given-tests/attempts/{pupil.attempt}"
    second.post(f"{way}/second-marks/1", {"level00": "2", "level01": "0"})
    teacher = cast.signed_in("teacher")
    teacher.post(f"{way}/marks/1", {"level00": "2", "level01": "0"})
    assert teacher.post(f"/given-tests/{sitting}/publish").status_code == 303
