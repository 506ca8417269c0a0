"""A teacher marks, publishes, hears an appeal and changes a key; each pupil sees their own and nobody else's."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from lms.core import clock
from lms.core.audit import AuditEntry
from lms.core.db import db, edge
from lms.core.errors import Refused
from lms.people.models import ClassMembership, Person, SchoolClass
from lms.quizzes.models import Appeal, GivenAnswer, Item, KeyChange, QuizAttempt, Sitting
from lms.quizzes.queries import bank as bank_queries
from lms.quizzes.queries import results
from lms.quizzes.queries import taking as taking_queries
from lms.quizzes.service import bank, marking, sittings, taking
from tests.cast import Browser, Cast, read_afresh
from tests.lms.quizzes.conftest import Pupil, begins, given, paper_of, written
from tests.lms.quizzes.samples import SAMPLES

Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def finished(cast: Cast, gani: Pupil) -> Pupil:
    for number in (1, 2, 5):
        gani.answers(number, **gani.right(number))
    gani.hands_in()
    return gani


def of_action(action: str) -> list[AuditEntry]:
    read_afresh()
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_results_are_seen_when_they_are_published_and_not_before(
    cast: Cast, finished: Pupil, sitting: UUID
) -> None:
    teacher, pupil = cast.signed_in("teacher"), finished.browser
    assert "KEYWORD" not in pupil.get(f"/tests/results/{finished.attempt}").text
    assert teacher.post(f"/given-tests/{sitting}/publish").status_code == 409, "an essay waits for a mark"
    page = teacher.get(f"/given-tests/{sitting}/marking", follow_redirects=True).text
    assert "Менің ойымша" in page and "Сейітқызы" not in page.split("<main")[1], "marking is blind"
    sent = {"level00": "2.0", "level01": "0", "comment": "Мысал қосыңыз."}
    assert (
        teacher.post(f"/given-tests/attempts/{finished.attempt}/marks/5", {"level00": "9"}).status_code == 409
    )
    assert teacher.post(f"/given-tests/attempts/{finished.attempt}/marks/5", sent).status_code == 303
    assert (finished.row().points, finished.row().to_mark) == (1 + 2 + 2, 0)
    assert teacher.post(f"/given-tests/{sitting}/publish").status_code == 303
    seen = pupil.get(f"/tests/results/{finished.attempt}").text
    assert "Мысал қосыңыз." in seen and "KEYWORD" in seen
    assert teacher.post(f"/given-tests/{sitting}/publish", {"back": "yes"}).status_code == 303
    assert "KEYWORD" not in pupil.get(f"/tests/results/{finished.attempt}").text


def test_a_mark_by_hand_survives_marking_again(cast: Cast, finished: Pupil) -> None:
    with edge():
        attempt = db.session.get_one(QuizAttempt, finished.attempt)
        row = db.session.get_one(GivenAnswer, (attempt.id, 5))
        marking.mark_by_hand(attempt, row, cast.person("teacher").id, 3, [2, 1], "")
        marking.mark_attempt(attempt)
    assert finished.row().points == 6


def test_an_appeal_is_made_once_in_time_and_decided(cast: Cast, finished: Pupil, sitting: UUID) -> None:
    way = f"/tests/results/{finished.attempt}/appeals"
    assert finished.browser.post(way, {"number": "3", "text": "Дұрыс"}).status_code == 409, "not published"
    with edge():
        db.session.get_one(Sitting, sitting).published_at = clock.now()
        db.session.get_one(Sitting, sitting).appeals_until = clock.now().replace(year=clock.now().year + 1)
    assert finished.browser.post(way, {"number": "99", "text": "Дұрыс"}).status_code == 409
    assert finished.browser.post(way, {"number": "3", "text": "Синоним жаздым"}).status_code == 303
    assert finished.browser.post(way, {"number": "3", "text": "Тағы"}).status_code == 409
    key = db.session.scalars(select(Appeal.id)).one()
    stranger = cast.signed_in("teacher", cast.school_elsewhere)
    assert stranger.post(f"/appeals/{key}", {"verdict": "granted"}).status_code == 404
    teacher = cast.signed_in("teacher")
    assert "Синоним жаздым" in teacher.get(f"/given-tests/{sitting}").text
    assert teacher.post(f"/appeals/{key}", {"verdict": "granted", "reply": "Келісемін"}).status_code == 303
    assert "Келісемін" in finished.browser.get(f"/tests/results/{finished.attempt}").text
    assert of_action("appeal.decided")


def test_a_changed_key_marks_again_exactly_whom_it_touches(cast: Cast, third: SchoolClass) -> None:
    """Two pupils, two drawn papers: only one has the question whose key was wrong."""
    wrong = {**SAMPLES["single"], "right": "b"}
    with edge():
        item = bank.write_item(cast.school, cast.person("teacher").id, "single", wrong, language="kk")
    other = written(cast, "true_false")
    first = given(cast, paper_of(cast, [item, other]), third)
    second = given(cast, paper_of(cast, [other]), third)
    mine, beside = (begins(cast.signed_in("student"), key) for key in (first, second))
    browser = mine.browser
    version = bank_queries.current(item)
    shown = {row["text"]: row["key"] for row in _shown(mine, 1)["options"]}
    mine.answers(1, choice=shown["Ньютон"])
    mine.answers(2, choice="true")
    beside.answers(1, choice="true")
    mine.hands_in(), beside.hands_in()
    assert (mine.row().points, beside.row().points) == (1, 1)
    teacher = cast.signed_in("teacher")
    with edge():
        bank.correct_item(db.session.get_one(Item, item.id), cast.person("teacher").id, SAMPLES["single"])
    way = f"/given-tests/{first}/items/{item.id}/key"
    assert teacher.post(way, {"how": "newest"}).status_code == 409, "a reason is needed"
    assert teacher.post(way, {"how": "newest", "reason": "Кілт қате еді"}).status_code == 303
    assert (mine.row().points, beside.row().points) == (2, 1)
    change = db.session.scalars(select(KeyChange)).one()
    assert change.old_id == version.id and change.touched == [[mine.attempt.hex, 1.0, 2.0]]
    assert of_action("test.key_changed")
    assert "Кілт қате еді" in teacher.get(f"/given-tests/{first}/items/{item.id}").text
    assert browser.post(way, {"how": "everybody", "reason": "x"}).status_code == 403


def _shown(pupil: Pupil, number: int) -> dict[str, list[dict[str, str]]]:
    from_row = next(one for one in pupil.row().questions if one["n"] == number)
    version = db.session.get_one(bank.ItemVersion, UUID(from_row["v"]))
    return bank.kind_of(version.item.kind).public(version.content, from_row["s"])


def test_right_for_everybody(cast: Cast, finished: Pupil, sitting: UUID) -> None:
    version_id = next(UUID(one["v"]) for one in finished.row().questions if one["n"] == 4)
    with edge():
        old = db.session.get_one(bank.ItemVersion, version_id)
        row = db.session.get_one(Sitting, sitting)
        marking.change_key(row, old, None, cast.person("teacher").id, "Екі мағыналы")
    assert finished.row().points == 1 + 2 + 2


def test_the_table_to_take_along(cast: Cast, finished: Pupil, sitting: UUID) -> None:
    teacher = cast.signed_in("teacher")
    text = teacher.get(f"/given-tests/{sitting}/results.csv").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1][1:] == ["3.0", "9.0", "33", "1.0", "2.0", "0.0", "0.0", ""]
    assert teacher.get(f"/given-tests/{sitting}/results.xlsx").get_data()[:2] == b"PK"
    assert len(of_action("results.exported")) == 2


def test_a_file_answer_is_a_download_for_the_teacher_alone(cast: Cast, third: SchoolClass) -> None:
    key = given(cast, paper_of(cast, [written(cast, "file")]), third)
    pupil = begins(cast.signed_in("student"), key)
    way = f"/tests/taking/{pupil.attempt}/file"
    bad = pupil.browser.post(
        way, {"file": (io.BytesIO(b"x"), "virus.exe")}, content_type="multipart/form-data"
    )
    assert bad.status_code == 409
    page = b"<script>alert(1)</script>"
    kept = pupil.browser.post(
        way, {"file": (io.BytesIO(page), "a.jpg")}, content_type="multipart/form-data"
    ).get_json()
    pupil.answers(1, file=kept["file"], name="a.jpg")
    pupil.hands_in()
    answer = cast.signed_in("teacher").get(f"/given-tests/attempts/{pupil.attempt}/files/1")
    assert answer.get_data() == page and answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype == "application/octet-stream"
    assert pupil.browser.get(f"/given-tests/attempts/{pupil.attempt}/files/1").status_code == 403
    assert pupil.browser.get(f"/quizzes/media/{kept['file']}").status_code == 404
    foreign = given(cast, paper_of(cast, [written(cast, "file")]), third, attempts=0)
    thief = begins(pupil.browser, foreign)
    thief.answers(1, file="f" * 64, name="x")
    thief.hands_in()
    assert cast.signed_in("teacher").get(f"/given-tests/attempts/{thief.attempt}/files/1").status_code == 404


def test_large_classes_cost_no_more_statements(
    cast: Cast, third: SchoolClass, items: list[Item], statements: Statements
) -> None:
    sitting = given(cast, paper_of(cast, items), third)
    teacher = cast.signed_in("teacher")
    counts = []
    for number in range(2):
        with edge():
            for place in range(3):
                pupil = cast.person("student", login=f"n{number}{place}")
                db.session.add(ClassMembership(class_id=third.id, person_id=pupil.id, since=clock.today()))
                db.session.flush()
                row = sittings_taken(sitting, pupil.id)
                marking.end(row, "pupil")
        with statements() as sent:
            for path in ("", "/board"):
                assert teacher.get(f"/given-tests/{sitting}{path}").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 16


def sittings_taken(sitting: UUID, person_id: UUID) -> QuizAttempt:
    found = taking_queries.test_or_404(sitting, person_id)
    return taking.begin(found, db.session.get_one(Person, person_id), "")


def test_publishing_waits_until_everybody_has_finished(cast: Cast, gani: Pupil, sitting: UUID) -> None:
    with edge(), pytest.raises(Refused):
        sittings.publish(db.session.get_one(Sitting, sitting))
    teacher: Browser = cast.signed_in("teacher")
    assert teacher.post(f"/given-tests/{sitting}/close").status_code == 303
    assert gani.row().ended_by == "teacher"
    assert teacher.post(f"/given-tests/{sitting}/publish").status_code == 303
    assert results.by_objective([]) == []


def test_a_page_that_hands_itself_in_when_time_is_up_was_ended_by_the_clock(cast: Cast, gani: Pupil) -> None:
    with time_machine.travel(clock.now(), tick=False) as now:
        gani.ready()
        deadline = gani.row().deadline
        assert deadline is not None
        now.move_to(deadline - timedelta(seconds=1))
        assert gani.hands_in().status_code == 303
    assert (gani.row().ended_by, gani.row().ended_at) == ("clock", deadline)


def test_more_time_opens_what_the_clock_has_ended(cast: Cast, gani: Pupil) -> None:
    with edge():
        row = db.session.get_one(QuizAttempt, gani.attempt)
        row.deadline = clock.now()
        marking.end(row, "clock")
    teacher = cast.signed_in("teacher")
    way = f"/given-tests/attempts/{gani.attempt}/time"
    assert teacher.post(way, {"minutes": "999"}).status_code == 409
    assert teacher.post(way, {"minutes": "10"}).status_code == 303
    assert gani.answers(1, **gani.right(1))["state"] == "open"
    assert of_action("test.time_given")
