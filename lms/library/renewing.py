"""A resource that was brought before and comes again, newer: its next version, which can be taken back with the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, select

from lms.core.db import db
from lms.core.errors import Refused
from lms.library.arriving import codes_of, moment_of, sound_facts, with_files
from lms.library.file_kinds import is_taken
from lms.library.lists import file_of_cell
from lms.library.models import Resource, ResourceBundle, ResourceFile, ResourceObjective, ResourceVersion
from lms.library.service.resources import changed, current_version, note_event


def brought_before(place_id: UUID, origins: Sequence[str]) -> dict[str, Resource]:
    """Of this place only: whoever brings leads it."""
    found: dict[str, Resource] = {}
    for start in range(0, len(origins), 500):
        part = Resource.origin.in_([one for one in origins[start : start + 500] if one])
        rows = db.session.scalars(select(Resource).where(part, Resource.place_id == place_id))
        found |= {one.origin: one for one in rows}
    return found


def said_of(there: Resource | None, record: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """newer_version: it will be taken over. Everything else says why what is here stays."""
    at = moment_of(dict(record))
    if there is None or at is None or there.origin_at is None or at <= there.origin_at:
        return "known_already"
    if _same(there, record, facts):
        return "known_already"
    if not there.maker or there.maker != record.get("maker"):
        return "other_maker"
    if there.state in ("review", "withdrawn") or there.marked:
        return "kept_for_council" if there.state != "withdrawn" else "known_already"
    return "newer_version"


def renew(place_id: UUID, record: dict[str, Any], by: UUID, bundle: ResourceBundle) -> None:
    there, facts = brought_before(place_id, [record["id"]])[record["id"]], sound_facts(record)
    assert facts is not None
    before = {name: getattr(there, name) for name in facts}
    before["objectives"] = [one.code for one in there.objectives]
    before["origin_at"] = there.origin_at.isoformat() if there.origin_at else ""
    before["current_id"], before["size"] = str(there.current_id or ""), there.size
    if record["files"] and _digests(record) != _digests_here(there):
        version = current_version(there)
        fresh = with_files(there, record["files"], version.number + 1 if version else 1, by)
        before["fresh"] = str(fresh.id)
        note_event(there, by, "new_version")
    else:
        note_event(there, by, "described")
    for name, value in facts.items():
        setattr(there, name, value)
    _set_objectives(there, codes_of(record))
    there.origin_at = moment_of(record)
    bundle.before = {**bundle.before, str(there.id): before}
    changed(there, quietly=True)


def take_back(bundle: ResourceBundle) -> None:
    """What stood before stands again; refused where somebody has put other files there since."""
    for key, before in bundle.before.items():
        there = db.session.get(Resource, UUID(key))
        if there is None:
            continue
        facts = dict(before)
        fresh, objectives = facts.pop("fresh", ""), facts.pop("objectives")
        at, current = facts.pop("origin_at"), facts.pop("current_id")
        if fresh and str(there.current_id) != fresh:
            raise Refused(
                _(
                    "Something of this import has been changed since, so it can no longer be undone as a whole."
                )
            )
        for name, value in facts.items():
            setattr(there, name, value)
        _set_objectives(there, objectives)
        there.origin_at = moment_of({"changed": at})
        there.current_id = UUID(current) if current else None
        changed(there)
        if fresh:
            gone = delete(ResourceVersion).where(ResourceVersion.id == UUID(fresh))
            db.session.execute(gone.execution_options(synchronize_session=False))
    if bundle.before:
        db.session.expire_all()


def _set_objectives(there: Resource, codes: Sequence[str]) -> None:
    known = {one.code: one for one in there.objectives}
    there.objectives = [known.get(code) or ResourceObjective(code=code) for code in sorted(set(codes))]


def _same(there: Resource, record: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    return (
        all(getattr(there, name) == value for name, value in facts.items())
        and sorted(codes_of(dict(record))) == sorted(one.code for one in there.objectives)
        and _digests(record) == _digests_here(there)
    )


def _digests(record: Mapping[str, Any]) -> list[str]:
    found = [file_of_cell(str(one["cell"])) for one in record["files"]]
    return sorted(one[1] for one in found if one and is_taken(one[0]))


def _digests_here(there: Resource) -> list[str]:
    rows = select(ResourceFile.digest).where(
        ResourceFile.version_id == there.current_id, ResourceFile.role != "preview"
    )
    return sorted(db.session.scalars(rows))
