"""Commits that come together are written together, and are the same as those that come one by one."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from lms.core.db import db, edge
from lms.player import engine
from lms.player.models import CommitEntry, Launch, PackageVersion
from lms.player.service import log, short_way
from tests.cast import Cast
from tests.lms.player.conftest import Player, fresh_registration, registered

PUPILS = 6


def class_of_players(app: Flask, version: PackageVersion, cast: Cast) -> list[Player]:
    found = [
        Player(app, registered(version, cast.person("student", login=f"pupil-{number}")))
        for number in range(PUPILS)
    ]
    for player in found:
        player.enters()
        player.sends({"cmi.location": "0"})
    return found


def together(players: list[Player], values: dict[str, str]) -> list[int]:
    """All of them wait at the desk when the first one begins to write."""
    db.session.rollback()
    with ThreadPoolExecutor(len(players)) as pool:
        short_way.desk.pen.acquire()
        sent = [pool.submit(player.sends, values) for player in players]
        until_waiting(len(players))
        short_way.desk.pen.release()
        return [one.result().status_code for one in sent]


def until_waiting(number: int) -> None:
    pause = threading.Event()
    for _ in range(500):
        if len(short_way.desk.waiting) == number:
            return
        pause.wait(0.01)
    raise AssertionError(f"{len(short_way.desk.waiting)} of {number} are waiting")


def location(player: Player) -> str:
    state: Any = fresh_registration(player.registration).state
    return str(state["session"]["store"]["values"]["cmi.location"])


def test_a_class_that_commits_at_once_is_one_transaction(
    app: Flask, physics: PackageVersion, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    players = class_of_players(app, physics, cast)
    sizes: list[int] = []
    written = short_way._write_together
    monkeypatch.setattr(
        short_way, "_write_together", lambda entries: (sizes.append(len(entries)), written(entries))
    )
    assert together(players, {"cmi.location": "1", "cmi.score.scaled": "0.5"}) == [200] * PUPILS
    assert sizes == [PUPILS] and {location(player) for player in players} == {"1"}
    for player in players:
        with edge():
            assert log.rebuild(fresh_registration(player.registration))


def test_one_that_breaks_takes_nobody_down_with_it(
    app: Flask, physics: PackageVersion, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    players = class_of_players(app, physics, cast)
    apply, broken = engine.apply, {"cmi.location": "broken"}

    def applied(game: Any, kind: str, body: dict[str, Any], now: Any) -> dict[str, Any]:
        if body.get("set") == broken:
            raise RuntimeError("as if there were a fault in the engine")
        return apply(game, kind, body, now)

    monkeypatch.setattr(engine, "apply", applied)
    first, *rest = players
    db.session.rollback()
    with ThreadPoolExecutor(PUPILS) as pool:
        short_way.desk.pen.acquire()
        fails = pool.submit(first.sends, broken)
        sent = [pool.submit(player.sends, {"cmi.location": "1"}) for player in rest]
        until_waiting(PUPILS)
        short_way.desk.pen.release()
        assert fails.result().status_code == 500
        assert [one.result().status_code for one in sent] == [200] * len(rest)
    assert [location(player) for player in players] == ["0"] + ["1"] * len(rest)
    assert db.session.get(CommitEntry, (UUID(first.launch), 2)) is None


def test_two_of_one_launch_are_taken_one_after_the_other(player: Player) -> None:
    player.sends({"cmi.location": "0"})
    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        short_way.desk.pen.acquire()
        bodies = [player.entry(number, {"cmi.location": str(number)}) for number in (2, 3)]
        sent = [pool.submit(player.post, "/rt/commit", bodies[0])]
        until_waiting(1)
        sent.append(pool.submit(player.post, "/rt/commit", bodies[1]))
        until_waiting(2)
        short_way.desk.pen.release()
        assert [one.result().status_code for one in sent] == [200, 200]
    assert location(player) == "3"


def test_both_ways_write_the_same(
    app: Flask, physics: PackageVersion, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [
        {"cmi.location": "1"},
        {"cmi.suspend_data": "ұзақ"},
        {"cmi.interactions.0.id": "q1", "cmi.interactions.0.type": "choice"},
        {"cmi.score.scaled": "0.9", "cmi.success_status": "passed"},
        {"cmi.completion_status": "completed", "cmi.location": "9"},
        {"cmi.learner_id": "me"},
    ]

    def state(login: str) -> tuple[Any, ...]:
        player = Player(app, registered(physics, cast.person("student", login=login)))
        player.enters()
        answers = [player.sends(dict(one)).json for one in said]
        row = fresh_registration(player.registration)
        whole: Any = row.state
        launch = db.session.get_one(Launch, UUID(player.launch))
        return (answers, whole["session"]["store"]["values"]["cmi.location"], whole["course"]["state"]["current"],
                row.completion, row.success, row.score, row.place, row.entries, launch.next_seq)  # fmt: skip

    short = state("short")
    monkeypatch.setattr(short_way, "receive", lambda *_: None)
    assert state("long") == short


def test_what_the_screen_remembers_is_written_without_the_whole_course(player: Player) -> None:
    player.sends({"cmi.location": "1"})
    before = fresh_registration(player.registration).whole
    player.sends({"cmi.suspend_data": "ә"})
    row = fresh_registration(player.registration)
    assert row.whole == before and row.session is not None
    player.sends({"cmi.completion_status": "completed"})
    row = fresh_registration(player.registration)
    assert row.session is None and row.whole != before


@pytest.mark.parametrize("odd", ["\ud83d", "a\udc00b", "\0", "a\0\0\x1f"])
@pytest.mark.parametrize("ended", [False, True])
def test_what_no_page_can_show_is_kept_as_it_is(
    app: Flask, cast: Cast, player: Player, odd: str, ended: bool
) -> None:
    """A package that cuts its text in the middle of an emoji, or compresses it, gets back what it gave."""
    player.sends({"cmi.location": "1", "cmi.exit": "suspend"})
    question = {"cmi.interactions.0.id": "q", "cmi.interactions.0.description": odd}
    body = player.entry(2, {"cmi.suspend_data": odd, f"cmi.{odd}": odd, **question}, finish=ended)
    for _ in range(2):  # the second time as it was answered the first
        assert player.post("/rt/commit", json.dumps(body).encode()).status_code == 200
    with edge():
        assert log.rebuild(fresh_registration(player.registration))
    again = Player(app, player.registration)
    assert again.enters()["given"]["store"]["values"]["cmi.suspend_data"] == odd
    with edge():
        fresh_registration(player.registration).path = cast.school.path
    seen = cast.signed_in("director").get(f"/attempts/{player.registration}/log")
    assert seen.status_code == 200 and "cmi.suspend_data" in seen.text
