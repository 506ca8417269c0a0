"""Every entry counts once and in order, whatever the line does to it (protection: exactly once)."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.core import clock
from lms.core.db import db, edge
from lms.people.models import Person
from lms.player.models import CommitEntry, Launch, PackageVersion, Registration
from lms.player.service import launching, log
from lms.player.views import runtime
from tests.lms.player.conftest import CONTENT, Player, fresh_launch, fresh_registration, registered

Statements = Callable[[], AbstractContextManager[list[str]]]


def rows(launch: str) -> int:
    db.session.rollback()
    return (
        db.session.scalar(
            select(func.count()).where(CommitEntry.launch_id == UUID(launch), CommitEntry.seq > 0)
        )
        or 0
    )


def values(player: Player) -> dict[str, str]:
    state: Any = fresh_registration(player.registration).state
    found: dict[str, str] = state["session"]["store"]["values"]
    return found


def snapshot(player: Player) -> tuple[Any, ...]:
    row, launch = fresh_registration(player.registration), fresh_launch(player.launch)
    return (row.state, row.entries, row.completion, row.epoch, launch.next_seq, rows(player.launch))


def test_a_delta_counts_and_is_answered(player: Player) -> None:
    answer = player.sends({"cmi.location": "2"})
    assert answer.status_code == 200 and "adl.nav.request_valid.continue" in answer.json["valid"]  # type: ignore[index]
    assert values(player)["cmi.location"] == "2"


def test_replayed_a_hundred_times_it_is_one_row(player: Player) -> None:
    body = player.entry(1, {"cmi.suspend_data": "абв" * 1000})
    answers = {player.post("/rt/commit", body).data for _ in range(100)}
    assert len(answers) == 1 and rows(player.launch) == 1
    assert fresh_registration(player.registration).entries == 2  # begin and this


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_many_deltas_gives_the_state_of_the_right_order(player: Player, seed: int) -> None:
    shuffled(player, 60, seed, repeats=60)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200))
def test_any_order_of_a_thousand_deltas(player: Player, seed: int) -> None:
    shuffled(player, 1_000, seed, repeats=100, together=25)


def shuffled(player: Player, count: int, seed: int, repeats: int, together: int = 1) -> None:
    """Some come twice, in any order; the last value of each element must be the one of the highest number."""
    chance = random.Random(seed)
    numbers = [*range(1, count + 1), *chance.sample(range(1, count + 1), repeats)]
    chance.shuffle(numbers)
    for at in range(0, len(numbers), together):
        with edge():
            launch = db.session.get_one(Launch, UUID(player.launch))
            launching.lock(launch.registration_id)
            for number in numbers[at : at + together]:
                body = player.entry(
                    number, {"cmi.location": str(number), f"cmi.objectives.{number % 3}.x": "no"}
                )
                assert log.receive(launch, number, "delta", body).status in (200, 202)
    assert rows(player.launch) == count and fresh_launch(player.launch).next_seq == count + 1
    assert values(player)["cmi.location"] == str(count)
    with edge():
        assert log.rebuild(fresh_registration(player.registration))
    positions = [entry.seq for entry in log.entries(fresh_registration(player.registration))]
    assert positions == list(range(count + 1))


def test_other_bytes_under_a_known_number_are_refused(player: Player) -> None:
    player.sends({"cmi.location": "1"})
    before = snapshot(player)
    answer = player.post("/rt/commit", player.entry(1, {"cmi.location": "2"}))
    assert (answer.status_code, answer.json) == (409, {"code": "other-bytes"})
    assert snapshot(player) == before


def test_a_number_from_the_future_waits_for_those_before_it(player: Player) -> None:
    early = player.post("/rt/commit", player.entry(3, {"cmi.location": "3"}))
    assert (early.status_code, early.json) == (202, {"next": 1})
    assert "cmi.location" not in values(player)
    player.post("/rt/commit", player.entry(2, {"cmi.location": "2"}))
    assert player.post("/rt/commit", player.entry(1)).status_code == 200
    assert values(player)["cmi.location"] == "3" and fresh_launch(player.launch).next_seq == 4


def test_a_number_far_in_the_future_is_not_kept(player: Player) -> None:
    answer = player.post("/rt/commit", player.entry(6_000, {"cmi.location": "3"}))
    assert answer.status_code == 429 and answer.headers["Retry-After"] and rows(player.launch) == 0


def test_values_that_are_refused_do_not_hold_up_the_others(player: Player) -> None:
    answer = player.sends({"cmi.learner_id": "me", "cmi.location": "7", "cmi.score.scaled": "2"})
    assert answer.json["refused"] == {"cmi.learner_id": "404", "cmi.score.scaled": "407"}  # type: ignore[index]
    assert values(player)["cmi.location"] == "7"


WRONG: list[tuple[dict[str, str], Any, int, str]] = [
    ({"Authorization": ""}, {}, 401, "token-unknown"),
    ({"Authorization": "", "Cookie": "session=TOKEN; token=TOKEN"}, {}, 401, "token-unknown"),
    ({"Authorization": "Basic TOKEN"}, {}, 401, "token-unknown"),
    ({"Authorization": "Bearer nobody"}, {}, 401, "token-unknown"),
    ({"Origin": ""}, {}, 403, "origin"),
    ({"Origin": "http://localhost:8000"}, {}, 403, "origin"),
    ({"Origin": "null"}, {}, 403, "origin"),
    ({}, b"{", 400, "not-json"),
    ({}, b"[]", 400, "not-json"),
    ({}, b"[" * 100_000, 400, "not-json"),
    ({}, b"\xff\xfe", 400, "not-json"),
    ({}, {"v": 2}, 400, "malformed"),
    ({}, {"seq": 0}, 400, "malformed"),
    ({}, {"seq": True}, 400, "malformed"),
    ({}, {"seq": "1"}, 400, "malformed"),
    ({}, {"seq": 2**31}, 400, "malformed"),
    ({}, {"set": []}, 400, "malformed"),
    ({}, {"set": {"cmi.location": 5}}, 400, "malformed"),
    ({}, {"finish": "yes"}, 400, "malformed"),
    ({}, {"move": "somewhere"}, 400, "malformed"),
    ({}, {"move": "choice"}, 400, "malformed"),
    ({}, {"set": {f"cmi.{one}": "" for one in range(5_001)}}, 400, "malformed"),
    ({}, {"set": {"cmi.suspend_data": "x" * 128_001}}, 413, "too-large"),
    ({}, b"x" * (1024 * 1024 + 1), 413, "too-large"),
    ({}, {"launch": "0" * 32}, 403, "other-launch"),
    ({}, {"launch": 5}, 403, "other-launch"),
]


@pytest.mark.parametrize("headers, body, status, code", WRONG)
def test_what_is_wrong_is_answered_and_changes_nothing(
    player: Player, headers: dict[str, str], body: Any, status: int, code: str
) -> None:
    player.sends({"cmi.location": "1"})
    before = snapshot(player)
    sent = body if isinstance(body, bytes) else {**player.entry(2, {"cmi.location": "x"}), **body}
    answer = player.post(
        "/rt/commit", sent, **{name: text.replace("TOKEN", player.token) for name, text in headers.items()}
    )
    assert (answer.status_code, answer.json) == (status, {"code": code})
    assert snapshot(player) == before


def test_a_token_in_the_address_is_worth_nothing(player: Player) -> None:
    token, player.token = player.token, ""
    answer = player.post(
        f"/rt/commit?token={token}&access_token={token}", player.entry(1), Authorization="Bearer "
    )
    assert answer.status_code == 401 and rows(player.launch) == 0


def test_another_persons_token_reaches_nothing_of_mine(
    app: Flask, player: Player, physics: PackageVersion, cast: Any
) -> None:
    other = Player(app, registered(physics, cast.person("student", login="second")))
    other.enters()
    before = snapshot(player)
    answer = other.post("/rt/commit", player.entry(1, {"cmi.location": "theirs"}))
    assert (answer.status_code, answer.json) == (403, {"code": "other-launch"})
    assert snapshot(player) == before


def test_a_token_runs_out_and_ends_with_the_person(player: Player, pupil: Person) -> None:
    with edge():
        fresh_launch(player.launch).expires_at = clock.now() - timedelta(seconds=1)
    assert player.sends().status_code == 401
    with edge():
        fresh_launch(player.launch).expires_at = clock.now() + timedelta(minutes=1)
        db.session.get_one(Person, pupil.id).disabled = True
    assert player.sends().status_code == 401 and rows(player.launch) == 0


def test_use_prolongs_a_token_but_never_beyond_eight_hours(player: Player) -> None:
    with edge():
        launch = fresh_launch(player.launch)
        launch.expires_at = clock.now() + timedelta(seconds=30)
    player.sends()
    assert fresh_launch(player.launch).expires_at > clock.now() + timedelta(minutes=14)
    with edge():
        launch = fresh_launch(player.launch)
        launch.created_at = clock.now() - timedelta(hours=8, minutes=-5)
    player.sends()
    assert fresh_launch(player.launch).expires_at < clock.now() + timedelta(minutes=6)


def test_a_code_opens_one_door_once(player: Player) -> None:
    answer = player.post("/rt/exchange", {"code": player.code})
    assert (answer.status_code, answer.json) == (401, {"code": "code-unknown"})


def test_more_than_five_a_second_are_asked_to_wait(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    assert runtime.PER_MINUTE == 5 * 60
    monkeypatch.setattr(runtime, "PER_MINUTE", 20)
    answers = [player.post("/rt/commit", player.entry(1)) for _ in range(25)]
    assert answers[0].status_code == 200 and answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] and rows(player.launch) == 1


def test_a_second_tab_takes_over_and_the_first_ones_work_is_kept(app: Flask, player: Player) -> None:
    player.sends({"cmi.location": "1", "cmi.exit": "suspend"})
    second = Player(app, player.registration)
    # Not yet begun elsewhere: what the first tab still has counts, and it is told.
    told = player.sends({"cmi.location": "2"})
    assert told.status_code == 409 and told.json["code"] == "superseded"  # type: ignore[index]
    begun = second.enters()
    assert begun["given"]["store"]["values"]["cmi.location"] == "2"
    assert begun["given"]["store"]["values"]["cmi.entry"] == "resume"
    late = second.post("/rt/commit", player.entry(3, {"cmi.location": "3"}))
    assert (late.status_code, late.json) == (200, {"late": True})
    assert values(second)["cmi.location"] == "2"
    assert log.unapplied(fresh_registration(player.registration)) == 1


def test_a_tab_that_died_without_a_word_is_resumed(app: Flask, player: Player) -> None:
    """Its SCO had no time to set cmi.exit; the pretest would be skipped for good as attempted."""
    player.sends({"cmi.location": "2", "cmi.suspend_data": "ә"})
    begun = Player(app, player.registration).enters()
    values = begun["given"]["store"]["values"]
    assert (begun["moved"]["deliver"], values["cmi.location"], values["cmi.entry"]) == (
        "pretest",
        "2",
        "resume",
    )


def test_what_comes_after_a_silent_tab_was_closed_counts_before_its_closing(player: Player) -> None:
    player.sends({"cmi.location": "1", "cmi.exit": "suspend"})
    with edge():
        launching.leave(fresh_launch(player.launch))
    assert player.sends({"cmi.location": "2"}).json.get("late") is None  # type: ignore[union-attr]
    assert values(player)["cmi.location"] == "2" and fresh_launch(player.launch).ended_at is None
    with edge():
        launching.leave(fresh_launch(player.launch))
        assert log.rebuild(fresh_registration(player.registration))


def test_an_entry_before_the_beginning_is_refused(app: Flask, physics: PackageVersion, pupil: Person) -> None:
    early = Player(app, registered(physics, pupil))
    early.token = early.post("/rt/exchange", {"code": early.code}).json["token"]  # type: ignore[index]
    answer = early.sends({"cmi.location": "1"})
    assert (answer.status_code, answer.json) == (409, {"code": "not-begun"}) and rows(early.launch) == 0


def test_a_session_that_ended_takes_no_more(player: Player) -> None:
    player.sends({"cmi.location": "1"}, finish=True)
    assert player.sends({"cmi.location": "2"}).json["refused"] == {"cmi.location": "133"}  # type: ignore[index]


def test_a_process_that_has_not_seen_the_last_commits_reads_them(player: Player) -> None:
    player.sends({"cmi.location": "1"})
    with edge():  # another process: the row goes on without this one's live value
        row = db.session.get_one(Registration, player.registration)
        launch = db.session.get_one(Launch, UUID(player.launch))
        log.receive(launch, 2, "delta", player.entry(2, {"cmi.location": "2"}))
        db.session.info.pop("after_commit", None)
        assert row.entries == 3
    player.seq = 3
    player.sends({"cmi.suspend_data": "x"})
    assert values(player)["cmi.location"] == "2"


def test_a_commit_takes_few_statements(player: Player, statements: Statements) -> None:
    player.sends({"cmi.suspend_data": "ә" * 2000})
    with statements() as sent:
        assert player.sends({"cmi.suspend_data": "і" * 2000}).status_code == 200
    assert len(sent) <= 6, sent


def test_no_cookie_is_ever_set_on_the_content_site(player: Player) -> None:
    answer = player.sends()
    assert "Set-Cookie" not in answer.headers and CONTENT.startswith("http://content.")


def silent(player: Player, minutes: int) -> None:
    """The tab is gone; nobody has heard of it since."""
    with edge():
        launch = fresh_launch(player.launch)
        launch.last_heard_at = clock.now() - timedelta(minutes=minutes)
        entry = db.session.get_one(CommitEntry, (launch.id, 0))
        entry.received_at = launch.last_heard_at - timedelta(minutes=3)
    with edge():
        assert launching.close_stale(UUID(player.launch))


def test_a_session_nobody_hears_of_is_closed_with_the_time_that_was_measured(player: Player) -> None:
    player.sends({"cmi.location": "1"})
    silent(player, 11)
    row = fresh_registration(player.registration)
    assert row.seconds == pytest.approx(180, abs=1) and fresh_launch(player.launch).ended_at is not None
    left = db.session.get_one(CommitEntry, (UUID(player.launch), -1))
    assert left.body == {
        "measured": pytest.approx(180, abs=1)
    }  # in the log, so that a rebuild finds the same


def test_the_time_a_package_reports_itself_stands(player: Player) -> None:
    player.sends({"cmi.location": "1", "cmi.session_time": "PT1M5S"})
    silent(player, 11)
    assert fresh_registration(player.registration).seconds == 65


def test_what_never_spoke_takes_no_time(player: Player) -> None:
    silent(player, 11)
    assert fresh_registration(player.registration).seconds == 0


def test_a_player_that_is_heard_of_is_not_closed(player: Player) -> None:
    player.sends({"cmi.location": "1"})
    with edge():
        assert not launching.close_stale(UUID(player.launch)) and launching.stale() == []
