"""Measurements of the lines, keys for measuring, pairings, and the decision how a subject is taught."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, select

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.jobs import Work, job
from lms.lessons.models import HubPairing, SpeedMeasurement, SpeedMeter, TeachingModel
from lms.lessons.speeds import Proposal
from lms.places.models import Place, School

KEPT = timedelta(days=400)


def note_speed(school: School, source: str, **measured: Any) -> SpeedMeasurement:
    row = SpeedMeasurement(
        school_id=school.place_id, path=school.place.path, at=clock.now(), contract_down=school.contract_down,
        source=source, **measured,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def issue_meter(school: School, name: str, by: UUID, lessons: bool = False) -> str:
    """The key is shown once; who has it can add measurements of this school, and with `lessons` hold its lessons."""
    token = ids.new_token()
    row = SpeedMeter(
        school_id=school.place_id,
        name=name,
        token_digest=ids.token_digest(token),
        issued_by=by,
        lessons=lessons,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("meter.issued", row, path=school.place.path, name=name)
    return token


def revoke_meter(row: SpeedMeter, path: str) -> None:
    row.revoked_at = clock.now()
    audit.record("meter.revoked", row, path=path, name=row.name)


def pair(hub: Place, satellite: Place, by: UUID, note: str = "") -> HubPairing:
    known = db.session.scalar(
        select(HubPairing).where(HubPairing.satellite_id == satellite.id, HubPairing.ended_on.is_(None))
    )
    if known is not None:
        raise Refused(_("This school is paired already. End that pairing first."))
    row = HubPairing(hub_id=hub.id, satellite_id=satellite.id, since=clock.today(), decided_by=by, note=note)
    db.session.add(row)
    db.session.flush()
    audit.record("pairing.made", row, path=satellite.path, name=hub.name_kk)
    return row


def part(row: HubPairing) -> None:
    row.ended_on = clock.today()
    audit.record("pairing.ended", row, path=row.satellite.path, name=row.hub.name_kk)


def decide_model(
    school: School, subject: str, model: int, proposal: Proposal, by: UUID, note: str
) -> TeachingModel:
    """Whoever decides otherwise than proposed says why."""
    if model != proposal.model and not note:
        raise Refused(_("Say why the decision differs from the proposal."))
    row = TeachingModel(
        school_id=school.place_id, path=school.place.path, subject=subject, model=model, proposed=proposal.model,
        reasons=[[code, values] for code, values in proposal.reasons], note=note, decided_by=by,
        decided_on=clock.today(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record("model.decided", row, path=school.place.path, kind=str(model), reason=note)
    return row


@job("lessons.sweep-speeds", daily=True)
def sweep_speeds(work: Work) -> None:
    """A year and a month of measurements is enough for any comparison with last year."""
    old = delete(SpeedMeasurement).where(SpeedMeasurement.at < clock.now() - KEPT)
    db.session.execute(old.execution_options(synchronize_session=False))
