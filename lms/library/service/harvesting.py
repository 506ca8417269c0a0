"""Fetching records of other libraries: named once, fetched whole, afterwards only what is new, taken back if need be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import delete, exists, select

from lms.core import audit, clock, ids
from lms.core.db import db
from lms.core.errors import Refused
from lms.core.imports.columns import codes_of
from lms.core.jobs import Job, Work, enqueue, job
from lms.library.harvested import facts_of, origin_of
from lms.library.labels import SUBJECTS
from lms.library.models import (
    CartItem,
    CollectionItem,
    CouncilCase,
    Harvest,
    HarvestSource,
    LibraryNotice,
    Resource,
    ResourceBundle,
    ResourceEvent,
    ResourceObjective,
    ResourceRating,
    ResourceUse,
    ResourceVersion,
)
from lms.library.oai.fetching import Fetched, HarvestError, identify, list_records
from lms.library.service.resources import note_event
from lms.places.models import Place

MOST_PAGES, MOST_RECORDS = 2_000, 50_000
TOUCHED = (ResourceEvent, ResourceUse, ResourceRating, CartItem, CollectionItem, LibraryNotice, CouncilCase, ResourceVersion)  # fmt: skip


def name_source(person: UUID, place: Place, address: str, set_name: str, language: str, nightly: bool) -> HarvestSource:  # fmt: skip
    same = (HarvestSource.place_id == place.id, HarvestSource.address == address, HarvestSource.set_name == set_name)  # fmt: skip
    if db.session.scalar(select(HarvestSource.id).where(*same)):
        raise Refused(_("This library is named already. Open it in the list."))
    source = HarvestSource(
        id=ids.new_id(), place_id=place.id, path=place.path, person_id=person, address=address,
        set_name=set_name, language=language, nightly=nightly,
    )  # fmt: skip
    db.session.add(source)
    db.session.flush()
    audit.record("harvest.named", source, path=place.path, name=address)
    harvest(source, person)
    return source


def harvest(source: HarvestSource, person: UUID | None) -> Harvest:
    """One at a time: two would bring the same records twice."""
    if _is_busy(source):
        raise Refused(_("It is being fetched already."))
    row = Harvest(id=ids.new_id(), source_id=source.id, person_id=person, since=source.since)
    db.session.add(row)
    db.session.flush()
    enqueue("library.harvest", {"harvest": row.id.hex}, key=job_key(row), path=source.path)
    return row


def _is_busy(source: HarvestSource) -> bool:
    """One whose job was given up waits for nothing: it counts as failed."""
    waiting = select(Harvest).where(Harvest.source_id == source.id, Harvest.state == "waiting")
    row = db.session.scalar(waiting.limit(1))
    if row is not None and db.session.scalar(select(Job.state).where(Job.key == job_key(row))) == "failed":
        row.state, row.fault, row.finished_at = "failed", "server", clock.now()
        return False
    return row is not None


def job_key(row: Harvest) -> str:
    return f"library harvest {row.id.hex}"


def set_nightly(source: HarvestSource, yes: bool) -> None:
    source.nightly = yes


@job("library.harvest-nightly", daily=True)
def harvest_nightly(work: Work) -> dict[str, Any]:
    work.effects()
    nightly = db.session.scalars(select(HarvestSource).where(HarvestSource.nightly)).all()
    sources = [one for one in nightly if not _is_busy(one)]
    for one in sources:
        harvest(one, None)
    return {"sources": len(sources)}


@job("library.harvest", failures=3)
def fetch_records(work: Work) -> dict[str, Any]:
    """A page at a time is fetched and kept; whoever takes over a broken harvest goes on after the last one."""
    key = UUID(work.payload["harvest"])
    row = db.session.get(Harvest, key)
    if row is None or row.state != "waiting":
        return {}
    try:
        name, now = _fetch(work, row)
    except HarvestError as error:
        db.session.rollback()
        work.effects()
        row = db.session.get_one(Harvest, key)
        row.state, row.fault, row.finished_at = "failed", error.code, clock.now()
        return {"fault": error.code}
    work.effects()
    row = db.session.get_one(Harvest, key)
    row.state, row.finished_at = "done", clock.now()
    row.source.name, row.source.since = name or row.source.name, now
    audit.record("harvest.done", row.source, path=row.source.path, name=row.source.title, counts=row.counts)
    enqueue("library.index")
    return dict(row.counts)


def _fetch(work: Work, row: Harvest) -> tuple[str, str]:
    """What it calls itself, and its own clock when the first page was asked for."""
    address, set_name = row.source.address, row.source.set_name
    kept = dict(work.checkpoint or {})
    if not kept:
        about = identify(address)
        since = row.since if about.seconds else row.since[:10]
        kept = {"name": about.name, "now": about.now[:20], "since": since, "token": "", "pages": 0, "seen": 0}
    while True:
        page = list_records(address, kept["since"], set_name, kept["token"])
        kept = {**kept, "pages": kept["pages"] + 1, "seen": kept["seen"] + len(page.records)}
        if kept["pages"] > MOST_PAGES or kept["seen"] > MOST_RECORDS:
            raise HarvestError("too-many")
        if page.token and page.token == kept["token"]:
            raise HarvestError("circle")
        work.progress(kept["seen"], max(page.total, kept["seen"]))
        work.effects()
        keep_page(db.session.get_one(Harvest, row.id), page.records, kept["name"])
        work.keep({**kept, "token": page.token})
        if not page.token:
            return kept["name"], kept["now"]
        kept["token"] = page.token


def keep_page(row: Harvest, records: Sequence[Fetched], name: str) -> None:
    """Later records of a page win over earlier ones with the same name."""
    fetched = {origin_of(one.identifier): one for one in records}
    known = _known(row.source, list(fetched))
    subjects = codes_of(SUBJECTS)
    counts, before = Counter(row.counts), dict(row.before)
    for origin, one in fetched.items():
        facts = None if one.deleted else facts_of(one.dc, row.source.language, subjects)
        there = known.get(origin)
        if one.deleted:
            counts["deleted" if there is not None and _taken_down(there, before) else "unchanged"] += 1
        elif facts is None:
            counts["left_out"] += 1
        elif there is None:
            _add(row, origin, facts, name)
            counts["new"] += 1
        else:
            counts[_updated(there, facts, before)] += 1
    row.counts, row.before = dict(counts), before
    db.session.flush()


def _known(source: HarvestSource, origins: list[str]) -> dict[str, Resource]:
    """From this address only: another one cannot speak for its records."""
    bundles = select(ResourceBundle.id).where(ResourceBundle.source == source.address)
    found: dict[str, Resource] = {}
    for start in range(0, len(origins), 500):
        part = Resource.origin.in_(origins[start : start + 500])
        statement = select(Resource).where(
            part, Resource.bundle_id.in_(bundles), Resource.place_id == source.place_id
        )
        found |= {one.origin: one for one in db.session.scalars(statement)}
    return found


def _add(row: Harvest, origin: str, facts: Mapping[str, Any], name: str) -> None:
    if row.bundle_id is None:
        bundle = ResourceBundle(id=ids.new_id(), name=name or row.source.address, source=row.source.address)
        db.session.add(bundle)
        db.session.flush()
        row.bundle_id = bundle.id
    source = row.source
    db.session.add(
        Resource(
            id=ids.new_id(), place_id=source.place_id, path=source.path, owner_id=source.person_id, state="draft",
            bundle_id=row.bundle_id, origin=origin, **facts,
        )
    )  # fmt: skip


def _updated(there: Resource, facts: Mapping[str, Any], before: dict[str, Any]) -> str:
    """What somebody here has described, approved or published stays as they have seen it."""
    now = {name: getattr(there, name) for name in facts}
    back = there.state == "withdrawn" and there.published_at is None
    if now == dict(facts) and not back:
        return "unchanged"
    if not (back or there.state == "draft") or _is_touched(there.id):
        return "kept"
    before.setdefault(str(there.id), {**now, "state": there.state, "withdrawn_for": there.withdrawn_for})
    for name, value in facts.items():
        setattr(there, name, value)
    there.state, there.withdrawn_for, there.changed_at, there.stale = "draft", "", clock.now(), True
    return "changed"


def _taken_down(there: Resource, before: dict[str, Any]) -> bool:
    """What its home has deleted is not shown here either. Its state comes back with the record or with undoing."""
    if there.state == "withdrawn":
        return False
    before.setdefault(str(there.id), {"state": there.state, "withdrawn_for": there.withdrawn_for})
    shown = there.state != "draft"
    there.state, there.withdrawn_for = "withdrawn", _("Its own library has deleted it.")
    there.changed_at, there.stale = clock.now(), True
    if shown:
        note_event(there, None, "taken_down", there.withdrawn_for)
    return True


def _is_touched(key: UUID) -> bool:
    return any(
        db.session.scalar(select(exists().where(model.resource_id == key)))
        for model in (ResourceEvent, CouncilCase)
    )


def take_back(row: Harvest) -> int:
    """The last one only: what it brought and nobody has used goes, what it changed is as before. How many stay."""
    last = select(Harvest.id).where(Harvest.source_id == row.source_id, Harvest.state != "undone")
    if row.state not in ("done", "failed") or row.id != db.session.scalar(last.order_by(Harvest.created_at.desc()).limit(1)):  # fmt: skip
        raise Refused(_("Only the last harvest can be undone; undo the later ones first."))
    for key, facts in row.before.items():
        there = db.session.get(Resource, UUID(key))
        if there is not None:
            for name, value in facts.items():
                setattr(there, name, value)
            there.changed_at, there.stale = clock.now(), True
    stay = _remove_unused(row)
    row.state, row.before = "undone", {}
    row.source.since = row.since
    audit.record("harvest.undone", row.source, path=row.source.path, name=row.source.title)
    enqueue("library.index")
    return stay


def _remove_unused(row: Harvest) -> int:
    if row.bundle_id is None:
        return 0
    used = [exists().where(model.resource_id == Resource.id) for model in TOUCHED]
    free = select(Resource.id).where(
        Resource.bundle_id == row.bundle_id, Resource.state.in_(("draft", "withdrawn")), Resource.published_at.is_(None),
        *(~one for one in used),
    )  # fmt: skip
    keys = list(db.session.scalars(free))
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        for model, column in ((ResourceObjective, ResourceObjective.resource_id), (Resource, Resource.id)):
            gone = delete(model).where(column.in_(part))
            db.session.execute(gone.execution_options(synchronize_session=False))
    db.session.expire_all()
    return len(db.session.scalars(select(Resource.id).where(Resource.bundle_id == row.bundle_id)).all())


def forget_source(source: HarvestSource) -> None:
    """What it brought stays, with its name; it is only not asked again."""
    if _is_busy(source):
        raise Refused(_("It is being fetched. Wait until that is done."))
    audit.record("harvest.forgotten", source, path=source.path, name=source.title)
    db.session.execute(delete(Harvest).where(Harvest.source_id == source.id))
    db.session.execute(delete(HarvestSource).where(HarvestSource.id == source.id))
    db.session.expunge(source)
