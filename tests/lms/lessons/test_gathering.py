"""Words from pupils' devices that come together are written together, and are the same as those that come one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from lms.core import clock
from lms.core.db import db, edge
from lms.lessons.models import StreamedEvent, StreamedLesson, StreamedPresence
from lms.lessons.queries import record
from lms.lessons.service import gathering
from lms.people.models import SignInSession
from tests.cast import read_afresh
from tests.lms.lessons.conftest import Room, Seat, asked

TABLE = "7:25 11:30"


def seats(here: Room) -> list[Seat]:
    here.enters(here.teacher, "console").says("ask", q=asked(here))
    return [here.enters(here.signed_in(one), "room") for one in here.pupils.values()]


def together(pupils: list[Seat], words: list[list[dict[str, Any]]], signed_in: bool = False) -> list[Any]:
    """All of them wait at the desk when the first one begins to write."""
    db.session.rollback()
    with ThreadPoolExecutor(len(pupils)) as pool:
        gathering.desk.pen.acquire()
        sent = [
            pool.submit(seat.sends, said, "", signed_in) for seat, said in zip(pupils, words, strict=True)
        ]
        pause = threading.Event()
        for _time in range(1000):
            if len(gathering.desk.waiting) == len(pupils):
                break
            pause.wait(0.01)
        waiting = len(gathering.desk.waiting)
        gathering.desk.pen.release()
        answers = [one.result() for one in sent]
    assert waiting == len(pupils)
    return answers


def word(number: int, kind: str, ago: float = 0, **data: Any) -> dict[str, Any]:
    return {"n": number, "k": kind, "d": data, "s": ago}


def test_a_class_that_answers_at_once_is_one_transaction(
    room_of_two: Room, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    here = room_of_two
    pupils = seats(here)
    answer = word(1, "answer", q=asked(here), a=["0"])
    with statements() as sent:
        answers = together(pupils, [[answer]] * 3)
    assert [one.json for one in answers] == [{"done": [1], "not": {}}] * 3
    assert len(sent) == 3, sent  # the lesson, the sign-ins, the answers
    read_afresh()
    rows = db.session.scalars(select(StreamedEvent).where(StreamedEvent.kind == "answer")).all()
    assert {row.person_id for row in rows} == {one.id for one in here.pupils.values()}
    assert {row.school_id for row in rows} == {one.id for one in here.schools}


def kept(here: Room) -> tuple[Any, Any]:
    read_afresh()
    columns = ("key", "kind", "person_id", "class_id", "school_id", "by_id", "question_id", "data")
    events = db.session.scalars(
        select(StreamedEvent).where(StreamedEvent.kind.not_in(("ask",))).order_by(StreamedEvent.key)
    ).all()
    found = record.record_of(here.lesson, TABLE)
    minutes = {one.pupil.name: round(one.minutes) for school in found.schools for one in school.pupils}
    return [[getattr(row, name) for name in columns] for row in events], minutes


def test_both_ways_write_the_same(room_of_two: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    here = room_of_two
    with edge():
        db.session.execute(update(StreamedLesson).values(began_at=clock.now() - timedelta(minutes=40)))
    pupils = seats(here)
    said = [
        word(1, "beat", 1800), word(2, "beat", 1740), word(3, "hand", 1500), word(4, "lower", 1490),
        word(5, "answer", 1400, q=asked(here), a=["1"]), word(6, "answer", 1390, q=asked(here), a=["0"]),
        word(7, "beat", 300, r=700, x=2), word(8, "beat", 240), word(9, "beat", 270), word(10, "note", 100, t="  Неге? "),
        word(11, "page", s=3), word(12, "answer", q="nothing", a=["0"]), word(13, "answer", q=asked(here), a=[]),
        word(14, "ready", n=5), word(6, "answer", 0, q=asked(here), a=["1"]),
    ]  # fmt: skip
    gathered = [one.json for one in together(pupils, [said] * 3)]
    first = kept(here)
    with edge():
        for model in (StreamedPresence, StreamedEvent):
            kind = StreamedEvent.kind != "ask" if model is StreamedEvent else True
            db.session.execute(delete(model).where(kind))  # type: ignore[arg-type]
    monkeypatch.setattr(gathering, "_write_together", lambda messages: None)
    alone = [seat.sends(said).json for seat in pupils]
    assert gathered == alone and gathered[0]["not"] == {"11": "not-allowed", "12": "unclear", "13": "unclear"}
    again = kept(here)
    for one, other in zip(first[0], again[0], strict=True):
        assert one == other
    assert again[1] == first[1]
    assert set(first[1].values()) == {2} and len(first[0]) == 3 * 7


def test_one_that_breaks_takes_nobody_down_with_it(
    room_of_two: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = room_of_two
    pupils = seats(here)
    say = gathering.say

    def broken(*values: Any) -> None:
        if values[4] == {"break": True}:
            raise RuntimeError("as if there were a fault in a word")
        say(*values)

    monkeypatch.setattr(gathering, "say", broken)
    good = [word(1, "answer", q=asked(here), a=["0"])]
    answers = together(pupils, [[{**good[0], "d": {"break": True}}], good, good])
    assert [one.status_code for one in answers] == [500, 200, 200]
    read_afresh()
    assert len(db.session.scalars(select(StreamedEvent).where(StreamedEvent.kind == "answer")).all()) == 2


def test_a_cookie_that_goes_along_holds_nobody_up(room_of_two: Room) -> None:
    answers = together(seats(room_of_two), [[word(1, "hand")]] * 3, signed_in=True)
    assert [one.status_code for one in answers] == [200, 200, 200]


def test_a_sign_in_that_has_ended_says_nothing_among_the_others(room_of_two: Room) -> None:
    here = room_of_two
    pupils = seats(here)
    with edge():
        mine = here.pupils["aru"].id
        db.session.execute(
            update(SignInSession).where(SignInSession.person_id == mine).values(ended_at=clock.now())
        )
    answers = together(pupils, [[word(1, "hand")]] * 3)
    assert [one.status_code for one in answers] == [403, 200, 200]
