"""A sealed paper is delivered days before; nothing of it can be read until the code is said and the hour has come."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from cryptography.exceptions import InvalidTag

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import SchoolClass
from lms.quizzes import locking
from lms.quizzes.models import Item, QuizAttempt, Sitting
from lms.quizzes.queries.twin import sheets_of
from lms.quizzes.service.sealed import papers_of, part_of
from tests.cast import Browser, Cast, read_afresh
from tests.lms.quizzes.conftest import Pupil, given, paper_of

Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def sealed(cast: Cast, third: SchoolClass, items: list[Item]) -> UUID:
    return given(cast, paper_of(cast, items), third, sealed=True, opens_at=clock.now() + timedelta(days=3))


def code_of(sitting: UUID) -> str:
    read_afresh()
    return db.session.get_one(Sitting, sitting).code


def parcel(browser: Browser, sitting: UUID) -> dict[str, Any]:
    answer = browser.get(f"/tests/{sitting}/sealed")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def unlocked(found: dict[str, Any], code: str, part: str) -> str:
    key = locking.key_of(code, bytes.fromhex(found["salt"]), bytes.fromhex(part))
    return locking.opened(bytes.fromhex(found["nonce"]), base64.b64decode(found["box"]), key, found["about"])


def asks_to_open(browser: Browser, sitting: UUID, code: str) -> dict[str, Any]:
    return browser.post(f"/tests/{sitting}/open", {"code": code}).get_json()


def test_it_comes_days_before_and_opens_at_its_hour_alone(cast: Cast, sealed: UUID) -> None:
    browser, code = cast.signed_in("student"), code_of(sealed)
    door = browser.get(f"/tests/{sealed}").text
    assert "data-parcel" in door and code not in door
    found = parcel(browser, sealed)
    for word in ("Ньютон", "Сұрақ", "exam-question", code):
        assert word not in json.dumps(found, ensure_ascii=False)
        assert word.encode() not in base64.b64decode(found["box"])
    early = asks_to_open(browser, sealed, code)
    assert set(early) == {"wrong"}, "the right code too early brings no part of the key"
    assert browser.post(f"/tests/{sealed}/begin", {"code": code}).status_code == 409
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1), tick=False):
        browser = cast.signed_in("student")
        assert set(asks_to_open(browser, sealed, "AAAA2222")) == {"wrong"}
        told = asks_to_open(browser, sealed, f" {code[:4].lower()} {code[4:]}")
        sheet = unlocked(found, code, told["part"])
        assert "Ньютон" in sheet and 'name="q1.choice"' in sheet and "KEYWORD" not in sheet
        assert "data-slot" in told["shell"] and "Ньютон" not in told["shell"]
        pupil = Pupil(browser, UUID(told["take"].rsplit("/", 1)[1]))
        row = pupil.row()
        assert row.started_at is not None and row.deadline == clock.now() + timedelta(minutes=20)
        # What was locked in is what is sat: the same questions, seeds and order as the page of the school.
        assert all(f'value="{key}"' in sheet for key in pupil.right(1)["choice"])
        pupil.answers(1, **pupil.right(1))
        assert "Ньютон" in pupil.page()
        pupil.hands_in()
        assert pupil.row().points == 1


def test_neither_code_nor_part_alone_opens_it(cast: Cast, sealed: UUID) -> None:
    found, code = parcel(cast.signed_in("student"), sealed), code_of(sealed)
    with pytest.raises(InvalidTag):
        unlocked(found, code, "00" * 32)
    row = db.session.get_one(Sitting, sealed)
    part = part_of(row).hex()
    assert part not in json.dumps(row.seal), "the part lies encrypted in the table"
    with pytest.raises(InvalidTag):
        unlocked(found, "AAAA2222", part)
    with pytest.raises(InvalidTag):
        unlocked({**found, "about": found["about"][:-1] + "0"}, code, part)
    assert "Ньютон" in unlocked(found, code, part)


def test_it_is_the_same_paper_each_time_and_nobody_else_s(cast: Cast, sealed: UUID) -> None:
    browser = cast.signed_in("student")
    assert parcel(browser, sealed)["paper"] == parcel(browser, sealed)["paper"]
    for stranger in (cast.signed_in("student", cast.school_elsewhere), cast.signed_in("teacher")):
        assert stranger.get(f"/tests/{sealed}/sealed").status_code == 404
        assert stranger.post(f"/tests/{sealed}/open", {"code": code_of(sealed)}).status_code == 404


def test_the_teacher_reads_the_code_a_quarter_of_an_hour_before(cast: Cast, sealed: UUID) -> None:
    code, teacher = code_of(sealed), cast.signed_in("teacher")
    assert len(code) == 8
    for path in ("", "/board"):
        assert code not in teacher.get(f"/given-tests/{sealed}{path}").text
    parcel(cast.signed_in("student"), sealed)
    with time_machine.travel(clock.now() + timedelta(days=2, hours=23, minutes=50)):
        teacher = cast.signed_in("teacher")
        assert code in teacher.get(f"/given-tests/{sealed}/board").text
        assert "1" in teacher.get(f"/given-tests/{sealed}/board").text


def test_without_javascript_the_school_sends_the_paper_itself(cast: Cast, sealed: UUID) -> None:
    code = code_of(sealed)
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1)):
        browser = cast.signed_in("student")
        answer = browser.post(f"/tests/{sealed}/begin", {"code": code})
        assert answer.status_code == 303 and "Ньютон" in browser.get(answer.location).text


def test_a_test_that_is_not_sealed_has_no_parcel(cast: Cast, sitting: UUID) -> None:
    assert cast.signed_in("student").get(f"/tests/{sitting}/sealed").status_code == 404


def test_guesses_of_the_code_run_out(cast: Cast, sealed: UUID) -> None:
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1)):
        browser = cast.signed_in("student")
        answers = [
            browser.post(f"/tests/{sealed}/open", {"code": f"AAAA{n:04}"}).status_code for n in range(12)
        ]
        assert answers[:10] == [200] * 10 and answers[-1] == 429


def test_fetching_takes_few_statements(cast: Cast, sealed: UUID, statements: Statements) -> None:
    browser = cast.signed_in("student")
    parcel(browser, sealed)
    with statements() as sent:
        parcel(browser, sealed)
    assert len(sent) <= 8, sent


def test_a_new_paper_needs_its_hour(cast: Cast, third: SchoolClass, items: list[Item]) -> None:
    paper = paper_of(cast, items)
    form = {
        "title": "Қысым", "classes": str(third.id), "mode": "exam", "minutes": "20", "attempts": "1", "variants": "0",
        "sealed": "yes", "certificate_share": "0", "second_marker_id": "",
    }  # fmt: skip
    teacher = cast.signed_in("teacher")
    assert teacher.post(f"/papers/{paper.id}/give", form).status_code == 422
    assert (
        teacher.post(f"/papers/{paper.id}/give", {**form, "opens_at": "2031-01-05T09:00"}).status_code == 303
    )
    with edge():
        row = db.session.query(Sitting).one()
        assert row.sealed and len(row.code) == 8 and db.session.query(QuizAttempt).count() == 0


def test_what_is_printed_is_what_was_sealed(
    cast: Cast, third: SchoolClass, sealed: UUID, statements: Statements
) -> None:
    """Fetched before the sheets were made, or afterwards: the paper on the desk and the one in the machine are one."""
    for number in range(3):
        cast.pupil(third, surname=f"Оқушы{number}")
    first = parcel(cast.signed_in("student"), sealed)["paper"]
    teacher = cast.signed_in("teacher")
    assert 'name="variants"' not in teacher.get(f"/given-tests/{sealed}/on-paper").text
    assert teacher.post(f"/given-tests/{sealed}/on-paper").status_code == 303
    read_afresh()
    sheets = sheets_of(sealed)
    papers = papers_of(sealed)
    assert papers[cast.person("student").id].id == UUID(first)
    assert len(sheets) == 4 and {one.person_id: one.questions for one in sheets} == {
        person: row.questions for person, row in papers.items()
    }
    assert sorted(one.variant for one in sheets) == [1, 2, 3, 4], (
        "shuffled for each: nobody's paper is another's"
    )
    late = cast.pupil(third, surname="Үлгерім")
    assert teacher.post(f"/given-tests/{sealed}/on-paper").status_code == 303
    read_afresh()
    assert [one.variant for one in sheets_of(sealed) if one.person_id == late.id] == [5]
    with statements() as asked:
        page = teacher.get(f"/given-tests/{sealed}/on-paper/variants").text
    assert len(asked) <= 8 and page.count("q-keys") == 5 and "Үлгерім" in page
    with statements() as asked:
        teacher.get(f"/given-tests/{sealed}/on-paper/sheets.pdf")
    assert len([one for one in asked if one.startswith("SELECT")]) <= 8


def test_variants_of_a_sealed_paper_are_variants_in_print(
    cast: Cast, third: SchoolClass, items: list[Item]
) -> None:
    for number in range(3):
        cast.pupil(third, surname=f"Оқушы{number}")
    key = given(cast, paper_of(cast, items), third, sealed=True, variants=2)
    cast.signed_in("teacher").post(f"/given-tests/{key}/on-paper", {"variants": "7"})
    read_afresh()
    assert sorted(one.variant for one in sheets_of(key)) == [1, 1, 2, 2]
