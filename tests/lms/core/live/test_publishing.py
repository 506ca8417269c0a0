"""Events: kept with the deed, numbered in the order of commits, heard by those who may."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextvars import Context
from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from lms.core import live
from lms.core.db import db, edge, make_engine
from lms.core.jobs import Work
from lms.core.live.bus import make_bus
from lms.core.live.hub import ROWS, WAITING, Hub, Listener
from lms.core.live.models import LiveEvent
from lms.core.live.publishing import sweep_events
from lms.core.live.tickets import Office, Ticket
from tests.cast import Cast


@pytest.fixture
def hub(app: Flask) -> Iterator[Hub]:
    settings = app.extensions["settings"]
    engine = make_engine(settings)
    yield Hub(engine, make_bus(settings), None)
    engine.dispose()


def listener(*channels: str, after: int = 0) -> Listener:
    return Listener(Ticket(channels, None, after), None)


def said(channel: str, kind: str = "said", **data: object) -> None:
    with edge():
        live.publish(channel, kind, dict(data))


def heard(one: Listener) -> list[str]:
    return [line.decode() for _number, line in iter(lambda: one.next(0.01), None)]


def test_an_event_is_kept_only_with_its_deed(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), edge():
        live.publish("lesson:1", "hand-raised")
        raise ZeroDivisionError
    assert db.session.scalars(select(LiveEvent)).all() == []


@pytest.mark.parametrize("kind", ["", "Hand", "two\nlines", "a b"])
def test_a_kind_is_a_plain_word(app: Flask, kind: str) -> None:
    with pytest.raises(ValueError):
        live.publish("lesson:1", kind)


def test_listeners_hear_their_channels_in_order_and_no_others(hub: Hub) -> None:
    one, two = listener("lesson:1"), listener("lesson:2")
    hub.join(one)
    hub.join(two)
    said("lesson:1", word="бір")
    said("lesson:2", word="екі")
    said("lesson:1", word="үш")
    hub.deliver()
    assert ['"бір"' in heard_line for heard_line in heard(two)] == [False]
    assert [line.split("\n")[1:3] for line in heard(one)] == [
        ["event: said", 'data: {"channel": "lesson:1", "data": {"word": "бір"}}'],
        ["event: said", 'data: {"channel": "lesson:1", "data": {"word": "үш"}}'],
    ]
    hub.leave(one)
    hub.leave(two)
    assert (hub.count, dict(hub.listeners)) == (0, {})


def test_a_line_break_in_a_text_does_not_break_the_event(hub: Hub) -> None:
    said("lesson:1", word="a\n\nevent: forged\ndata: {}")
    ((_number, line),) = hub.missed(["lesson:1"], 0)
    assert line.count(b"\n") == 4


def test_a_listener_who_lags_behind_is_let_go_and_the_others_hear_on(hub: Hub) -> None:
    class Connection:
        cut = False

        def shutdown(self, _how: int) -> None:
            self.cut = True

    slow_line = Connection()
    slow = Listener(Ticket(("lesson:1",), None, 0), slow_line)  # type: ignore[arg-type]
    quick = listener("lesson:1")
    for one in (slow, quick):
        hub.join(one)
    with edge():
        for _ in range(WAITING + 1):
            live.publish("lesson:1", "said")
        # The quick one reads as it comes; the slow one does not read at all.
    quick.lines.maxsize = None
    hub.deliver()
    assert slow_line.cut
    assert len(heard(quick)) == WAITING + 1


def test_numbers_are_seen_in_the_order_of_commits(cast: Cast, hub: Hub) -> None:
    """A transaction that took its number first but commits last would be missed by "everything after"."""
    everyone = listener("lesson:1")
    everyone.lines.maxsize = None
    hub.join(everyone)

    def speak() -> None:
        with cast.app.app_context():
            for _ in range(10):
                said("lesson:1")

    threads = [threading.Thread(target=lambda: Context().run(speak)) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        hub.deliver()
    hub.deliver()
    assert len(heard(everyone)) == 40


def test_a_page_hears_from_the_moment_it_was_made(cast: Cast) -> None:
    said("lesson:1")
    with cast.app.test_request_context(base_url="http://localhost:8000"):
        ticket = live.address("lesson:1", "lesson:2").partition("ticket=")[2]
        newest = db.session.scalars(select(LiveEvent.number)).one()
    assert Office("only for tests").read(ticket) == Ticket(("lesson:1", "lesson:2"), None, newest)


def test_a_ticket_of_another_hand_or_of_yesterday_is_none(app: Flask) -> None:
    ticket = Ticket(("lesson:1",), uuid4(), 7)
    written = Office("only for tests").write(ticket)
    assert Office("only for tests").read(written) == ticket
    assert Office("another secret").read(written) is None
    assert Office("only for tests").read(written[:-2]) is None
    with time_machine.travel("2100-01-01"):
        assert Office("only for tests").read(written) is None


def test_whoever_signed_out_is_let_go(hub: Hub) -> None:
    class Connection:
        cut = False

        def shutdown(self, _how: int) -> None:
            self.cut = True

    gone, here = uuid4(), uuid4()
    hub.alive = lambda asked: asked - {gone}
    lines = {one: Connection() for one in (gone, here)}
    for key, connection in lines.items():
        hub.join(Listener(Ticket(("lesson:1",), key, 0), connection))  # type: ignore[arg-type]
    hub.check()
    assert [lines[gone].cut, lines[here].cut] == [True, False]


def test_what_was_missed_is_replayed_and_too_much_is_known_as_such(hub: Hub) -> None:
    with edge():
        for _ in range(ROWS + 20):
            live.publish("lesson:1", "said")
    numbers = [number for number, _line in hub.missed(["lesson:1"], 0)]
    assert len(numbers) == ROWS + 1
    assert [number for number, _line in hub.missed(["lesson:1"], numbers[-3])][:2] == numbers[-2:]


def test_events_are_swept_after_a_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    said("lesson:1")
    with edge():
        sweep_events(Work.__new__(Work))
    assert len(db.session.scalars(select(LiveEvent)).all()) == 1
    with time_machine.travel("2100-01-01"), edge():
        sweep_events(Work.__new__(Work))
    db.session.expunge_all()
    assert db.session.scalars(select(LiveEvent)).all() == []


@pytest.mark.parametrize("redis", [True, False])
def test_a_wake_up_call_is_heard_on_the_other_side(
    app: Flask, redis: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By Redis where there is one; else by PostgreSQL, or by a pipe beside SQLite."""
    settings = app.extensions["settings"]
    bus = make_bus(settings if redis else replace(settings, redis_url=""))
    monkeypatch.setitem(app.extensions, "bus", bus)
    with bus.ear() as ear:
        for _ in range(2):  # a subscription may be confirmed by the first wait
            ear.wait(0.05)
        woken = threading.Event()

        def sleep() -> None:
            ear.wait(30)
            woken.set()

        thread = threading.Thread(target=sleep)
        thread.start()
        said("lesson:1")
        assert woken.wait(10)
        thread.join()
