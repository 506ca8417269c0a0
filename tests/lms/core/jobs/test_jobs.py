"""Durable jobs: asked for with the deed, done once to effect."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, func, select, update

from lms.core import audit
from lms.core.audit import AuditEntry
from lms.core.db import db, edge, make_engine
from lms.core.errors import Refused
from lms.core.jobs import GiveUp, Job, LeaseLost, Work, enqueue, job
from lms.core.jobs.queue import queue
from lms.core.jobs.registry import KINDS
from lms.core.jobs.running import run, worker_name
from lms.core.jobs.service import retry
from lms.core.jobs.sweeper import MOST_LOST, ask_for_daily_work, hand_back, sweep
from tests.cast import Cast


@job("test.note")
def note(work: Work) -> dict[str, Any]:
    work.effects()
    audit.record("noted", words=work.payload["words"])
    return {"letters": len(work.payload["words"])}


@job("test.stumble", failures=3)
def stumble(work: Work) -> None:
    audit.record("half done")
    db.session.flush()
    raise OSError("the disk is full")


@job("test.refuse")
def refuse(work: Work) -> None:
    raise Refused("Бұл файл бос.")


@job("test.give-up")
def give_up(work: Work) -> None:
    raise GiveUp("not-a-package")


@job("test.steps")
def steps(work: Work) -> dict[str, Any]:
    for step in range((work.checkpoint or {}).get("step", 0), 4):
        audit.record("step", step=step)
        work.keep({"step": step + 1})
        work.progress(step + 1, 4)
        if step == work.payload["breaks_after"] and work.attempt == 1:
            raise OSError("gone")
    return {}


@pytest.fixture
def aside(app: Flask) -> Iterator[Engine]:
    engine = make_engine(app.extensions["settings"], 0.2)
    while queue().receive():
        pass
    yield engine
    engine.dispose()


def asked(kind: str, payload: dict[str, Any] | None = None, key: str | None = None) -> Job:
    with edge():
        return enqueue(kind, payload, key)


def fresh(row: Job) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, row.id, populate_existing=True)


def noted(action: str) -> int:
    db.session.rollback()
    return (
        db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action))
        or 0
    )


def test_a_job_reaches_a_worker_and_its_effects_are_kept_with_done(aside: Engine) -> None:
    row = asked("test.note", {"words": "Қайырлы таң"})
    key = queue().receive()
    assert key == row.id
    assert run(key, aside)
    row = fresh(row)
    assert (row.state, row.result, row.attempts) == ("done", {"letters": 11}, 1)
    assert noted("noted") == 1


def test_a_request_that_fails_asks_for_nothing(aside: Engine) -> None:
    with pytest.raises(ZeroDivisionError), edge():
        enqueue("test.note", {"words": ""})
        raise ZeroDivisionError
    assert queue().receive() is None
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0


def test_whoever_asks_again_with_the_same_key_gets_the_same_job(aside: Engine) -> None:
    first, second = (asked("test.note", {"words": "бір"}, key="once") for _ in range(2))
    assert first.id == second.id
    assert len(queue()) == 1


def test_an_id_that_arrives_twice_is_done_once(aside: Engine) -> None:
    row = asked("test.note", {"words": "екі"})
    assert [run(row.id, aside), run(row.id, aside)] == [True, False]
    assert noted("noted") == 1


def test_an_unknown_id_is_dropped(aside: Engine) -> None:
    assert not run(UUID(int=7), aside)


def test_an_error_leaves_nothing_and_the_job_is_tried_later_and_later(aside: Engine) -> None:
    row = asked("test.stumble")
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        pauses = []
        for _ in range(2):
            run(row.id, aside)
            row = fresh(row)
            assert row.state == "waiting"
            pauses.append((row.due_at - datetime.now(UTC)).total_seconds())
            assert not run(row.id, aside)  # not due yet
            clock.move_to(row.due_at)
        run(row.id, aside)
    row = fresh(row)
    assert pauses == [5, 20]
    assert (row.state, row.error_code, row.error) == ("failed", "OSError", "the disk is full")
    assert noted("half done") == 0


def test_a_refusal_is_final_and_keeps_its_sentence(aside: Engine) -> None:
    row = asked("test.refuse")
    run(row.id, aside)
    assert (fresh(row).state, row.error_code, row.error) == ("failed", "Refused", "Бұл файл бос.")


def test_giving_up_is_final_and_says_why(aside: Engine) -> None:
    row = asked("test.give-up")
    run(row.id, aside)
    assert (fresh(row).state, row.error_code) == ("failed", "not-a-package")


def test_a_checkpoint_keeps_what_was_done_and_the_next_attempt_goes_on_from_there(aside: Engine) -> None:
    row = asked("test.steps", {"breaks_after": 1})
    run(row.id, aside)
    assert (fresh(row).state, row.checkpoint, row.done, row.total) == ("waiting", {"step": 2}, 2, 4)
    with edge():
        row.due_at = datetime.now(UTC)
    run(row.id, aside)
    assert fresh(row).state == "done"
    assert noted("step") == 4


def test_a_worker_taken_for_dead_keeps_nothing(aside: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(work: Work) -> None:
        audit.record("too late")
        taken = update(Job).where(Job.id == work.id).values(attempts=Job.attempts + 1)
        with aside.begin() as elsewhere:
            elsewhere.execute(taken)

    monkeypatch.setitem(KINDS, "test.note", KINDS["test.note"].__class__("test.note", slow, 5, False))
    row = asked("test.note", {"words": ""})
    run(row.id, aside)
    assert fresh(row).state == "running"
    assert noted("too late") == 0


def test_progress_notices_that_the_job_was_taken_over(aside: Engine) -> None:
    row = asked("test.note", {"words": ""})
    with edge():
        row.state, row.attempts = "running", 2
    work = Work(row, aside)
    work.progress(1, 2)
    with edge():
        row.attempts = 3
    with pytest.raises(LeaseLost):
        work.progress(2, 2)


def test_the_heart_beats_while_a_handler_works(aside: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.core.jobs.work.BEAT_SECONDS", 0.02)
    seen: list[bool] = []

    def long(work: Work) -> None:
        begun = db.session.scalar(select(Job.heartbeat_at).where(Job.id == work.id))
        deadline = time.monotonic() + 5
        while not seen and time.monotonic() < deadline:
            time.sleep(0.02)
            db.session.rollback()
            if db.session.scalar(select(Job.heartbeat_at).where(Job.id == work.id)) > begun:
                seen.append(True)

    monkeypatch.setitem(KINDS, "test.note", KINDS["test.note"].__class__("test.note", long, 5, False))
    run(asked("test.note").id, aside)
    assert seen == [True]


def running(worker: str, beat: timedelta, attempts: int = 1) -> Job:
    row = asked("test.note", {"words": "жоғалды"})
    while queue().receive():
        pass
    with edge():
        row.state, row.worker, row.attempts = "running", worker, attempts
        row.heartbeat_at = datetime.now(UTC) - beat
    return row


def test_a_job_whose_heart_stopped_goes_to_the_next_worker(aside: Engine) -> None:
    row = running("another-machine:1", timedelta(seconds=31))
    sweep()
    assert fresh(row).state == "waiting"
    assert queue().receive() == row.id


def test_a_job_that_beats_elsewhere_is_left_alone(aside: Engine) -> None:
    row = running("another-machine:1", timedelta(seconds=20))
    assert sweep() == 0
    assert fresh(row).state == "running"


def test_a_job_of_a_process_that_is_gone_from_this_machine_need_not_wait(aside: Engine) -> None:
    row = running(worker_name(2**22 - 1), timedelta(0))
    sweep()
    assert fresh(row).state == "waiting"


def test_a_job_that_ends_every_worker_is_given_up(aside: Engine) -> None:
    row = running("another-machine:1", timedelta(minutes=1), attempts=MOST_LOST)
    sweep()
    assert (fresh(row).state, row.error_code) == ("failed", "worker-lost")


def test_an_id_that_never_arrived_is_sent_again(aside: Engine) -> None:
    row = asked("test.note", {"words": ""})
    queue().receive()  # by a worker that was ended right then
    assert sweep() == 1
    assert queue().receive() == row.id


def test_ids_that_stand_in_line_are_not_sent_twice(aside: Engine) -> None:
    asked("test.note", {"words": ""})
    assert sweep() == 0
    assert len(queue()) == 1


def test_a_worker_that_ends_hands_its_jobs_back(aside: Engine) -> None:
    row = running(worker_name(), timedelta(0))
    hand_back([worker_name()])
    assert fresh(row).state == "waiting"


def test_daily_work_is_asked_for_once_a_day(aside: Engine) -> None:
    ask_for_daily_work()
    ask_for_daily_work()
    daily = [kind.name for kind in KINDS.values() if kind.daily]
    assert "core.sweep-files" in daily
    assert db.session.scalar(select(func.count()).select_from(Job)) == len(daily)
    while key := queue().receive():
        run(key, aside)
    assert set(db.session.scalars(select(Job.state))) == {"done"}


def test_a_failed_job_can_be_tried_again(aside: Engine) -> None:
    row = asked("test.give-up")
    run(row.id, aside)
    row = fresh(row)
    with edge():
        retry(row)
    assert (fresh(row).state, row.failures, row.error_code) == ("waiting", 0, "")
    assert row.id in iter(queue().receive, None)


def test_an_asker_follows_the_job_and_nobody_else_sees_it(cast: Cast, aside: Engine) -> None:
    teacher, other = cast.person("teacher"), cast.signed_in("student")
    row = asked("test.note", {"words": "сәлем"})
    with edge():
        row.asked_by, row.place_path = teacher.id, cast.school.path
    seen = cast.signed_in("teacher").get(f"/jobs/{row.id}")
    assert (seen.json or {})["state"] == "waiting"
    assert other.get(f"/jobs/{row.id}").status_code == 404
    elsewhere = cast.signed_in("director", cast.school_elsewhere)
    assert elsewhere.get(f"/jobs/{row.id}").status_code == 404
