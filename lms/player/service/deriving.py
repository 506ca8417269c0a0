"""What follows from the log: the state, the figures of an attempt, and what the learner carries to other packages."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.core import clock
from lms.core.db import db
from lms.player.models import CarriedState, Registration
from scorm.player.carried import Carried
from scorm.player.registration import Registration as Played


def facts(registration: Registration) -> tuple[Any, ...]:
    """Everything that is derived; a rebuild must find the same."""
    return (
        json.dumps(registration.state, sort_keys=True),
        registration.completion,
        registration.success,
        registration.score,
        registration.seconds,
        registration.place,
    )


def derive(registration: Registration, game: Played) -> None:
    registration.state = game.as_json()
    registration.last_seen_at = clock.now()
    for name, value in figures(game, registration.finished_at).items():
        setattr(registration, name, value)


def figures(game: Played, finished_at: datetime | None) -> dict[str, Any]:
    """What lists show of an attempt, by column. It was finished when it first was."""
    found = game.outcome()
    done = found["completion"] == "completed" or found["success"] in ("passed", "failed")
    return found | {
        "place": game.screen.activity or game.course.suspended or "",
        "finished_at": (finished_at or clock.now()) if done else finished_at,
    }


def carried(registration: Registration) -> Carried:
    row = db.session.get(CarriedState, registration.person_id)
    return Carried.of_json(row.state) if row else Carried()


def give(person_id: UUID, game: Played) -> None:
    """Objectives and data that are global to the system go along to the next package; most packages have none."""
    mine = Carried()
    game.give(mine)
    if not (mine.objectives or mine.stores):
        return
    row = db.session.get(CarriedState, person_id, with_for_update=True)
    before: dict[str, Any] = row.state if row else Carried().as_json()
    after = before | {
        "objectives": before["objectives"] | mine.objectives,
        "stores": before["stores"] | mine.stores,
    }
    if row is None:
        db.session.add(CarriedState(person_id=person_id, state=after))
    elif after != before:
        row.state = after
