"""A month of measured lines and some decisions on how subjects are taught; all of it invented."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import insert, select

from lms.core import clock, ids
from lms.core.db import db
from lms.lessons import speeds
from lms.lessons.models import SpeedMeasurement
from lms.lessons.queries import network as queries
from lms.lessons.service import network
from lms.people.models import Person
from lms.places.models import School

# Share of the contract that really comes: two schools in three get less than half, as the pilot measured.
SHARES = (0.92, 0.38, 0.64, 0.22, 0.88, 0.46, 0.71, 0.41, 0.83, 0.95, 0.33)
HOURS = (3, 5, 7)  # UTC: in the morning, at noon and in the afternoon of a school day
DAYS = 28


def build_speeds(seed: int) -> None:
    chance = Random(seed)
    schools = db.session.scalars(select(School).order_by(School.place_id)).all()
    rows = []
    for number, school in enumerate(schools):
        if school.contract_down:
            rows += _month(school, SHARES[number % len(SHARES)], chance)
    db.session.execute(insert(SpeedMeasurement), rows)
    db.session.flush()
    _decide(schools)


def _month(school: School, share: float, chance: Random) -> list[dict[str, object]]:
    today = clock.now().replace(minute=0, second=0, microsecond=0)
    contract = school.contract_down or 1.0
    far = school.technology == "satellite"
    rows: list[dict[str, object]] = []
    for day in range(DAYS, 0, -1):
        for hour in HOURS:
            at = (today - timedelta(days=day)).replace(hour=hour)
            if at.weekday() < 5:
                busy = 0.8 if hour == 5 else 1.0
                down = contract * share * busy * math.exp(chance.gauss(0, 0.18))
                rows.append({
                    "id": ids.new_id(), "created_at": at, "school_id": school.place_id, "path": school.place.path,
                    "at": at, "down": min(down, contract), "up": down * 0.3, "jitter": chance.uniform(3, 40),
                    "latency": chance.uniform(560, 720) if far else chance.uniform(18, 90), "received": 3_400_000,
                    "loss": 0.1 if far and chance.random() < 0.3 else 0.0, "contract_down": contract,
                    "source": "command",
                })  # fmt: skip
    return rows


def _decide(schools: Sequence[School]) -> None:
    officer = db.session.scalars(select(Person).where(Person.login == "district")).one()
    for school in schools:
        if school.kind == "satellite":
            speed = queries.speed_of(school)
            proposal = speeds.propose(speed, False, True, 12)
            network.decide_model(school, "physics", proposal.model, proposal, officer.id, "")
