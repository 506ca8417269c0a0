"""The state is what the log says: rebuilt from it, it is the same."""

from __future__ import annotations

import random

import pytest
from flask import Flask

from lms.core.db import edge
from lms.people.models import Person
from lms.player.models import PackageVersion
from lms.player.service import launching, log
from tests.lms.player.conftest import Player, fresh_launch, fresh_registration, registered

SAID_12 = [("cmi.core.lesson_status", "passed"), ("cmi.core.score.raw", "80"), ("cmi.core.exit", "suspend"),
           ("cmi.suspend_data", "ұ"), ("cmi.core.session_time", "00:01:00"), ("cmi.core.lesson_status", "failed")]  # fmt: skip
SAID = [("cmi.completion_status", "completed"), ("cmi.success_status", "passed"), ("cmi.score.scaled", "0.8"),
        ("cmi.exit", "suspend"), ("cmi.suspend_data", "ұ"), ("cmi.session_time", "PT1M"),
        ("adl.nav.request", "continue"), ("cmi.success_status", "failed")]  # fmt: skip
MOVES = ("continue", "previous", "suspendAll", "exitAll", "start", "resume", "exit")


def wander(app: Flask, version: PackageVersion, person: Person, seed: int) -> None:
    chance = random.Random(seed)
    said = SAID if seed % 2 else SAID_12
    key = registered(version, person)
    player = Player(app, key)
    player.enters()
    for _ in range(30):
        what = chance.random()
        if what < 0.6:
            element, value = chance.choice(said)
            player.sends({element: value}, finish=chance.random() < 0.3)
        elif what < 0.85:
            player.moves(chance.choice(MOVES))
        elif what < 0.92:
            with edge():
                launching.leave(fresh_launch(player.launch))
        else:
            player = Player(app, key)
            player.enters()
    with edge():
        assert log.rebuild(fresh_registration(key))


@pytest.mark.parametrize("seed", range(1, 6, 2))
def test_a_walk_through_a_sequenced_course_is_rebuilt(
    app: Flask, physics: PackageVersion, pupil: Person, seed: int
) -> None:
    wander(app, physics, pupil, seed)


@pytest.mark.parametrize("seed", range(0, 6, 2))
def test_a_walk_through_a_12_course_is_rebuilt(
    app: Flask, fractions: PackageVersion, pupil: Person, seed: int
) -> None:
    wander(app, fractions, pupil, seed)
