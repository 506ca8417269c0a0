"""Answers that come together are written together, and are the same as those that come one by one."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import ClassMembership, SchoolClass
from lms.quizzes.models import AnswerEntry, GivenAnswer, QuizAttempt, Sitting
from lms.quizzes.service import saving, sittings, together
from tests.cast import Cast, read_afresh
from tests.lms.quizzes.conftest import Pupil, begins

PUPILS = 4


@pytest.fixture
def class_of(cast: Cast, third: SchoolClass, sitting: UUID) -> list[Pupil]:
    found = []
    for number in range(PUPILS):
        person = cast.person("student", login=f"pupil-{number}")
        with edge():
            db.session.add(ClassMembership(class_id=third.id, person_id=person.id, since=clock.today()))
        browser = cast.visitor()
        browser.signs_in(str(person.login))
        pupil = begins(browser, sitting)
        token = browser.csrf_token()
        browser.csrf_token = lambda token=token: token  # type: ignore[method-assign]
        pupil.ready()
        found.append(pupil)
    return found


def at_once(pupils: list[Pupil], fields: dict[str, list[str]]) -> list[Any]:
    """All of them wait at the desk when the first one begins to write."""
    db.session.rollback()
    with ThreadPoolExecutor(len(pupils)) as pool:
        together.desk.pen.acquire()
        sent: list[Future[Any]] = [pool.submit(one.sends, one.entry(3, fields)) for one in pupils]
        until_waiting(len(pupils))
        together.desk.pen.release()
        return [one.result() for one in sent]


def until_waiting(number: int) -> None:
    pause = threading.Event()
    for _ in range(1000):
        if len(together.desk.waiting) == number:
            return
        pause.wait(0.01)
    raise AssertionError(f"{len(together.desk.waiting)} of {number} are waiting")


def standing(attempt: UUID) -> dict[int, Any]:
    read_afresh()
    rows = db.session.scalars(select(GivenAnswer).where(GivenAnswer.attempt_id == attempt))
    return {row.number: (row.fields, row.rank) for row in rows}


def test_a_class_that_answers_at_once_is_one_transaction(
    class_of: list[Pupil], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    written = together._write_together
    monkeypatch.setattr(together, "_write_together", lambda all_: (sizes.append(len(all_)), written(all_)))
    heard = [one.get_json() for one in at_once(class_of, {"text": ["қысым"]})]
    assert sizes == [PUPILS]
    assert [one["seqs"] for one in heard] == [[1]] * PUPILS
    assert {one["state"] for one in heard} == {"open"}
    for pupil in class_of:
        assert standing(pupil.attempt) == {3: ({"text": ["қысым"]}, saving.RANK + 1)}


def test_what_breaks_together_is_written_alone(
    class_of: list[Pupil], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = saving.journal

    def failing(rows: list[dict[str, Any]]) -> None:
        if len(rows) > 1:
            raise RuntimeError("as if the disk were full")
        journal(rows)

    monkeypatch.setattr(saving, "journal", failing)
    assert [one.status_code for one in at_once(class_of, {"text": ["күш"]})] == [200] * PUPILS
    for pupil in class_of:
        assert standing(pupil.attempt) == {3: ({"text": ["күш"]}, saving.RANK + 1)}


def test_both_ways_write_the_same(class_of: list[Pupil], monkeypatch: pytest.MonkeyPatch) -> None:
    def kept(pupil: Pupil) -> Any:
        heard = [pupil.answers(number, text="сынақ") for number in (1, 2, 1)]
        pupil.sends(pupil.entry(4, {"row1": ["2"]}), pupil.entry(4, {"row1": ["3"]}))
        read_afresh()
        rows = db.session.scalars(
            select(AnswerEntry).where(AnswerEntry.attempt_id == pupil.attempt).order_by(AnswerEntry.seq)
        )
        entries = [(row.epoch, row.seq, row.number, row.fields, row.counts) for row in rows]
        return [(one["state"], one["seqs"]) for one in heard], entries, standing(pupil.attempt)

    short = kept(class_of[0])
    monkeypatch.setattr(together, "receive", lambda *_: None)
    assert kept(class_of[1]) == short


def test_when_a_pupil_was_seen_is_not_written_with_every_answer(class_of: list[Pupil]) -> None:
    pupil = class_of[0]
    pupil.answers(3, text="бір")
    before = pupil.row().last_seen_at
    pupil.answers(3, text="екі")
    assert pupil.row().last_seen_at == before
    with edge():
        row = db.session.get_one(QuizAttempt, pupil.attempt)
        row.last_seen_at = before - 3 * together.OFTEN
    pupil.answers(3, text="үш")
    assert pupil.row().last_seen_at >= before


def test_the_last_answers_are_marked_though_the_teacher_ends_the_test(
    cast: Cast, class_of: list[Pupil], sitting: UUID
) -> None:
    """Whatever was acknowledged as open before the end has its points."""
    pupil = class_of[0]
    right = pupil.right(3)
    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        together.desk.pen.acquire()
        sent = pool.submit(pupil.sends, pupil.entry(3, right))
        until_waiting(1)
        with edge():
            sittings.close_now(db.session.get_one(Sitting, sitting))
        together.desk.pen.release()
        told = sent.result().get_json()
    assert told["state"] == "ended"
    assert pupil.row().points == 0
    assert 3 not in {number for number, (fields, _rank) in standing(pupil.attempt).items() if fields}
