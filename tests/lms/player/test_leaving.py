"""A window that goes away without a word: what waited for the pupil still waits for them."""

from __future__ import annotations

from flask import Flask

from lms.people.models import Person
from lms.player.models import PackageVersion
from tests.lms.player.conftest import Player, fresh_registration, registered


def test_who_only_looked_loses_nothing(app: Flask, physics: PackageVersion, pupil: Person) -> None:
    key = registered(physics, pupil)
    first = Player(app, key)
    first.enters()
    first.sends({"cmi.suspend_data": "Қысым", "cmi.exit": "suspend"}, finish=True)
    for _ in range(3):  # opened, looked at, closed: the content has only read
        begun = Player(app, key).enters()
        assert begun["given"]["store"]["values"]["cmi.suspend_data"] == "Қысым"
        assert begun["given"]["store"]["values"]["cmi.entry"] == "resume"


def test_who_only_looked_keeps_their_place(app: Flask, fractions: PackageVersion, pupil: Person) -> None:
    key = registered(fractions, pupil)
    first = Player(app, key)
    first.enters()
    reached = first.moves("continue")["moved"]["deliver"]
    assert [Player(app, key).enters()["moved"]["deliver"] for _ in range(2)] == [reached, reached]


def test_a_teacher_sees_where_a_pupil_has_stopped(app: Flask, physics: PackageVersion, pupil: Person) -> None:
    key = registered(physics, pupil)
    player = Player(app, key)
    player.enters()
    player.moves("suspendAll")
    row = fresh_registration(key)
    assert row.state is not None and row.state["screen"]["activity"] is None, "nothing is on the screen"
    assert row.place == "pretest"
