"""Questions about lines, pairings and ways of teaching."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.core import clock, ids
from lms.core.db import db
from lms.core.errors import NotYours
from lms.core.permissions import may, within
from lms.lessons import pairing, speeds
from lms.lessons.models import HubPairing, SpeedMeasurement, SpeedMeter, TeachingModel
from lms.places.models import Place, School
from lms.places.queries import by_name

WINDOW = timedelta(days=30)
MOST_SCHOOLS = 300


@dataclass(frozen=True)
class SchoolSpeed:
    school: School
    speed: speeds.Speed


def speeds_within_reach(permission: str = "network.see") -> list[SchoolSpeed]:
    """Two statements: the schools, and a month of their measurements."""
    schools = schools_within_reach(permission)
    found = _rows([one.place_id for one in schools])
    return [SchoolSpeed(one, speeds.summary(found[one.place_id], one.contract_down)) for one in schools]


def schools_within_reach(permission: str) -> Sequence[School]:
    return db.session.scalars(
        select(School)
        .join(School.place)
        .options(contains_eager(School.place))
        .where(within(Place.path, permission), Place.closed_on.is_(None))
        .order_by(by_name())
        .limit(MOST_SCHOOLS)
    ).all()


def _rows(schools: Sequence[UUID]) -> dict[UUID, list[tuple[float, float, float, float]]]:
    row, found = SpeedMeasurement, defaultdict(list)
    for key, *values in db.session.execute(
        select(row.school_id, row.down, row.up, row.latency, row.loss).where(
            row.school_id.in_(schools), row.at > clock.now() - WINDOW
        )
    ):
        found[key].append(tuple(values))
    return found  # type: ignore[return-value]


def speed_of(school: School) -> speeds.Speed:
    return speeds.summary(_rows([school.place_id])[school.place_id], school.contract_down)


def history(school_id: UUID, most: int = 400) -> Sequence[SpeedMeasurement]:
    return db.session.scalars(
        select(SpeedMeasurement)
        .where(SpeedMeasurement.school_id == school_id, SpeedMeasurement.at > clock.now() - WINDOW)
        .order_by(SpeedMeasurement.at.desc())
        .limit(most)
    ).all()


def meters(school_id: UUID) -> Sequence[SpeedMeter]:
    return db.session.scalars(
        select(SpeedMeter).where(SpeedMeter.school_id == school_id).order_by(SpeedMeter.id.desc()).limit(20)
    ).all()


def meter_or_404(meter_id: UUID, permission: str) -> tuple[SpeedMeter, Place]:
    row = db.session.get(SpeedMeter, meter_id)
    place = db.session.get(Place, row.school_id) if row else None
    if row is None or place is None or not may(permission, place.path):
        raise NotYours
    return row, place


def school_of_token(token: str) -> tuple[School, SpeedMeter] | None:
    row = db.session.execute(
        select(School, SpeedMeter)
        .join(SpeedMeter, SpeedMeter.school_id == School.place_id)
        .options(joinedload(School.place))
        .where(SpeedMeter.token_digest == ids.token_digest(token), SpeedMeter.revoked_at.is_(None))
    ).first()
    return (row[0], row[1]) if row else None


@dataclass(frozen=True)
class Network:
    """The schools within reach with their pairings, and where they stand on the map."""

    schools: Sequence[School]
    pairings: Sequence[HubPairing]
    dots: dict[UUID, pairing.Dot]

    def named(self, key: UUID) -> School | None:
        return next((one for one in self.schools if one.place_id == key), None)

    @property
    def unpaired(self) -> list[School]:
        taken = {one.satellite_id for one in self.pairings}
        return [
            one for one in self.schools if one.kind in ("satellite", "small") and one.place_id not in taken
        ]

    def distance(self, row: HubPairing) -> float | None:
        hub, satellite = self.named(row.hub_id), self.named(row.satellite_id)
        ends = [_at(one) for one in (hub, satellite) if one]
        if len(ends) == 2 and ends[0] and ends[1]:
            return pairing.distance(ends[0], ends[1])
        return None


def network() -> Network:
    schools = schools_within_reach("network.see")
    keys = [one.place_id for one in schools]
    rows = db.session.scalars(
        select(HubPairing)
        .where(HubPairing.ended_on.is_(None), HubPairing.satellite_id.in_(keys))
        .options(joinedload(HubPairing.hub), joinedload(HubPairing.satellite))
        .order_by(HubPairing.hub_id, HubPairing.id)
    ).all()
    placed = [(one, at) for one in schools if (at := _at(one))]
    dots = pairing.on_map([at for _, at in placed])
    return Network(schools, rows, {one.place_id: dot for (one, _), dot in zip(placed, dots, strict=True)})


def _at(school: School | None) -> tuple[float, float] | None:
    if school is None or school.latitude is None or school.longitude is None:
        return None
    return school.latitude, school.longitude


def pairing_or_404(pairing_id: UUID, permission: str) -> HubPairing:
    row = db.session.get(HubPairing, pairing_id)
    if row is None or not may(permission, row.satellite.path):
        raise NotYours
    return row


def node(school: School, satellites: int = 0) -> pairing.Node:
    grades = frozenset(range(school.first_grade, school.last_grade + 1))
    return pairing.Node(
        school.place_id, school.kind, frozenset(school.languages), grades, _at(school), satellites
    )


def candidates(school: School) -> list[tuple[School, pairing.Candidate]]:
    """Every hub of the republic that is open; those that fit first."""
    hubs = db.session.scalars(
        select(School)
        .join(School.place)
        .options(contains_eager(School.place))
        .where(School.kind == "hub", Place.closed_on.is_(None))
    ).all()
    taken: dict[UUID, int] = dict(
        db.session.execute(
            select(HubPairing.hub_id, func.count())
            .where(HubPairing.ended_on.is_(None))
            .group_by(HubPairing.hub_id)
        ).all()
    )
    by_key = {one.place_id: one for one in hubs}
    judged = pairing.candidates(node(school), [node(one, taken.get(one.place_id, 0)) for one in hubs])
    return [(by_key[one.hub], one) for one in judged][:10]


def is_paired(school_id: UUID) -> bool:
    found = select(HubPairing.id).where(HubPairing.satellite_id == school_id, HubPairing.ended_on.is_(None))
    return db.session.scalar(found.limit(1)) is not None


def decisions(school_id: UUID) -> Sequence[TeachingModel]:
    return db.session.scalars(
        select(TeachingModel)
        .where(TeachingModel.school_id == school_id)
        .options(joinedload(TeachingModel.decider))
        .order_by(TeachingModel.decided_on.desc(), TeachingModel.id.desc())
        .limit(60)
    ).all()
