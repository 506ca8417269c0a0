"""Behind the pages: a cart becomes one signed file, and such a file becomes a list that can be looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from lms.core import storage
from lms.core.db import db
from lms.core.imports import service as imports
from lms.core.imports.findings import Finding
from lms.core.jobs import Work, job
from lms.core.scratch import on_disk, scratch
from lms.core.sheets import SheetRefused
from lms.library.carried import Carried, FromCartridge, line_of, told
from lms.library.carrying.cartridge import pack_cartridge
from lms.library.carrying.opening import NotACarrier, Opened, all_files, opened
from lms.library.carrying.packing import Loaded, TooLarge, pack
from lms.library.carrying.signing import own_fingerprint, shown
from lms.library.models import Carrier, Resource, ResourceFile, ResourceText
from lms.library.service.cartridges import is_package, taken_apart
from lms.library.service.indexing import record_of
from lms.people.models import Person
from lms.places.models import Place

ROOMY = 1 << 50  # bytes: no budget was named


@job("library.make-carrier", failures=3)
def make_carrier(work: Work) -> dict[str, Any]:
    carrier = db.session.get(Carrier, UUID(work.payload["carrier"]))
    if carrier is None or carrier.state != "waiting":
        return {}
    with scratch() as folder:
        target = folder / "carrier.zip"
        loaded = load([UUID(one) for one in carrier.keys])
        try:
            total = _packed(carrier, target, loaded, lambda done: work.progress(done, len(loaded)))
        except TooLarge as error:
            work.effects()
            carrier.state, carrier.report = "failed", {"fault": "too-large", "over": error.over}
            return {}
        with target.open("rb") as file:
            blob = storage.keep(file, "application/zip")
        work.effects()
        carrier.state, carrier.digest, carrier.size = "ready", blob.digest, blob.size
        carrier.maker = own_fingerprint() if carrier.form == "signed" else ""
        carrier.report = {"count": len(loaded), "unpacked": total}
    return {"carrier": str(carrier.id)}


def _packed(carrier: Carrier, target: Path, loaded: list[Loaded], done: Callable[[int], None]) -> int:
    budget = carrier.budget or ROOMY
    if carrier.form == "cartridge":
        return pack_cartridge(target, carrier.title, budget, loaded, done)
    return pack(target, carrier.title, budget, loaded, done)


def load(keys: Sequence[UUID]) -> list[Loaded]:
    """In the order asked for; what was taken down since then stays here."""
    rows = {one.id: one for one in db.session.scalars(
        select(Resource).where(Resource.id.in_(keys), Resource.state != "withdrawn").options(selectinload(Resource.objectives))
    )}  # fmt: skip
    versions = [one.current_id for one in rows.values() if one.current_id]
    files: dict[UUID, list[ResourceFile]] = {}
    for one in db.session.scalars(
        select(ResourceFile)
        .where(ResourceFile.version_id.in_(versions), ResourceFile.role != "preview")
        .order_by(ResourceFile.version_id, ResourceFile.number)
    ):
        files.setdefault(one.version_id, []).append(one)
    texts: dict[UUID, list[ResourceText]] = {}
    for text in db.session.scalars(
        select(ResourceText)
        .where(ResourceText.version_id.in_(versions))
        .order_by(ResourceText.version_id, ResourceText.number)
    ):
        texts.setdefault(text.version_id, []).append(text)
    return [_loaded(rows[key], files, texts) for key in dict.fromkeys(keys) if key in rows]


def _loaded(row: Resource, files: dict[UUID, Any], texts: dict[UUID, Any]) -> Loaded:
    parts = texts.get(row.current_id, []) if row.current_id else []
    words = "\n".join(one.words for one in parts)
    return Loaded(row, files.get(row.current_id, []) if row.current_id else [], parts, record_of(row, words))


@job("library.look-into", failures=2)
def look_into(work: Work) -> dict[str, Any]:
    carrier = db.session.get(Carrier, UUID(work.payload["carrier"]))
    if carrier is None or carrier.state != "arrived" or carrier.digest is None:
        return {}
    with scratch() as folder:
        try:
            path = on_disk(carrier.digest, folder)
            kind: Carried = FromCartridge() if is_package(path) else Carried()
            maker, data = ("", taken_apart(path)) if is_package(path) else _looked_into(path, work)
            kind.read(data)
        except (NotACarrier, SheetRefused) as error:
            db.session.rollback()
            fault = error.code if isinstance(error, NotACarrier) else "not-a-carrier"
            work.effects()
            carrier = db.session.get_one(Carrier, UUID(work.payload["carrier"]))
            carrier.state, carrier.report = "failed", {"fault": fault, "name": getattr(error, "name", "")}
            return {}
    work.effects()
    place = db.session.get_one(Place, carrier.place_id)
    person = db.session.get_one(Person, carrier.person_id)
    carrier.form = "cartridge" if isinstance(kind, FromCartridge) else "signed"
    run = imports.draft(kind, data, carrier.title, place.id, place.path, (person.id, person.full_name))
    carrier.state, carrier.maker, carrier.run_id, carrier.digest = "brought", maker, run.id, None
    return {"run": str(run.id)}


def _looked_into(path: Path, work: Work) -> tuple[str, bytes]:
    found = opened(path)
    digests = _kept_files(found, work)
    return found.maker, told(
        [_verdict(found.maker)], [{**line_of(one, digests), "maker": found.maker} for one in found.records]
    )


def _kept_files(found: Opened, work: Work) -> dict[str, str]:
    """Each file checked against the manifest while it is kept."""
    paths = sorted({str(one["path"]) for one in all_files(found.manifest)})
    digests = {}
    for number, path in enumerate(paths, 1):
        digests[path] = storage.keep(found.file(path)).digest
        work.progress(number, len(paths))
    return digests


def _verdict(maker: str) -> Finding:
    if maker == own_fingerprint():
        return Finding("signed_here", bad=False)
    before = select(Carrier.id).where(Carrier.maker == maker, Carrier.state == "brought").limit(1)
    code = "signed_known" if db.session.scalar(before) else "signed_new"
    return Finding(code, facts={"maker": shown(maker)}, bad=False)
